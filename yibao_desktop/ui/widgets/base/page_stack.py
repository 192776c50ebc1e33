"""The pages of the window, of which one is shown; in a very small window it scrolls as a whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Asks for no more room than the page shown needs, whatever the others would need."""

    def minimumSizeHint(self) -> QSize:
        """Any width, and the height the page needs in it."""
        page = self.currentWidget()
        layout = page.layout() if page is not None else None
        if layout is None:
            return QSize(0, 0)
        if layout.hasHeightForWidth():
            return QSize(0, layout.minimumHeightForWidth(self.width()))
        return QSize(0, layout.totalMinimumSize().height())

    def scrolling(self, parent: QWidget | None = None) -> QScrollArea:
        """The stack in a view that scrolls where the page does not fit."""
        view = QScrollArea(parent)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setWidgetResizable(True)
        view.setMinimumHeight(1)
        view.setWidget(self)
        self.currentChanged.connect(self.updateGeometry)
        return view
