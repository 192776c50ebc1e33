"""Where one types what is to be found on the page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label


class FindBar(QFrame):
    """A box, a count and ways to step; knows nothing of the page.

    Signals:
        words_changed: what is to be found, as it is typed.
        step_requested: 1 for the next one, -1 for the one before.
        closed: nothing is to be found any more.
    """

    words_changed = Signal(str)
    step_requested = Signal(int)
    closed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._icons: list[tuple[QToolButton, str]] = []
        self._build_ui()
        self._connect_signals()
        self._on_theme_changed()
        self.hide()

    def _build_ui(self) -> None:
        self.setProperty("role", "find")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE // 2)
        self.box = QLineEdit()
        self.box.setPlaceholderText("在这一页里找")
        self.box.setAccessibleName("在这一页里找")
        self.box.setMaximumWidth(480)
        self._count = text_label("", "quiet")
        self._count.setWordWrap(False)
        self._previous = self._button("chevron-up", "上一处（Shift+F3）")
        self._next = self._button("chevron-down", "下一处（F3）")
        self._close = self._button("x", "不找了（Esc）")
        row.addWidget(self.box, 10)
        row.addSpacing(SPACE)
        row.addWidget(self._count)
        for button in (self._previous, self._next):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._close)

    def _button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setAccessibleName(name.partition("（")[0])
        button.setToolTip(name)
        self._icons.append((button, icon))
        return button

    def _connect_signals(self) -> None:
        self.box.textChanged.connect(self.words_changed)
        self._previous.clicked.connect(self._on_previous_clicked)
        self._next.clicked.connect(self._on_next_clicked)
        self._close.clicked.connect(self.close_bar)
        self._context.theme.changed.connect(self._on_theme_changed)

    @property
    def words(self) -> str:
        """What is to be found."""
        return self.box.text()

    @property
    def count_text(self) -> str:
        """What is told of the places found."""
        return self._count.text()

    def open_bar(self, words: str = "") -> None:
        """Show the bar ready for typing, with these words where there are any."""
        self.show()
        if words:
            self.box.setText(words)
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def forget(self) -> None:
        """Leave no words in the box."""
        self.close_bar()
        self.box.clear()

    def close_bar(self) -> None:
        """Hide the bar."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def show_count(self, current: int, found: int) -> None:
        """Tell which of the places found is shown, counted from 1; 0 where none is."""
        text = f"{current}/{found}" if found else "没有找到"
        text = text if self.words else ""
        self._count.setText(text)
        for button in (self._previous, self._next):
            button.setEnabled(found > 0)
        if text:
            said = f"第 {current} 处，共 {found} 处" if found else text
            announce(self, said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter steps on, with Shift back; Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step_requested.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _on_previous_clicked(self) -> None:
        self.step_requested.emit(-1)

    def _on_next_clicked(self) -> None:
        self.step_requested.emit(1)

    def _on_theme_changed(self) -> None:
        side = self._context.theme.metrics.icon
        for button, icon in self._icons:
            button.setIcon(self._context.icon(icon))
            button.setIconSize(QSize(side, side))
