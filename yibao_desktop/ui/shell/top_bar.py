"""The bar above everything: back, forward, the search box, text size and the menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar, Unpack

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from yibao_desktop.settings import Settings, SettingsChange, TextSize, Theme
from yibao_desktop.ui.common.actions import SUBMENUS, Act, Actions, Section
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.looks.icons import beside_text
from yibao_desktop.ui.looks.look_names import TEXT_SIZE_NAMES, THEME_NAMES, sample_font
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import restyle, set_role
from yibao_desktop.ui.widgets.search.search_box import SearchBox

WORDY_IN_CHARACTERS = 39
"""In a bar at least so many characters wide the menus have their words beside their icons."""

ROOMY_IN_CHARACTERS = 34
"""In a bar less wide than so many characters only the most needed buttons stand."""

T = TypeVar("T", TextSize, Theme)


def _call(on_chosen: Callable[[T], None], value: T, _checked: bool = True) -> None:
    on_chosen(value)


class TopBar(QWidget):
    """Offers the actions of the window; knows nothing of the pages."""

    def __init__(self, context: UiContext, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._own = actions
        self._icons: list[tuple[QToolButton | QPushButton, str]] = []
        self._build_ui()
        self._build_menus()
        self._connect_signals()
        self._on_theme_changed()
        self._on_settings_changed(context.services.settings.current)

    def _build_ui(self) -> None:
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE // 2)
        self._tree = self._button("panel-left", self._own.name(Act.TREE), Act.TREE)
        self._back = self._button("arrow-left", self._own.name(Act.BACK), Act.BACK)
        self._forward = self._button("arrow-right", self._own.name(Act.FORWARD), Act.FORWARD)
        self._home = self._button("house", self._own.name(Act.HOME), Act.HOME)
        self.search = SearchBox(self._context)
        self.search.setMaximumWidth(760)
        self._no_trace = QPushButton("不留痕")
        self._no_trace.setProperty("role", "sign")
        self._no_trace.setToolTip("现在看过的、搜过的都不记。点一下就改回来")
        self._no_trace.setAccessibleName("不留痕开着，点一下关掉")
        self._icons.append((self._no_trace, "eye-off"))
        self._next = QPushButton("换一位")
        self._next.setToolTip(self._own.name(Act.NEXT_VISITOR))
        self._icons.append((self._next, "next-visitor"))
        self._size = self._button("a-large-small", "字号，改字的大小", None)
        self._menu = self._button("menu", "菜单", None)
        for button, word in (
            (self._tree, "主题"), (self._back, "后退"), (self._forward, "前进"),
            (self._home, "首页"), (self._size, "字号"), (self._menu, "菜单"),
        ):  # fmt: skip
            button.setText(word)
        for widget in (self._tree, self._back, self._forward, self._home):
            row.addWidget(widget)
        row.addSpacing(SPACE)
        row.addWidget(self.search, 100)
        row.addStretch(1)
        row.addWidget(self._no_trace)
        row.addWidget(self._next)
        row.addWidget(self._size)
        row.addWidget(self._menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the box comes first; the menu has everything."""
        super().resizeEvent(event)
        self._make_room()

    def make_low(self, height: int) -> None:
        """Be as low as can be in a window that is; the room is for reading."""
        low = self._context.theme.metrics.is_low(height)
        if self.property("low") is low:
            return
        self.setProperty("low", low)
        above = 0 if low else SPACE // 2
        self._row.setContentsMargins(SPACE, above, SPACE, above)
        for widget in (self.search, *self.findChildren(QAbstractButton)):
            restyle(widget)

    def _make_room(self) -> None:
        roomy = self.width() >= ROOMY_IN_CHARACTERS * self._context.theme.metrics.body
        for button in (self._forward, self._home, self._size):
            button.setVisible(roomy)
        metrics, style = self._context.theme.metrics, Qt.ToolButtonStyle
        wordy = self.width() >= WORDY_IN_CHARACTERS * metrics.body
        square = QSize(metrics.icon, metrics.icon)
        for button in (self._tree, self._back, self._forward, self._home, self._size, self._menu):
            beside = wordy and button in (self._size, self._menu)
            if metrics.elder and roomy:  # nobody need guess what a drawing means
                set_role(button, "named")
                button.setToolButtonStyle(style.ToolButtonTextUnderIcon)
                button.setIconSize(QSize(metrics.body, metrics.body))
                continue
            set_role(button, "flat")
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if beside else style.ToolButtonIconOnly
            )
            button.setIconSize(beside_text(metrics.icon) if beside else square)

    def _button(self, icon: str, name: str, act: Act | None) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setAccessibleName(name.partition("（")[0])
        button.setToolTip(name)
        if act is not None:
            button.clicked.connect(self._own[act].trigger)
        self._icons.append((button, icon))
        return button

    def _build_menus(self) -> None:
        settings = self._context.services.settings.current
        sizes, self._size_actions = self._choice_menu(
            SUBMENUS[Section.TEXT_SIZE], TEXT_SIZE_NAMES, settings.text_size, self._on_size_chosen
        )
        sizes.addSeparator()
        themes, self._theme_actions = self._choice_menu(
            "颜色", THEME_NAMES, settings.theme, self._on_theme_chosen
        )
        menu = QMenu(self)
        self._own.fill(menu, {Section.TEXT_SIZE: sizes})
        menu.insertMenu(self._own[Act.REGION], themes)
        self._size.setMenu(sizes)
        self._size.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setMenu(menu)
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _connect_signals(self) -> None:
        self._own.on(Act.LARGER, partial(self.step_text_size, 1))
        self._own.on(Act.SMALLER, partial(self.step_text_size, -1))
        self._own.on(Act.STANDARD_SIZE, partial(self.step_text_size, 0))
        self._own.on(Act.NO_TRACE, self._on_no_trace_asked)
        self._own.on(Act.COUNTER, self._on_counter_asked)
        self._no_trace.clicked.connect(self._own[Act.NO_TRACE].trigger)
        self._next.clicked.connect(self._own[Act.NEXT_VISITOR].trigger)
        self._context.theme.changed.connect(self._on_theme_changed)
        self._context.services.settings.listen(self._on_settings_changed)

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
        for act, button, open_ in (
            (Act.BACK, self._back, can_go_back),
            (Act.FORWARD, self._forward, can_go_forward),
        ):
            self._own[act].setEnabled(open_)
            button.setEnabled(open_)

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

    def _on_no_trace_asked(self) -> None:
        on = self._own[Act.NO_TRACE].isChecked()
        self._change(no_trace=on)
        self._tell_switch(
            self._context.services.settings.current.no_trace is on,
            "不留痕开了：看过的、搜过的不再记；办理的事照样存。"
            if on
            else "不留痕关了：看过的、搜过的又会记下来。",
        )

    def _on_counter_asked(self) -> None:
        on = self._own[Act.COUNTER].isChecked()
        self._change(counter=on)
        self._tell_switch(
            self._context.services.settings.current.counter is on,
            "窗口模式开了：一位办完，点上面的“换一位”，上一位的就都收起来了。"
            if on
            else "窗口模式关了。",
        )

    def _tell_switch(self, was_kept: bool, text: str) -> None:
        """Say what a switch did; where it could not be kept, that has been said already."""
        if was_kept:
            self._context.events.message_requested.emit(Message(text))

    def _change(self, **changes: Unpack[SettingsChange]) -> None:
        """Keep a setting; the menus show what is in force, also where it could not be kept."""
        self._context.change_settings(**changes)
        self._on_settings_changed(self._context.services.settings.current)

    def _on_settings_changed(self, settings: Settings) -> None:
        self._size_actions[settings.text_size].setChecked(True)
        self._theme_actions[settings.theme].setChecked(True)
        self._own[Act.NO_TRACE].setChecked(settings.no_trace)
        self._no_trace.setVisible(settings.no_trace and not settings.counter)
        self._own[Act.COUNTER].setChecked(settings.counter)
        self._next.setVisible(settings.counter)

    def _on_theme_changed(self) -> None:
        side = self._context.theme.metrics.icon
        for button, icon in self._icons:
            button.setIcon(self._context.icon(icon))
            worded = isinstance(button, QPushButton)
            button.setIconSize(beside_text(side) if worded else QSize(side, side))
        for action, size in zip(self._size_actions.values(), self._size_actions, strict=True):
            action.setFont(sample_font(size))
        self._make_room()
