"""The pages of the window, of which one is shown; in a very small window it scrolls as a whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Asks for no more room than the page shown needs, whatever the others would need.

    Where the page left had the focus, the one that comes has it: as a whole, so that keys scroll
    it, and none of its buttons is pressed by a key meant for the page before.
    """

    def setCurrentWidget(self, page: QWidget) -> None:
        """Put a page in front."""
        left, focused = self.currentWidget(), QApplication.focusWidget()
        had_focus = focused in (self, left) or bool(left and focused and left.isAncestorOf(focused))
        if had_focus and page is not left:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # Qt would choose the next button
        super().setCurrentWidget(page)
        if had_focus and page is not left:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Any width, and the height the page needs in it."""
        return QSize(0, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """Least height of the page shown in a width.

        A stack's own answer is what the highest of all its pages would like: what scrolls it would
        make room for that, and the page shown, which scrolls by itself, would do so twice.
        """
        page = self.currentWidget()
        layout = page.layout() if page is not None else None
        if layout is None:
            return 0
        if layout.hasHeightForWidth():
            return layout.minimumHeightForWidth(width)
        return layout.totalMinimumSize().height()

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
