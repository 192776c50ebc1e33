"""With a real accessibility bus, as a screen reader meets the program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from jeepney.io.blocking import open_dbus_connection

from tests.conftest import ROOT
from tests.flows.accessibility_bus import BusError, Thing, announcements, enable, programs, spoken
from tests.flows.waiting import until
from yibao_desktop.paths import HOME_VARIABLE

T = TypeVar("T")

SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


def waited(condition: Callable[[], T], what: str) -> T:
    """Wait for something to be so; what went away while it was being asked is asked for anew."""

    def now() -> T | None:
        try:
            return condition()
        except BusError:
            return None

    return until(now, what)


def found(thing: Thing, role: str, name: str) -> Thing:
    """Wait for something with exactly this name."""
    return waited(lambda: thing.find(role, lambda n: n == name), f"{role} “{name}”")


def test_a_screen_reader_finds_the_box_hears_the_results_and_reads_the_page(session, tmp_path):
    bus = enable(session["DBUS_SESSION_BUS_ADDRESS"])
    program = subprocess.Popen(
        [sys.executable, "-m", "yibao_desktop"],
        env=session | {HOME_VARIABLE: str(tmp_path / "home")},
        cwd=ROOT,
    )

    def xdotool(*arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=session, check=True, capture_output=True)

    try:
        with open_dbus_connection(bus) as connection:
            until(lambda: programs(connection), "the program on the bus")
            (desktop,) = programs(connection)
            with announcements(connection) as heard:
                box = found(desktop, "text", "搜索")
                xdotool("search", "--onlyvisible", "--name", "医保指南", "windowfocus", "--sync")
                assert box.ask("Component", "GrabFocus")
                xdotool("type", "--delay", "60", "ka diu le")
                results = found(desktop, "list", "搜索结果")
                first = waited(lambda: results.children, "results")[0]
                assert first.name.startswith("补办医保卡，办事，")
                assert "挂失" in first.name

                # Written by another program, as dictation does it.
                box.ask("EditableText", "SetTextContents", "s", "家庭共济是什么")
                waited(lambda: "家庭共济" in results.children[0].name, "other results")

                xdotool("key", "Return")
                xdotool("key", "Return")
                outline = found(desktop, "list", "本页目录")
                assert [entry.name for entry in outline.children if entry.name]
                assert any(spoken(one).startswith("找到了") for one in heard)
    finally:
        program.kill()
        program.wait()
