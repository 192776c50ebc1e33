"""Buttons that hold, whoever switches them.

Assistive technology may switch such a button without clicking it; Qt then changes how it looks and
tells nobody who waits for a click.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, QTimer
from PySide6.QtWidgets import QAbstractButton, QButtonGroup


class _ClickMaker(QObject):
    """Makes a click of a switch that was none."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button
        self._on = False
        self._unclicked = QTimer(self, singleShot=True, interval=0)
        self._unclicked.timeout.connect(self._on_left_unclicked)
        button.toggled.connect(self._on_toggled)
        button.clicked.connect(self._unclicked.stop)

    def _on_toggled(self, on: bool) -> None:
        group: QButtonGroup | None = self._button.group()
        let_go_by_another = not on and group is not None and group.exclusive()
        if not let_go_by_another:
            self._on = on
            self._unclicked.start()

    def _on_left_unclicked(self) -> None:
        self._button.clicked[bool].emit(self._on)  # type: ignore[index]


def make_checkable(button: QAbstractButton, checked: bool = False) -> None:
    """Let a button hold; ``clicked`` tells of every switch but those by ``show_checked``."""
    button.setCheckable(True)
    button.setChecked(checked)
    _ClickMaker(button)


def show_checked(button: QAbstractButton, checked: bool) -> None:
    """Show what holds, without telling anybody."""
    with QSignalBlocker(button):
        button.setChecked(checked)
