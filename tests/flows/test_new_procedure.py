"""A new procedure is one data file and no line of the program.

The file lies in ``tests/data``; it is dropped into a copy of the seeds and led through in the real
window, by what is written on things.
"""

from __future__ import annotations

import datetime
import io
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.flows.journey import write_day
from tests.ui.pdf import read_pdf, squeeze
from yibao_desktop import cli
from yibao_desktop.content.builder import build
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.paths import HOME_VARIABLE, Paths
from yibao_desktop.services.calendar_file import case_reminders
from yibao_desktop.services.plan_handout import case_document
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.takeaway.paper_style import PaperStyle
from yibao_desktop.ui.takeaway.printing import pdf_bytes

pytestmark = pytest.mark.slow

DROPPED_IN = ROOT / "tests" / "data" / "procedures" / "practice.yaml"


@pytest.fixture(scope="module")
def wider_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle whose guide has one file more."""
    folder = tmp_path_factory.mktemp("wider")
    (folder / "resources").symlink_to(ROOT / "resources")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(DROPPED_IN, folder / "seeds" / "procedures")
    (folder / "db").mkdir()
    (folder / "db" / "migrations").symlink_to(ROOT / "db" / "migrations")
    paths = Paths(folder, folder)
    build(paths.seeds, paths.resources, paths.content_database)
    return folder


@pytest.fixture
def paths(wider_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paths]:
    """In place of the paths of all other tests."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return Paths(wider_bundle, tmp_path / "home")


def test_no_line_of_the_program_knows_the_new_procedure():
    program = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "yibao_desktop").rglob("*.py"))
    assert "practice" not in program
    assert "练习办" not in program


def test_it_is_found_asked_about_ticked_and_done_in_the_window(open_window, clock):
    program = open_window()
    program.search("练习办一件事")
    results = program.window.pages.search._list
    assert results.model().index(0, 0).data() == "练习办一件事"
    program.click_row(results, 0)
    assert "练习好了的一张卡" in program.texts()
    program.click("孩子")

    program.click("从头练到尾")
    assert "手上有哪些东西？" in program.texts()
    program.click("旧卡")
    program.click("继续")
    assert "要在 3 个月内办完" in program.texts()
    write_day(program, clock.today() - datetime.timedelta(days=1))
    program.click("继续")
    program.click("在手机上练")
    assert "请看一遍您的回答" in program.texts()
    program.click("没有错，看要做什么")

    shown = program.texts()
    assert "孩子 · 练习办一件事" in shown
    assert "练完：最晚" in shown
    assert "先怎么开始？（任选一种）" in shown
    assert "第 2、3 步可以同时办" in shown
    assert "还没有提交申请" in shown
    for paper in ("身份证原件", "旧卡", "随便哪样证明"):
        program.tick(paper)
    for step in ("打电话开始", "备齐东西", "在手机上点开", "把申请交上去"):
        program.tick(step)
    assert "做好：大约" in program.texts()
    program.tick("等消息")
    assert "已完成 5/5 步" in program.texts()
    assert "练好了" in program.texts()
    program.click("全部办好了")
    assert "● 已办结" in program.texts()
    program.close()

    again = open_window()
    again.click("我的办理", again.window.side)
    assert "孩子 · 练习办一件事" in again.texts()


def test_it_may_also_end_elsewhere(open_window):
    program = open_window()
    program.search("练一练")
    program.click_row(program.window.pages.search._list, 0)
    program.click("我自己")
    program.click("什么也不练")
    program.click("没有错，看要做什么")
    assert "不用练" in program.texts()
    program.click("去看看")
    assert "补办医保卡" in program.texts()


def test_it_is_printed_kept_in_a_calendar_and_drawn(services, paths, bundled_font, clock):
    began = clock.today() - datetime.timedelta(days=1)
    case = services.cases.start("practice", "孩子").case.id
    services.cases.apply(
        case,
        Answer(
            {
                "which": ("whole",),
                "has": ("old-card", "receipt"),
                "began": (began.isoformat(),),
                "channel": ("app",),
            }
        ),
    )
    view = services.cases.view(case)
    handout = case_document(view, services.guide.page("practice"), clock.today())
    style = PaperStyle.of(paths.resources, TextSize.STANDARD)
    paper = read_pdf(pdf_bytes(handout, style))
    for said in (
        "孩子 · 练习办一件事",
        "旧卡、收据",
        "依次点：我的 → 服务",
        "退出来重新点",
        "练完：最晚",
    ):
        assert squeeze(said) in paper.body
    (reminder,) = case_reminders(view)
    assert reminder.title == "孩子 · 练习办一件事：练完"
    assert day_text(view.due[0].last) in reminder.description

    out = io.StringIO()
    with redirect_stdout(out):
        code = cli.main(["check", "--seeds", str(paths.seeds), "--diagram", "practice"])
    assert code == 0
    assert '|"手上有哪些东西？ 旧卡"|' not in out.getvalue()  # no step waits for it, only a paper
    assert '|"您想怎么练？ 在手机上练"| step_tap' in out.getvalue()
