"""The window and the console write at the same time, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.paths import HOME_VARIABLE, Paths

pytestmark = pytest.mark.slow


def test_a_file_is_read_in_on_the_console_while_steps_are_ticked(open_window, paths, tmp_path):
    elsewhere = open_services(Paths(paths.bundle, tmp_path / "elsewhere"))
    for number in range(30):
        elsewhere.cases.start("e-card", f"{number} 号")
    file = tmp_path / "记录.json"
    elsewhere.records.export(file, elsewhere.settings.current)
    elsewhere.close()

    program = open_window()
    cases = program.desktop.context.services.cases
    case = cases.start("card-replacement", "妈妈").case.id
    cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    program.window.open_case(case)
    program.settle()
    console = subprocess.Popen(
        [sys.executable, "-m", "yibao_desktop.cli", "import", str(file)],
        cwd=ROOT,
        env=os.environ | {HOME_VARIABLE: str(paths.user)},
        stdout=subprocess.PIPE,
    )
    clicks = 0
    while console.poll() is None or clicks < 9 or not clicks % 2:
        program.tick("打电话挂失")
        clicks += 1
        assert any(box.isChecked() for box in program.ticks().values()) == bool(clicks % 2)
    out, _ = console.communicate()
    assert console.returncode == 0
    assert "办理 30 件" in out.decode("utf-8")
    assert len(cases.open_cases()) == 31
    assert cases.view(case).case.steps["report-loss-phone"].done_on is not None
    assert program.window.message.text == ""
