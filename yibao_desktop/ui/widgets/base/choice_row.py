"""A few large buttons of which one holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import beside_text
from yibao_desktop.ui.widgets.base.checkable import make_checkable, show_checked
from yibao_desktop.ui.widgets.base.flow_row import FlowRow

T = TypeVar("T")

ICON_TO_TEXT = 1.25
"""Side of an icon, in heights of the text beside it."""


class ChoiceRow(FlowRow, Generic[T]):
    """The button that holds carries a tick, so that it is not told by colour alone."""

    def __init__(
        self,
        name: str,
        choices: Mapping[T, str],
        on_chosen: Callable[[T], None],
        context: UiContext,
        parent: QWidget | None = None,
        sizes: Mapping[T, int] | None = None,
    ) -> None:
        """Make the buttons; each in the text size, in logical pixels, that ``sizes`` gives it."""
        super().__init__(parent)
        self._context = context
        self._group = QButtonGroup(self)
        self._buttons: dict[T, QPushButton] = {}
        metrics = context.theme.metrics
        for value, text in choices.items():
            button = QPushButton(text)
            button.setProperty("role", "choice")
            make_checkable(button)
            button.setAccessibleName(f"{name}：{text}")
            side = metrics.icon
            if sizes is not None:
                button.setStyleSheet(f"font-size: {sizes[value]}px")
                side = round(sizes[value] * ICON_TO_TEXT)
            button.setIconSize(beside_text(side))
            button.clicked.connect(partial(_tell, on_chosen, value))
            self._group.addButton(button)
            self._buttons[value] = button
            self.add(button)

    @property
    def has_focus(self) -> bool:
        """Whether one of its buttons has the focus."""
        return any(button.hasFocus() for button in self._buttons.values())

    def focus_chosen(self) -> None:
        """Go to the button that holds."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus()

    def show_chosen(self, chosen: T) -> None:
        """Say which one holds."""
        tick = self._context.icon("check", self._context.theme.colors.accent)
        for value, button in self._buttons.items():
            show_checked(button, value == chosen)
            button.setIcon(tick if value == chosen else QIcon())


def _tell(on_chosen: Callable[[T], None], value: T, _checked: bool = False) -> None:
    on_chosen(value)
