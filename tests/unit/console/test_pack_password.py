"""The password of a key where nobody is there to type it."""

from __future__ import annotations

import argparse

import pytest

from yibao_desktop.console import pack_commands
from yibao_desktop.errors import UserError


def test_whoever_types_no_password_is_told_how_else_to_give_it(monkeypatch):
    def nobody_there(_prompt):
        raise EOFError

    monkeypatch.setattr(pack_commands, "getpass", nobody_there)
    with pytest.raises(UserError, match="没有输密码") as refused:
        pack_commands._password(argparse.Namespace(password_file=None))
    assert "--password-file" in refused.value.hint
