"""The manual pages tell every command and option there is."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from yibao_desktop.__main__ import MEASURE_STARTUP
from yibao_desktop.console.arguments import parse, parse_window
from yibao_desktop.paths import Paths

MANUAL = ROOT / "build_spec" / "linux" / "man"


def helps(capsys: pytest.CaptureFixture[str], *commands: str) -> str:
    """What ``--help`` prints, of the program and of its commands."""
    for command in ((), *((name,) for name in commands)):
        with pytest.raises(SystemExit):
            parse([*command, "--help"], Paths(ROOT, ROOT))
    return capsys.readouterr().out


def page(language: str, name: str) -> str:
    text = (MANUAL / language / name).read_text(encoding="utf-8")
    return text.replace(r"\-", "-").replace(r"\fR", " ").replace(r"\fB", " ")


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w-]+", text))


@pytest.mark.parametrize("language", ["", "zh_CN"])
def test_every_command_and_option_of_the_console_is_in_its_page(language, capsys):
    commands = re.findall(r"^    ([a-z]+)", helps(capsys), re.MULTILINE)
    assert len(commands) > 10
    shown = page(language, "yibao.1")
    for command in commands:
        assert f".B yibao {command}\n" in shown, "how it is used"
        assert f".TP\n.B {command}\n" in shown, "what it is for"
    options = set(re.findall(r"--[a-z]+", helps(capsys, *commands)))
    assert options - words(shown) == set()


@pytest.mark.parametrize("language", ["", "zh_CN"])
def test_every_option_of_the_window_is_in_its_page(language, capsys):
    with pytest.raises(SystemExit):
        parse_window(["--help"])
    options = {*re.findall(r"--[a-z-]+", capsys.readouterr().out), MEASURE_STARTUP}
    missing = options - words(page(language, "yibao-desktop.1"))
    assert missing == set()
