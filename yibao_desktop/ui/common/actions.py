"""Everything the menu and the keyboard can do, named once: text, keys and place in the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from yibao_desktop.ui.common.navigation import Place


class Act(StrEnum):
    """What can be asked for."""

    HOME = "home"
    CASES = "cases"
    LIBRARY = "library"
    FREQUENT = "frequent"
    TERMS = "terms"
    SOURCES = "sources"
    BACK = "back"
    FORWARD = "forward"
    EARLIER = "earlier"
    LATER = "later"
    SEARCH = "search"
    UNDO = "undo"
    TREE = "tree"
    FIND = "find"
    FIND_NEXT = "find-next"
    FIND_PREVIOUS = "find-previous"
    COPY = "copy"
    PRINT = "print"
    SAVE_PDF = "save-pdf"
    BOOKMARK = "bookmark"
    LARGER = "larger"
    SMALLER = "smaller"
    STANDARD_SIZE = "standard-size"
    REGION = "region"
    ADD_DOCUMENTS = "add-documents"
    PACKS = "packs"
    DRAFTS = "drafts"
    SETTINGS = "settings"
    RECORDS = "records"
    NO_TRACE = "no-trace"
    COUNTER = "counter"
    NEXT_VISITOR = "next-visitor"
    HELP = "help"
    REPORT = "report"
    ABOUT = "about"
    QUIT = "quit"


class Section(Enum):
    """Parts of the menu, in order."""

    PLACES = 1
    WAYS = 2
    PAGE = 3
    TEXT_SIZE = 4
    OWN = 5
    PROGRAM = 6


SUBMENUS = {
    Section.WAYS: "翻页和走动",
    Section.PAGE: "这一页",
    Section.TEXT_SIZE: "字的大小",
}
"""Parts that are a menu of their own, with its title."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing to do.

    Attributes:
        text: as it stands in the menu and in the help.
        keys: every key sequence for it, the one to be told first.
        checkable: whether it is switched on and off.
    """

    act: Act
    section: Section
    text: str
    keys: tuple[str, ...] = ()
    checkable: bool = False


SPECS = (
    ActionSpec(Act.HOME, Section.PLACES, "首页", ("Alt+Home",)),
    ActionSpec(Act.FREQUENT, Section.PLACES, "大家常问", ("Ctrl+E",)),
    ActionSpec(Act.CASES, Section.PLACES, "我的办理", ("Ctrl+M",)),
    ActionSpec(Act.LIBRARY, Section.PLACES, "收藏与历史", ("Ctrl+B",)),
    ActionSpec(Act.TERMS, Section.PLACES, "名词解释", ("Ctrl+J",)),
    ActionSpec(Act.SOURCES, Section.PLACES, "资料来源"),
    ActionSpec(Act.SEARCH, Section.WAYS, "到搜索框", ("Ctrl+K",)),
    ActionSpec(Act.BACK, Section.WAYS, "后退", ("Alt+Left",)),
    ActionSpec(Act.FORWARD, Section.WAYS, "前进", ("Alt+Right",)),
    ActionSpec(Act.EARLIER, Section.WAYS, "上一篇", ("Alt+Up",)),
    ActionSpec(Act.LATER, Section.WAYS, "下一篇", ("Alt+Down",)),
    ActionSpec(Act.TREE, Section.WAYS, "显示或收起主题树", ("F9",)),
    ActionSpec(Act.FIND, Section.PAGE, "在这一页里找", ("Ctrl+F",)),
    ActionSpec(Act.FIND_NEXT, Section.PAGE, "找下一处", ("F3",)),
    ActionSpec(Act.FIND_PREVIOUS, Section.PAGE, "找上一处", ("Shift+F3",)),
    ActionSpec(Act.COPY, Section.PAGE, "复制（带出处）", ("Ctrl+Shift+C",)),
    ActionSpec(Act.PRINT, Section.PAGE, "打印", ("Ctrl+P",)),
    ActionSpec(Act.SAVE_PDF, Section.PAGE, "存成 PDF"),
    ActionSpec(Act.BOOKMARK, Section.PAGE, "收藏或取消收藏", ("Ctrl+D",)),
    ActionSpec(Act.LARGER, Section.TEXT_SIZE, "大一点", ("Ctrl++", "Ctrl+=")),
    ActionSpec(Act.SMALLER, Section.TEXT_SIZE, "小一点", ("Ctrl+-",)),
    ActionSpec(Act.STANDARD_SIZE, Section.TEXT_SIZE, "回到标准", ("Ctrl+0",)),
    ActionSpec(Act.UNDO, Section.OWN, "撤销刚才做的", ("Ctrl+Z",)),
    ActionSpec(Act.REGION, Section.OWN, "我的地区…"),
    ActionSpec(Act.ADD_DOCUMENTS, Section.OWN, "加本地资料…", ("Ctrl+O",)),
    ActionSpec(Act.PACKS, Section.OWN, "内容包…"),
    ActionSpec(Act.DRAFTS, Section.OWN, "编一份"),
    ActionSpec(Act.NO_TRACE, Section.OWN, "不留痕", ("Ctrl+Shift+N",), checkable=True),
    ActionSpec(Act.COUNTER, Section.OWN, "窗口模式（替人办事的柜台）", checkable=True),
    ActionSpec(
        Act.NEXT_VISITOR, Section.OWN, "换一位（清除这次的搜索和回答）", ("Ctrl+Shift+Delete",)
    ),
    ActionSpec(Act.SETTINGS, Section.OWN, "设置", ("Ctrl+,",)),
    ActionSpec(Act.RECORDS, Section.OWN, "备份与恢复…"),
    ActionSpec(Act.HELP, Section.PROGRAM, "帮助", ("F1",)),
    ActionSpec(Act.REPORT, Section.PROGRAM, "出了问题…"),
    ActionSpec(Act.ABOUT, Section.PROGRAM, "关于医保指南"),
    ActionSpec(Act.QUIT, Section.PROGRAM, "退出", ("Ctrl+Q",)),
)

KEYS_ELSEWHERE = (
    ("↑ ↓", "在搜索建议里选，再往下到结果，回车打开"),
    ("Esc", "收起搜索建议，再按一次清空搜索框；关掉“在这一页里找”"),
    ("Ctrl + 滚轮", "字大一点 / 小一点"),
    ("Ctrl+C", "复制选中的文字，后面带上出处"),
)
"""Keys that mean something only where the focus is."""

_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def keys_text(spec: ActionSpec) -> str:
    """The keys as they are told to people; empty where there are none."""
    text = spec.keys[0] if spec.keys else ""
    for name, arrow in _ARROWS.items():
        text = text.replace(name, arrow)
    return text


def place_name(place: Place) -> str:
    """What the menu calls a place there is one of."""
    return next((spec.text for spec in SPECS if spec.act.value == place.value), "欢迎用医保指南")


def _call(slot: Callable[[], None], _checked: bool = False) -> None:
    slot()


class Actions:
    """The actions of one window; their keys work wherever the focus is in it."""

    def __init__(self, window: QWidget) -> None:
        self._actions = {}
        for spec in SPECS:
            action = QAction(spec.text, window)
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            action.setCheckable(spec.checkable)
            window.addAction(action)
            self._actions[spec.act] = action

    def __getitem__(self, act: Act) -> QAction:
        return self._actions[act]

    def on(self, act: Act, slot: Callable[[], None]) -> None:
        """Say what is to happen when it is asked for."""
        self._actions[act].triggered.connect(partial(_call, slot))

    def name(self, act: Act) -> str:
        """Text and keys, as a tip under the mouse."""
        spec = next(spec for spec in SPECS if spec.act is act)
        keys = keys_text(spec)
        return f"{spec.text}（{keys}）" if keys else spec.text

    def fill(self, menu: QMenu, submenus: dict[Section, QMenu]) -> None:
        """Put every action into the menu.

        Args:
            menu: the menu of the window.
            submenus: menus already begun for a section; missing ones are made.
        """
        for section in Section:
            holder = menu
            if section in SUBMENUS:
                holder = submenus.get(section) or QMenu(SUBMENUS[section], menu)
                menu.addMenu(holder)
            elif menu.actions():
                menu.addSeparator()
            for spec in SPECS:
                if spec.section is section:
                    holder.addAction(self._actions[spec.act])
