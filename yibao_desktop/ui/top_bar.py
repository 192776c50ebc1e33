"""The bar above everything: back, forward, the search box, text size and the menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from yibao_desktop.errors import DataError
from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.navigation import Message
from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.search_box import SearchBox

TEXT_SIZE_NAMES = {
    TextSize.STANDARD: "标准",
    TextSize.LARGE: "大字",
    TextSize.LARGER: "特大",
    TextSize.ELDER: "长辈版",
}
THEME_NAMES = {
    Theme.SYSTEM: "跟随系统",
    Theme.LIGHT: "浅色",
    Theme.DARK: "深色",
    Theme.CONTRAST: "高对比",
}


T = TypeVar("T", TextSize, Theme)


def _call(on_chosen: Callable[[T], None], value: T, _checked: bool = True) -> None:
    on_chosen(value)


class TopBar(QWidget):
    """Tells what was asked for; knows nothing of the pages.

    Signals:
        back_requested, forward_requested, home_requested, cases_requested, library_requested,
        terms_requested, region_requested, records_requested, help_requested, about_requested,
        quit_requested: what their names say.
        tree_toggled: the topic tree is to be shown or hidden.
    """

    back_requested = Signal()
    forward_requested = Signal()
    home_requested = Signal()
    cases_requested = Signal()
    library_requested = Signal()
    terms_requested = Signal()
    region_requested = Signal()
    records_requested = Signal()
    help_requested = Signal()
    about_requested = Signal()
    quit_requested = Signal()
    tree_toggled = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._icons: list[tuple[QToolButton, str]] = []
        self._build_ui()
        self._build_menus()
        self._on_theme_changed()
        context.theme.changed.connect(self._on_theme_changed)

    def _build_ui(self) -> None:
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE // 2)
        self._tree = self._button("panel-left", self.tr("显示或收起主题树"), self.tree_toggled)
        self._back = self._button("arrow-left", self.tr("后退（Alt+←）"), self.back_requested)
        self._forward = self._button(
            "arrow-right", self.tr("前进（Alt+→）"), self.forward_requested
        )
        home = self._button("house", self.tr("首页（Alt+Home）"), self.home_requested)
        self.search = SearchBox(self._context)
        self.search.setMaximumWidth(760)
        self._size = self._button("a-large-small", self.tr("字的大小"), None)
        self._menu = self._button("menu", self.tr("菜单"), None)
        for widget in (self._tree, self._back, self._forward, home):
            row.addWidget(widget)
        row.addSpacing(SPACE)
        row.addWidget(self.search, 100)
        row.addStretch(1)
        row.addWidget(self._size)
        row.addWidget(self._menu)

    def _button(self, icon: str, name: str, signal: object) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setAccessibleName(name.partition("（")[0])
        button.setToolTip(name)
        if signal is not None:
            button.clicked.connect(signal)
        self._icons.append((button, icon))
        return button

    def _build_menus(self) -> None:
        settings = self._context.services.settings.current
        sizes, self._size_actions = self._choice_menu(
            self.tr("字的大小"), TEXT_SIZE_NAMES, settings.text_size, self._on_size_chosen
        )
        themes, self._theme_actions = self._choice_menu(
            self.tr("颜色"), THEME_NAMES, settings.theme, self._on_theme_chosen
        )
        self._size.setMenu(sizes)
        self._size.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._action(menu, self.tr("首页"), self.home_requested, "Alt+Home")
        self._action(menu, self.tr("我的办理"), self.cases_requested, "Ctrl+M")
        self._action(menu, self.tr("收藏与历史"), self.library_requested, "Ctrl+B")
        self._action(menu, self.tr("名词解释"), self.terms_requested, "")
        menu.addSeparator()
        self._action(menu, self.tr("我的地区…"), self.region_requested, "")
        menu.addMenu(sizes)
        menu.addMenu(themes)
        menu.addSeparator()
        self._action(menu, self.tr("备份与恢复…"), self.records_requested, "")
        self._action(menu, self.tr("帮助"), self.help_requested, "F1")
        self._action(menu, self.tr("关于医保指南"), self.about_requested, "")
        menu.addSeparator()
        self._action(menu, self.tr("退出"), self.quit_requested, "Ctrl+Q")
        self._menu.setMenu(menu)
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _action(self, menu: QMenu, text: str, signal: object, shortcut: str) -> None:
        action = QAction(text, self)
        action.triggered.connect(lambda _=False: signal.emit())  # type: ignore[attr-defined]
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            self.window().addAction(action)
        self.addAction(action)
        menu.addAction(action)

    def _choice_menu(
        self, title: str, names: dict[T, str], chosen: T, on_chosen: Callable[[T], None]
    ) -> tuple[QMenu, dict[T, QAction]]:
        """A menu of which one entry holds, with its entries."""
        menu = QMenu(title, self)
        group = QActionGroup(menu)
        for value, name in names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(value is chosen)
            action.triggered.connect(partial(_call, on_chosen, value))
            group.addAction(action)
        return menu, dict(zip(names, group.actions(), strict=True))

    def show_trail(self, can_go_back: bool, can_go_forward: bool) -> None:
        """Say whether there is a way back and on."""
        self._back.setEnabled(can_go_back)
        self._forward.setEnabled(can_go_forward)

    def step_text_size(self, step: int) -> None:
        """One size larger (1) or smaller (-1), or back to the standard (0)."""
        sizes = list(TEXT_SIZE_NAMES)
        now = sizes.index(self._context.services.settings.current.text_size)
        at = 0 if step == 0 else min(len(sizes) - 1, max(0, now + step))
        self._on_size_chosen(sizes[at])

    def _on_size_chosen(self, size: TextSize) -> None:
        self._change(text_size=size)

    def _on_theme_chosen(self, theme: Theme) -> None:
        self._change(theme=theme)

    def _change(self, **changes: object) -> None:
        """Keep a setting; the menus show what is in force, also where it could not be kept."""
        settings = self._context.services.settings
        try:
            settings.update(**changes)
        except DataError as error:
            self._context.events.message_requested.emit(Message.of(error))
        self._size_actions[settings.current.text_size].setChecked(True)
        self._theme_actions[settings.current.theme].setChecked(True)

    def _on_theme_changed(self) -> None:
        side = self._context.theme.metrics.icon
        for button, icon in self._icons:
            button.setIcon(self._context.icon(icon))
            button.setIconSize(QSize(side, side))
