"""Chinese is typed into the packaged build, too, where an input method is installed."""

from __future__ import annotations

import pytest

from tests.flows.conftest import screen, session
from tests.flows.input_methods import FCITX, IBUS, type_chinese

__all__ = ["screen", "session"]

pytestmark = pytest.mark.package


@pytest.mark.parametrize("method", [IBUS, FCITX], ids=["ibus", "fcitx5"])
def test_pinyin_is_typed_chosen_and_found(method, session, folder, tmp_path):
    type_chinese(method, session, tmp_path / "home", [str(folder / "yibao-desktop")])
