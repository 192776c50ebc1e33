"""A page that scrolls: one column of bounded width, where the column stands on every page."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QMetaObject, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.focus_order import order_focus
from yibao_desktop.ui.widgets.base.grid import MARGIN, SCROLL_BAR, UNBOUNDED, column_place
from yibao_desktop.ui.widgets.base.parts import Parts
from yibao_desktop.ui.work.after_paint import after_paint


class _Content(QWidget):
    """As high as its texts need at the width they have, and not as they would when narrow."""

    def minimumSizeHint(self) -> QSize:
        """As wide as there is room for; the height follows that.

        What its layout would say costs a pass over all there is in it, and is asked for whenever
        any of that is shown.
        """
        return QSize(0, 0)


class Column(QScrollArea):
    """Holds widgets one below the other; never scrolls sideways.

    It takes the focus itself where that would be lost with what it held: keys scroll it, and Tab
    goes on to the first thing in it.

    Attributes:
        parts: fills it again and again, instead of ``add``; made anew when it is cleared.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "column")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.parts: Parts
        self._content = _Content()
        self._content.setProperty("role", "page")
        self._inner = QWidget()
        self._hidden: list[QWidget] = []
        self._width = UNBOUNDED
        self._place = QHBoxLayout(self._content)
        self._place.addWidget(self._inner)
        self.setWidget(self._content)
        self.verticalScrollBar().rangeChanged.connect(self._place_column)
        self.clear()

    @property
    def content(self) -> QWidget:
        """What holds all that has been added since it was cleared, and goes with it."""
        return self._inner

    def clear(self, width: int = UNBOUNDED) -> None:
        """Begin anew with nothing in it, not wider than so many logical pixels."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setAccessibleName("")
        self._hidden = []
        before, self._inner = self._inner, QWidget()
        self._width = width
        self._place_column()
        self._rows = self._begin(self._inner)
        self.parts = Parts(self._rows, self)
        self._place.replaceWidget(before, self._inner)
        before.hide()
        after_paint(before, before.deleteLater)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for another place."""
        super().resizeEvent(event)
        self._place_column()

    def _place_column(self) -> None:
        """The column stays where it is when the scroll bar comes or goes."""
        left, width = column_place(self.width(), self._width)
        bar = SCROLL_BAR if self.verticalScrollBar().maximum() else 0
        frame = self.frameWidth()
        margins = QMargins(
            left - frame, MARGIN, max(0, self.width() - left - width - bar - frame), MARGIN
        )
        if margins != self._place.contentsMargins():
            self._place.setContentsMargins(margins)

    def begin_part(self) -> None:
        """What is added from here on appears as a whole, below what is there."""
        part = QWidget()
        outer, self._rows = self._rows, self._begin(part)
        outer.insertWidget(outer.count() - 1, part)

    def _begin(self, holder: QWidget) -> QVBoxLayout:
        """Rows in a widget that is shown at the end of this event.

        What is added to a widget one can see is shown, and everything laid out, one by one.
        """
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * SPACE)
        rows.addStretch(1)
        holder.hide()
        self._hidden.append(holder)
        QMetaObject.invokeMethod(self, "reveal", Qt.ConnectionType.QueuedConnection)
        return rows

    @Slot()
    def reveal(self) -> None:
        """Show what has been added; done by itself at the end of the event it was added in.

        From then on Tab goes through it, and what stands around the column, as one sees it.
        """
        for holder in self._hidden:
            holder.show()
        if self._hidden:
            order_focus(self.parentWidget() or self)
        self._hidden = []

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others, as wide as the column; the first text is its name."""
        if isinstance(widget, QLabel) and not self.accessibleName():
            self.setAccessibleName(widget.text())
        self._rows.insertWidget(self._rows.count() - 1, widget)

    def add_button(self, button: QAbstractButton) -> None:
        """Put a button below the others, as wide as its text."""
        self._rows.insertWidget(self._rows.count() - 1, button, 0, Qt.AlignmentFlag.AlignLeft)

    def replace(self, old: QWidget, new: QWidget) -> None:
        """Put a widget in the place of another, which is dropped."""
        holder = old.parentWidget()
        layout = holder.layout() if holder is not None else None
        assert layout is not None
        layout.replaceWidget(old, new)
        self.drop(old)

    def drop(self, widget: QWidget) -> None:
        """Take a widget out."""
        widget.hide()
        widget.deleteLater()

    def show_whole(self, widget: QWidget) -> None:
        """Scroll as little as brings the whole of a widget in it into view."""
        self.reveal()
        self._content.adjustSize()
        self.ensureWidgetVisible(widget, 0, 2 * SPACE)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab brings the whole of what it comes to into view; of a field Qt shows its cursor."""
        moved = super().focusNextPrevChild(forward)
        focused = QApplication.focusWidget()
        if moved and focused is not None and self._content.isAncestorOf(focused):
            top = focused.mapTo(self._content, QPoint(0, 0))
            self.ensureVisible(top.x(), top.y() + focused.height(), 0, SPACE)
            self.ensureVisible(top.x(), top.y(), 0, SPACE)
        return moved

    def scroll_to(self, widget: QWidget) -> None:
        """Bring the top of a widget in it to the top of the view."""
        self.reveal()
        self._content.adjustSize()
        top = widget.mapTo(self._content, QPoint(0, 0)).y()
        self.verticalScrollBar().setValue(max(0, top - 2 * SPACE))

    def scroll_back(self, value: int) -> None:
        """Scroll to where the bar stood before the column was filled anew."""
        self.reveal()
        self._content.adjustSize()
        self.verticalScrollBar().setValue(value)

    def height_for(self, width: int) -> int:
        """Height of all that is in it where it is so many pixels wide."""
        self.reveal()
        layout = self._inner.layout()
        assert layout is not None
        _, column = column_place(width, self._width)
        return layout.totalHeightForWidth(column) + 2 * MARGIN + 2 * self.frameWidth()
