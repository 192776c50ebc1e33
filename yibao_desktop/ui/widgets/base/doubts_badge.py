"""The line at the top of a page that says how much of it is doubtful, and leads to that."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.guide.doubts import doubts_badge
from yibao_desktop.ui.widgets.base.callout import CalloutBox


class DoubtsBadge(QPushButton):
    """Looks as the reader's line does; as long as nothing is doubtful it is not to be seen."""

    def __init__(self, count: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "badge")
        self.setText(doubts_badge(count))
        if not count:
            self.hide()

    def tell(self, count: int) -> None:
        """Say that so many places are doubtful, once it is on its page."""
        self.setText(doubts_badge(count))
        self.setVisible(count > 0)


def first_doubts(page: QWidget) -> CalloutBox | None:
    """The uppermost box on a page that tells what is doubtful; None where none is to be seen."""
    boxes = (b for b in page.findChildren(CalloutBox) if b.property("role") == "doubt")
    shown = [box for box in boxes if box.isVisibleTo(page)]
    return min(shown, key=lambda box: box.mapTo(page, QPoint(0, 0)).y(), default=None)
