"""The buttons that end a page or a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QWidget

from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import set_role


class ButtonRow(FlowRow):
    """What is meant to be pressed stands first, where the text begins; the other ways follow."""

    def __init__(
        self, primary: QAbstractButton, *others: QAbstractButton, parent: QWidget | None = None
    ) -> None:
        """Make the row; ``primary`` gets the look of what is meant."""
        super().__init__(parent)
        self.lead_with(primary)
        for button in others:
            self.add(button)

    def lead_with(self, primary: QAbstractButton) -> None:
        """Put a button before those that are there: it is what is meant now."""
        before = self.findChildren(QAbstractButton)
        for button in before:
            set_role(button, "")
        set_role(primary, "primary")
        self.add(primary)
        primary.lower()  # a row goes by the order of its children
        if before:
            self.setTabOrder(primary, before[0])
