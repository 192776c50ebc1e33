"""Somebody at an office who has never seen YAML makes a content pack for a made-up city."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QWidget,
)

from tests.flows.authoring import (
    NOTICE,
    Keys,
    Mouse,
    begin,
    begin_page,
    checked_draft,
    choose,
    choose_by_keys,
    export,
    faults,
    field,
    fill,
    fill_in_what_it_rests_on,
    make_a_procedure,
    make_the_changes,
    open_menu_entry,
    press_until,
    read_in_a_pack,
)
from tests.ui.test_layout import check_nothing_is_cut
from tests.ui.test_own_documents import drop
from yibao_desktop.content.pack_seeds import PackTexts, checked, merge
from yibao_desktop.domain.guide.items import Answer, Article
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.packs.making import signed_manifest
from yibao_desktop.packs.pack_file import read_pack
from yibao_desktop.settings import TextSize
from yibao_desktop.ui.widgets.reading.page_browser import PageBrowser

MOST_CLICKS = 40
"""So many clicks of the mouse the whole of it may take; typing is not counted."""

BUILT_MS = 400_000
"""So long a busy machine may take to check a pack and to build the content with it."""


def test_an_overlay_is_made_checked_signed_and_installed_with_the_mouse(
    window, clicks, tmp_path, bundle
):
    begin(window)
    checked_draft(window)
    assert len(faults(window)) == 5  # what it rests on, where it holds, who makes it
    fill_in_what_it_rests_on(window)
    make_the_changes(window)
    assert faults(window) == []
    assert "改成：费用：工本费 20 元" in window.texts()
    path = export(window, tmp_path)
    QTest.mouseClick(window.button("装上试试"), Qt.MouseButton.LeftButton)
    window.qtbot.waitUntil(lambda: "装好了" in window.window.message.text, timeout=BUILT_MS)
    window.settle()
    print(f"clicks: {clicks.count}")
    assert clicks.count <= MOST_CLICKS
    pack = read_pack(path.read_bytes())
    manifest = signed_manifest(pack)
    assert (manifest.serial, manifest.regions) == (1, ("229900",))
    assert "第二个读过的人：李梅" in manifest.changes
    merged = checked(merge(bundle / "seeds", [PackTexts(manifest, pack.files)], "229900", {}))
    assert merged.problems == []
    assert merged.left_out == []
    card = next(p.value for p in merged.seeds.procedures if p.value.id == "card-replacement")
    assert "补卡申请表" in [m.name for m in card.materials]
    assert card.fact("card-making-time").text == "15 个工作日"
    window.window.open_item("card-replacement")  # without closing the program before
    window.settle()
    assert "补卡申请表" in window.texts()
    labels = [w.accessibleName() for w in window.visible(QLabel, window.page)]
    assert any("工本费 20 元" in name for name in labels)


def test_an_answer_is_made_from_one_that_is_there_with_the_mouse(window, clicks, tmp_path, bundle):
    begin_page(window, "问答", "第三代社保卡是什么")
    assert field(window, "问题，就是这一页的题目").text() == "第三代社保卡是什么"
    fill_in_what_it_rests_on(window)
    fill(window, "问题，就是这一页的题目", "春水市补卡要交多少钱")
    fill(window, "一句话先答", "交工本费 30 元。")
    fill(window, "再说清楚些", "交 20 元，交钱时带上「补卡申请表」。")
    checked_draft(window)
    assert ["官方原文里没有“30”" in told for told in faults(window)] == [True]
    fill(window, "一句话先答", "交工本费 20 元。")
    fill(window, "大家会怎么问", "春水补卡贵不贵")
    checked_draft(window)
    assert faults(window) == []
    browser = next(w for w in window.visible(PageBrowser, window.page))
    assert "交工本费 20 元。" in browser.toPlainText()  # the page as the reader shows it
    path = export(window, tmp_path)
    print(f"clicks: {clicks.count}")
    assert clicks.count <= MOST_CLICKS
    page, asked = read_in_a_pack(path)
    assert isinstance(page, Answer)
    assert page.title == "春水市补卡要交多少钱"
    assert [fact.text for fact in page.facts] == ["20 元"]
    assert asked == {page.id: ("春水补卡贵不贵",)}
    pack = read_pack(path.read_bytes())
    whole = PackTexts(signed_manifest(pack), pack.files)
    assert checked(merge(bundle / "seeds", [whole], "229900", {})).problems == []


def test_an_article_is_made_from_a_document_of_ones_own(window, clicks, tmp_path):
    paper = tmp_path / "补卡须知.txt"
    paper.write_text(f"春水市补卡须知\n\n{NOTICE}\n", encoding="utf-8")
    dialog = drop(window, paper)
    window.click("加进来（1 份）", dialog)
    (document,) = window.desktop.context.services.own.documents()
    begin_page(window, "文章", document.title)
    assert field(window, "原文叫什么").text() == document.title
    assert field(window, "题目").text() == document.title
    fill_in_what_it_rests_on(window)
    fill(window, "一句话先答", "先挂失，再到窗口补办。")
    choose(window, "挂在哪个主题下", "丢卡、坏卡与补办")
    choose(window, "看完还能去哪里", "补办医保卡")
    window.click("改：第 1 节")
    fill(window, "第 1 节：小标题", "要交多少")
    window.click("加一节")
    fill(window, "第 2 节：小标题", "要等多久")
    fill(window, "第 2 节：正文", "15 个工作日。")
    window.click("上移：第 2 节")
    checked_draft(window)
    assert faults(window) == []
    page, _ = read_in_a_pack(export(window, tmp_path))
    print(f"clicks: {clicks.count}")
    assert clicks.count <= MOST_CLICKS
    assert isinstance(page, Article)
    assert [section.title for section in page.sections] == ["要等多久", "要交多少"]


@pytest.mark.parametrize("with_what", [Mouse, Keys])
def test_a_procedure_is_made_as_cards(window, clicks, tmp_path, with_what):
    begin_page(window, "办事", "补办医保卡")
    fill_in_what_it_rests_on(window)
    clicked, hand = clicks.count, with_what(window)
    make_a_procedure(window, hand)
    (fault,) = faults(window)
    assert "〔您的卡是哪一种？〕答〔电子卡〕" in fault
    hand.click("加一种结果")
    hand.fill("第 2 种结果：叫什么", "不用补")
    hand.choose("第 2 种结果：是哪一种", "不是这里办")
    hand.fill("第 2 种结果：这时候怎么办", "电子的卡不用补。")
    electronic = "只有回答〔您的卡是哪一种？〕是〔电子卡〕才是"
    hand.choose("第 2 种结果：什么时候是这样", electronic)
    checked_draft(window)
    assert faults(window) == []
    assert (clicks.count == clicked) is (with_what is Keys)
    labels = [w.accessibleName() for w in window.visible(QLabel, window.page)]
    assert any("工本费 20 元" in name for name in labels)
    page, _ = read_in_a_pack(export(window, tmp_path))
    assert isinstance(page, Procedure)
    assert [step.title for step in page.flow.children] == ["填申请表", "交申请"]
    assert [paper.name for paper in page.materials] == ["补卡申请表"]


def test_a_page_is_begun_and_filled_in_with_the_keyboard_alone(window):
    window.desktop.context.services.settings.update(authoring=True)
    open_menu_entry(window, "编一份")
    press_until(window, "编什么：本地不一样的地方", Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_Right)
    press_until(window, "编什么：问答", Qt.Key.Key_Backtab)
    window.press(Qt.Key.Key_Space)
    press_until(window, "从这一页改起：第三代社保卡是什么", Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_Space)
    checked_draft(window)
    press_until(window, "一句话先答", Qt.Key.Key_Tab)
    editor = field(window, "一句话先答")
    editor.selectAll()
    window.type("到窗口改。", editor)
    checked_draft(window)
    assert (
        window.desktop.context.services.drafts.drafts()[0].edits[0].texts["answer"] == "到窗口改。"
    )


def test_a_step_is_added_moved_and_taken_out_on_a_page_of_the_guide(window):
    begin(window)
    fill_in_what_it_rests_on(window)
    window.click("加一步")
    fill(window, "新加的一步：这一步叫什么", "到二楼取号")
    fill(window, "新加的一步：做什么", "在自助机上取号。")
    choose(window, "新加的一步：接在哪一步后面", "交工本费")
    window.click("改：交工本费")
    choose(window, "交工本费：排在哪一步后面", "排在最前面")
    checked_draft(window)
    assert faults(window) == []
    told = window.texts()
    assert "到二楼取号" in told
    assert "（换了先后）" in told
    look = window.desktop.context.services.drafts
    (draft,) = look.drafts()
    titles = [placed.step.title for placed in placed_steps(look.look(draft).preview.flow)]
    assert titles[:2] == ["交工本费", "到二楼取号"]


def test_a_way_that_is_not_there_goes_with_all_that_only_it_needs(window):
    begin(window)
    fill_in_what_it_rests_on(window)
    way = "网上办（当地社保局官网，或支付宝、微信）"
    window.click(f"改：{way}")
    window.click(f"当地没有这种办法：{way}")
    checked_draft(window)
    assert faults(window) == []
    (draft,) = window.desktop.context.services.drafts.drafts()
    shown = window.desktop.context.services.drafts.look(draft).preview
    assert [channel.id for channel in shown.channels] == ["window"]
    assert "上传证件照片" in window.texts()  # told among the changes: it goes, too
    window.click(f"恢复原样：{way}")
    checked_draft(window)
    assert window.desktop.context.services.drafts.drafts()[0].edits == ()


def test_a_question_that_is_needed_says_at_its_card_what_for(window):
    begin(window)
    fill_in_what_it_rests_on(window)
    window.click("改：您说的是哪一张？")
    window.click("当地不用问：您说的是哪一张？")
    checked_draft(window)
    (fault,) = faults(window)
    assert "从“打电话挂失”到“激活新卡”这几步是照这个问题的回答分的" in fault


def test_an_outcome_is_put_in_the_place_of_another_with_the_keyboard_alone(window):
    begin(window)
    fill_in_what_it_rests_on(window)
    checked_draft(window)
    old = "电子医保卡没有卡片可补"
    for name in (f"改：{old}", f"当地没有这种结果：{old}"):
        press_until(window, name, Qt.Key.Key_Tab)
        window.press(Qt.Key.Key_Space)
    checked_draft(window)
    assert "这样回答没有结果：〔您说的是哪一张？〕答〔手机里的电子医保卡" in window.texts()
    press_until(window, "加一种结果", Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is field(window, "新加的结果：叫什么")
    window.type("电子卡不用补")
    choose_by_keys(window, "新加的结果：是哪一种", "不是这里办")
    press_until(window, "新加的结果：这时候怎么办", Qt.Key.Key_Tab)
    window.type("手机里的不用补。")
    only = "只有回答〔您说的是哪一张？〕是〔手机里的电子医保卡（医保电子凭证）〕才是"
    choose_by_keys(window, "新加的结果：什么时候是这样", only)
    checked_draft(window)
    assert faults(window) == []
    (draft,) = window.desktop.context.services.drafts.drafts()
    ends = window.desktop.context.services.drafts.look(draft).preview.outcomes
    assert [outcome.title for outcome in ends] == ["新卡办好了", "电子卡不用补"]


def test_what_is_wrong_stands_at_its_field(window):
    begin(window)
    fill_in_what_it_rests_on(window)
    window.click("改：交工本费")
    fill(window, "交工本费：费用", "工本费 30 元")
    checked_draft(window)
    (fault,) = faults(window)
    assert "官方原文里没有“30”" in fault
    fill(window, "交工本费：费用", "工本费 20 元")
    fill(window, "交工本费：这一步叫什么", "交 20 元工本费")
    checked_draft(window)
    (fault,) = faults(window)
    assert "不能写数字" in fault
    window.click("恢复原样：交工本费")
    checked_draft(window)
    assert faults(window) == []


def test_a_draft_is_still_there_after_the_program_was_closed(window, open_window):
    begin(window)
    fill(window, "谁编的", "春水市医疗保障服务中心")
    window.close()
    again = open_window()
    open_menu_entry(again, "编一份")
    again.click("某地：补办医保卡")
    assert field(again, "谁编的").text() == "春水市医疗保障服务中心"


def test_nothing_of_it_is_in_the_menu_before_it_is_wanted(window):
    entry = next(a for a in window.window.actions() if a.text() == "编一份")
    assert not entry.isVisible()
    open_menu_entry(window, "设置")
    window.tick("可以编内容包")
    assert entry.isVisible()


def test_a_document_of_ones_own_is_what_it_rests_on(window, tmp_path):
    paper = tmp_path / "补卡须知.txt"
    paper.write_text(f"春水市补卡须知\n\n{NOTICE}\n", encoding="utf-8")
    dialog = drop(window, paper)
    window.click("加进来（1 份）", dialog)
    (document,) = window.desktop.context.services.own.documents()
    begin(window)
    choose(window, "从加过的本地资料里取", f"《{document.title}》")
    checked_draft(window)
    assert field(window, "原文叫什么").text() == document.title
    assert "工本费20元" in field(window, "把有关的句子贴在这里").toPlainText()
    assert "里面的数字，下面可以用：20、15" in window.texts()


def test_a_draft_thrown_away_can_be_had_back(window):
    begin(window)
    window.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    window.click("不要这份草稿")
    assert "某地：补办医保卡" not in window.texts()
    window.click("撤销")
    assert "某地：补办医保卡" in window.texts()


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.ELDER])
def test_nothing_of_the_form_or_the_page_beside_it_is_cut(window, size):
    window.desktop.context.services.settings.update(text_size=size)
    window.window.resize(1024, 700)
    begin(window)
    window.click("改：交工本费")
    window.click("加一样材料")
    checked_draft(window)
    check_nothing_is_cut(window)
    for widget in window.visible(QWidget, window.page):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            told = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            assert told.strip(), widget


def test_where_there_is_no_room_the_form_and_the_page_take_turns(window):
    window.desktop.context.services.settings.update(text_size=TextSize.ELDER)
    window.window.resize(1024, 700)
    begin(window)
    checked_draft(window)
    assert "改好的样子" not in window.texts().splitlines()
    window.click("看改好的样子")
    assert "改好的样子" in window.texts().splitlines()
    for button in ("回去改", "导出…"):
        assert not window.button(button).visibleRegion().isEmpty(), f"{button} is out of sight"
    window.click("回去改")
    assert "一　先贴官方原文" in window.texts().splitlines()
