"""With a real accessibility bus, as a screen reader meets the program."""

from __future__ import annotations

from collections import deque
from functools import partial
from pathlib import Path

import pytest
from jeepney import Message

from tests.flows.accessibility_bus import CHECKED, FOCUSABLE, FOCUSED, announcements, spoken
from tests.flows.real_window import FROM_SOURCE, RealWindow, opened, waited
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.paths import Paths, resolve_paths

pytestmark = pytest.mark.slow

GUIDE = "card-replacement-guide"
PROCEDURE = "card-replacement"


def at(item: str) -> tuple[str, ...]:
    """The command that opens the program at an item."""
    return (*FROM_SOURCE, f"yibao:{item}")


def heard_of(window: RealWindow, heard: deque[Message], words: str) -> None:
    """Wait until something with these words has been said."""

    def said() -> bool:
        # Messages are taken from the bus while something is asked.
        assert window.program.role == "application"
        return any(words in spoken(one) for one in heard)

    waited(said, f"“{words}” among {[spoken(one) for one in heard]}")


def test_a_screen_reader_finds_the_box_hears_the_results_and_reads_the_page(session, tmp_path):
    with opened(session, tmp_path / "home") as window, announcements(window.connection) as heard:
        box = window.found("text", "搜索")
        window.focus()
        assert box.ask("Component", "GrabFocus")
        window.xdotool("type", "--delay", "60", "ka diu le")
        results = window.found("list", "搜索结果")

        def first() -> str:
            """The first result; while one types there are those of what is typed so far."""
            return next((result.name for result in results.children), "")

        waited(lambda: first().startswith("精选回答，补办医保卡，办事，"), "the procedure")
        assert "挂失" in first()
        heard_of(window, heard, "条。找到了")

        # Written by another program, as dictation does it.
        box.ask("EditableText", "SetTextContents", "s", "家庭共济是什么")
        waited(lambda: "家庭共济" in first(), "other results")

        window.xdotool("key", "Return")
        waited(lambda: not box.has(FOCUSED), "the keyboard at the results")
        window.xdotool("key", "Return")
        window.found("filler", "本页目录")


def test_parts_and_links_of_a_page_are_read_and_followed_by_their_action(session, tmp_path):
    with opened(session, tmp_path / "home", at(GUIDE)) as window:
        parts = window.found("filler", "本页目录")
        names = [part.name for part in parts.children if part.showing]
        assert names[:2] == ["先挂失", "带材料去申请"]
        text = window.found("label", "医保卡丢了、坏了怎么补")
        assert "等制卡" in text.text
        links = window.found("filler", "本页提到的")
        link = next(entry for entry in links.children if entry.name == "社保卡")
        assert link.role == "push button"
        with announcements(window.connection) as heard:
            link.act("Press")
            heard_of(window, heard, "社会保障卡")
        window.found("label", "社会保障卡")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's folder with a procedure under way and a page kept."""
    home = tmp_path / "home"
    services = open_services(Paths(resolve_paths().bundle, home))
    view = services.cases.start(PROCEDURE, "妈妈")
    while view.plan.to_ask:
        question = view.plan.to_ask[0]
        services.cases.apply(view.case.id, Answer({question.id: (question.options[0].id,)}))
        view = services.cases.view(view.case.id)
    services.reading.add_bookmark(GUIDE, "医保卡丢了、坏了怎么补")
    services.reading.note_visit(GUIDE, "医保卡丢了、坏了怎么补")
    services.settings.update(welcomed=True)
    services.close()
    return home


def test_a_step_is_ticked_and_a_note_written_and_both_are_said_to_be_stored(session, home):
    with opened(session, home) as window, announcements(window.connection) as heard:
        window.begun("push button", "妈妈 · 补办医保卡").act("Press")
        heard_of(window, heard, "妈妈 · 补办医保卡")
        step = "第5步，领新卡，当场核对"
        assert not window.found("check box", step).has(CHECKED)
        window.found("check box", step).act("Toggle")
        heard_of(window, heard, "打了勾，已经存好")
        waited(lambda: window.found("check box", step).has(CHECKED), "the tick")
        window.found("check box", step).act("Toggle")
        heard_of(window, heard, "勾去掉了，已经存好")

        window.found("check box", "有了：身份证原件").act("Press")
        heard_of(window, heard, "材料有了")

        window.found("push button", "记一笔：激活新卡").act("Press")
        note = window.found("text", "记一笔：激活新卡")
        note.ask("EditableText", "SetTextContents", "s", "3 号窗口")
        heard_of(window, heard, "写的已经存好了")


def test_what_is_kept_is_announced(session, home):
    with opened(session, home, at(PROCEDURE)) as window, announcements(window.connection) as heard:
        window.found("check box", "收藏").act("Toggle")
        heard_of(window, heard, "已收藏")
        window.found("check box", "已收藏").act("Press")
        heard_of(window, heard, "已取消收藏")


SCREENS = {
    "首页": "alt+Home",
    "我的办理": "ctrl+m",
    "收藏与历史": "ctrl+b",
    "名词解释": "ctrl+j",
    "设置": "ctrl+comma",
}

TILES = ("妈妈 · 补办医保卡", "补办医保卡", "医保卡丢了、坏了怎么补", "卡与凭证。")


def all_named(window: RealWindow) -> bool:
    """Whether a screen reader has a word for whatever the keyboard can be at."""
    return all(one.name for one in window.program.all() if one.has(FOCUSABLE))


def test_everything_the_keyboard_reaches_has_a_name_on_every_screen(session, home):
    with opened(session, home) as window, announcements(window.connection) as heard:
        heard_of(window, heard, "首页")
        window.focus()
        waited(partial(all_named, window), "names")
        for place, keys in SCREENS.items():
            heard.clear()
            window.xdotool("key", keys)
            heard_of(window, heard, place)
            waited(partial(all_named, window), place)
        for query in ("卡丢了", "西安停车"):
            box = window.found("text", "搜索")
            box.ask("EditableText", "SetTextContents", "s", query)
            window.found("label", f"您问的：{query}")
            waited(partial(all_named, window), query)
        for tile in TILES:
            window.xdotool("key", "alt+Home")
            heard.clear()
            window.begun("push button", tile).act("Press")
            heard_of(window, heard, tile.rstrip("。"))
            waited(partial(all_named, window), tile)
        window.xdotool("key", "F1")
        window.begun("dialog", "帮助")
        waited(partial(all_named, window), "帮助")
