"""The manual pages tell every command and option there is."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from yibao_desktop.__main__ import MEASURE_STARTUP
from yibao_desktop.console.arguments import parse, parse_window
from yibao_desktop.paths import Paths

MANUAL = ROOT / "build_spec" / "linux" / "man"


def commands_of(printed: str) -> list[str]:
    return re.findall(r"^    ([a-z]+)", printed, re.MULTILINE)


def helps(capsys: pytest.CaptureFixture[str]) -> dict[tuple[str, ...], str]:
    """What ``--help`` prints, by command; ``()`` is the program, a pair a command of a command."""
    printed = {}
    pending: list[tuple[str, ...]] = [()]
    while pending:
        command = pending.pop()
        with pytest.raises(SystemExit):
            parse([*command, "--help"], Paths(ROOT, ROOT))
        printed[command] = capsys.readouterr().out
        pending += [(*command, name) for name in commands_of(printed[command])]
    return printed


def page(language: str, name: str) -> str:
    text = (MANUAL / language / name).read_text(encoding="utf-8")
    return text.replace(r"\-", "-").replace(r"\fR", " ").replace(r"\fB", " ")


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w-]+", text))


@pytest.mark.parametrize("language", ["", "zh_CN"])
def test_every_command_and_option_of_the_console_is_in_its_page(language, capsys):
    printed = helps(capsys)
    groups = {command[:-1] for command in printed if len(command) > 1}
    commands = printed.keys() - groups - {()}
    assert len(commands) > 20
    assert groups == {("pack",)}
    shown = page(language, "yibao.1")
    for command in commands:
        used = "\n.B ".join(command)
        assert f".B yibao {used}\n" in shown, "how it is used"
        assert f".TP\n.B {' '.join(command)}\n" in shown, "what it is for"
    options = set(re.findall(r"--[a-z-]+", " ".join(printed.values())))
    assert options - words(shown) == set()


@pytest.mark.parametrize("language", ["", "zh_CN"])
def test_every_option_of_the_window_is_in_its_page(language, capsys):
    with pytest.raises(SystemExit):
        parse_window(["--help"])
    options = {*re.findall(r"--[a-z-]+", capsys.readouterr().out), MEASURE_STARTUP}
    missing = options - words(page(language, "yibao-desktop.1"))
    assert missing == set()
