"""The user's place: chosen once, told everywhere, hides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from yibao_desktop.domain.procedure.model import UNSURE
from yibao_desktop.ui.common.actions import Act
from yibao_desktop.ui.widgets.base.tile import Tile


def choose(window, name):
    window.window.acts[Act.REGION].trigger()
    window.settle()
    (dialog,) = window.window.findChildren(QDialog)
    window.click(name, dialog)
    window.click("关闭", dialog)


def titles(window):
    model = window.window.pages.search._list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_own_place_comes_first_and_the_others_stay(window):
    window.search("灵活就业医保交多少钱")
    before = titles(window)
    choose(window, "浙江省")
    assert set(titles(window)) == set(before)
    assert titles(window)[0] == "浙江灵活就业的医保交多少钱"
    choose(window, "湖南省")
    assert titles(window)[0] == "湖南灵活就业的医保交多少钱"
    choose(window, "不设地区")
    assert titles(window) == before


def test_a_page_about_another_place_says_so(window):
    window.window.open_item("chaozhou-outpatient")
    window.settle()
    assert "不是您选的地区" not in window.window.pages.reader.browser.toPlainText()
    choose(window, "湖南省岳阳市")
    assert "说的是广东省潮州市，不是您选的地区" in window.window.pages.reader.browser.toPlainText()
    window.window.open_item("hunan-flexible")
    window.settle()
    assert "不是您选的地区" not in window.window.pages.reader.browser.toPlainText()


def test_a_topic_lists_the_own_place_first(window):
    choose(window, "广东省潮州市")
    window.window.open_item("reimbursement")
    window.settle()
    text = window.texts()
    assert text.index("潮州医保一年一共最多报多少") < text.index("岳阳一档、二档医保住院报多少")
    assert text.index("潮州门诊一年最多报多少") < text.index("农村合作医疗去哪里报销")


def test_the_place_is_kept_for_the_next_start(open_window):
    first = open_window()
    choose(first, "浙江省")
    first.close()
    second = open_window()
    assert second.desktop.context.services.settings.current.region == "330000"


def routes(window):
    page = window.window.pages.procedure
    return [
        t.accessibleName()
        for t in window.visible(Tile, page)
        if "机构" in t.accessibleName()
        or "平台" in t.accessibleName()
        or "随申办" in t.accessibleName()
    ]


def test_the_route_of_one_city_comes_first_there_and_last_everywhere_else(window):
    for place, first, last in (
        ("不设地区", "国家医保服务平台", "随申办"),
        ("浙江省", "国家医保服务平台", "随申办"),
        ("上海市", "随申办", "当地医保经办机构"),
    ):
        choose(window, place)
        window.window.open_item("family-pooling")
        window.settle()
        shown = routes(window)
        assert shown[0].startswith(first), place
        assert shown[-1].startswith(last), place


def options(window):
    return [t.property("option") for t in window.page.questions._group.buttons()]


def test_the_question_about_the_way_offers_the_one_of_ones_own_place_first(window):
    cases = window.desktop.context.services.cases
    case = cases.start("family-pooling", "妈妈").case.id
    window.window.open_case(case)
    window.settle()
    while window.page.questions._question.id != "channel":
        window.press(Qt.Key.Key_1)
    choose(window, "浙江省")
    assert options(window)[0] != "suishenban"
    assert options(window)[-2:] == ["suishenban", UNSURE]
    choose(window, "上海市")
    assert options(window)[0] == "suishenban"


def open_regions(window):
    window.window.acts[Act.REGION].trigger()
    window.settle()
    (dialog,) = window.window.findChildren(QDialog)
    return dialog


def shown_places(window, dialog):
    return [t.accessibleName() for t in window.visible(Tile, dialog)]


def test_a_place_is_looked_for_and_one_that_is_missing_is_explained(window):
    window.desktop.context.services.settings.update(region="430000")
    dialog = open_regions(window)
    field = window.visible(QLineEdit, dialog)[0]
    window.type("浙江", field)
    assert shown_places(window, dialog) == ["不设地区", "浙江省"]
    field.clear()
    window.type("重庆", field)
    assert shown_places(window, dialog) == ["不设地区"]
    assert "资料里没有单独说到“重庆”" in window.texts(dialog)
    assert "下面只有资料里单独说到的地方" in window.texts(dialog)
    window.click("不设地区", dialog)
    assert window.desktop.context.services.settings.current.region is None
    field.clear()
    assert "湖南省岳阳市" in shown_places(window, dialog)
    window.click("关闭", dialog)


def test_the_question_and_the_field_stay_above_the_list(window):
    window.window.resize(1024, 500)
    dialog = open_regions(window)
    heading = next(w for w in window.visible(QLabel, dialog) if w.text() == "您在哪里参保？")
    bar = dialog.column.verticalScrollBar()
    assert bar.maximum() > 0
    before = heading.mapTo(dialog, heading.rect().topLeft())
    bar.setValue(bar.maximum())
    assert heading.mapTo(dialog, heading.rect().topLeft()) == before
    assert heading.visibleRegion().boundingRect() == heading.rect()
    window.click("关闭", dialog)
