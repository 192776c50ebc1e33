"""Reading aloud: with Qt's own trial engine, which is silent, and where there is no voice."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel

from tests.conftest import ROOT
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.services.case_views import CaseView
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.common.navigation import HOME
from yibao_desktop.ui.common.speech import NO_ENGINE, NO_PART, NO_VOICE, UNKNOWN, Speech
from yibao_desktop.ui.program.application import Desktop, prepare_application
from yibao_desktop.ui.widgets.base.speak_button import SpeakButton

from .driver import Driver

LIBRARY = "PySide6.QtTextToSpeech"
pytestmark = pytest.mark.qt_log_ignore("pipewire", "[Tt]ext-to-speech", "No engine", extend=True)


@pytest.fixture
def trial_engine():
    """Skips where this computer lacks a library that Qt's speech rests on."""
    return pytest.importorskip(
        LIBRARY, exc_type=ImportError, reason="needs libpulse0"
    ).QTextToSpeech


@pytest.fixture
def speaking(qapp, qtbot, paths, trial_engine):
    """The window of a computer with a voice; the trial engine's is English."""
    prepare_application(qapp, paths)
    speech = Speech("mock", QLocale.Language.English)
    speech.prepare()
    assert speech.available
    driver = Driver(Desktop(qapp, open_services(paths), speech), qtbot)
    driver.start()
    yield driver
    driver.close()
    assert not driver.crashes


OPEN = f"""
import sys
from pathlib import Path
from yibao_desktop.bootstrap import open_services
from yibao_desktop.paths import Paths
from yibao_desktop.ui.program.application import Desktop, make_application
paths = Paths(Path(sys.argv[1]), Path(sys.argv[2]))
app = make_application(paths, ["yibao-desktop"])
services = open_services(paths)
services.settings.update(welcomed=True)
desktop = Desktop(app, services)
desktop.show()
desktop.window.open_item("card-replacement-guide")
while desktop.tasks.busy:
    app.processEvents()
assert desktop.window.pages.reader.isVisible()
print({LIBRARY!r} in sys.modules, desktop.context.speech.reason)
desktop.close()
"""


@pytest.mark.slow
def test_nothing_of_it_is_loaded_until_it_is_asked_for(bundle, tmp_path):
    """In a process of its own: a module taken away here is missed wherever Qt's classes are told."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(bundle), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == f"False {UNKNOWN}\n"


def test_a_missing_library_is_a_reason_and_no_error(window, monkeypatch):
    speech = window.desktop.context.speech
    with monkeypatch.context() as missing:
        missing.setitem(sys.modules, LIBRARY, None)
        speech.prepare()
    assert speech.reason == NO_PART
    speech.say("读不出来")
    assert speech.text == ""
    window.window.open_item("card-replacement-guide")
    window.settle()
    assert window.visible(SpeakButton) == []
    window.window.acts[Act.HELP].trigger()
    window.settle()
    dialog = next(d for d in window.window.children() if type(d).__name__ == "HelpDialog")
    assert any(NO_PART in label.text() for label in window.visible(QLabel, dialog))
    dialog.close()


def test_no_engine_and_no_chinese_voice_are_reasons(qapp, trial_engine, monkeypatch):
    speech = Speech("mock")
    speech.prepare()
    assert speech.reason == NO_VOICE
    speech = Speech("there is no such engine")
    speech.prepare()
    assert speech.reason == NO_ENGINE
    monkeypatch.setattr(trial_engine, "availableEngines", lambda: ["mock"])
    speech = Speech()
    speech.prepare()
    assert speech.reason == NO_ENGINE


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bring voices along")
def test_the_help_says_what_to_install_for_a_chinese_voice(qapp, qtbot, paths, trial_engine):
    prepare_application(qapp, paths)
    speech = Speech("mock")
    speech.prepare()
    driver = Driver(Desktop(qapp, open_services(paths), speech), qtbot)
    driver.start()
    driver.window.acts[Act.HELP].trigger()
    driver.settle()
    dialog = next(d for d in driver.window.children() if type(d).__name__ == "HelpDialog")
    assert any("espeak-ng" in label.text() for label in driver.visible(QLabel, dialog))
    dialog.close()
    driver.close()


def test_a_page_is_read_until_it_is_stopped(speaking):
    speech = speaking.desktop.context.speech
    speaking.window.open_item("card-replacement-guide")
    speaking.settle()
    speaking.click("朗读", speaking.page)
    assert "等制卡" in speech.text
    speaking.click("停止", speaking.page)
    assert speech.text == ""
    assert speaking.button("朗读", speaking.page).isVisible()


def test_leaving_the_page_ends_it(speaking):
    speech = speaking.desktop.context.speech
    speaking.window.open_item("card-replacement-guide")
    speaking.settle()
    speaking.click("朗读", speaking.page)
    speaking.window.go(HOME)
    speaking.settle()
    assert speech.text == ""


def test_the_button_comes_back_when_all_is_said(speaking, qtbot):
    speech = speaking.desktop.context.speech
    speech.say("three short words")
    qtbot.waitUntil(lambda: speech.text == "")


def test_a_step_of_a_plan_is_read(speaking):
    cases = speaking.desktop.context.services.cases
    view: CaseView = cases.start("e-card", "妈妈")
    cases.apply(view.case.id, Answer({"insured": ("insured-yes",), "channel": ("wechat",)}))
    speaking.window.open_case(view.case.id)
    speaking.settle()
    step = cases.view(view.case.id).next.step
    speaking.click(f"朗读：{step.title}", speaking.page)
    assert speaking.desktop.context.speech.text.startswith(step.title)
    speaking.click(f"停止：{step.title}", speaking.page)
    assert speaking.desktop.context.speech.text == ""
