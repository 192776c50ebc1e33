"""Commands run in this process, as people and scripts run them."""

from __future__ import annotations

import io
import json
import sys

import pytest

from yibao_desktop import cli
from yibao_desktop.paths import Paths


@pytest.fixture
def run(paths: Paths, monkeypatch, capsys):
    """Run a command; exit code, standard output, standard error."""
    monkeypatch.setattr(cli, "resolve_paths", lambda: paths)

    def call(*arguments: str, stdin: str | None = ""):
        monkeypatch.setattr(sys, "stdin", stdin if stdin is None else io.StringIO(stdin))
        code = cli.main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def run_json(run):
    def call(*arguments: str):
        code, out, err = run(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return call
