"""One field of a form: its name, what is typed or chosen, and what is wrong with that."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from yibao_desktop.domain.packs.form_fields import Choices, FormField
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.widgets.authoring.tick_list import TickList
from yibao_desktop.ui.widgets.base.labels import text_label

_LINES = 3
"""So many lines of a long field are seen at once."""
_GONE = "（原来选的没有了，请重选）"

Editor = QLineEdit | QPlainTextEdit | QComboBox | TickList


class _Choices(QComboBox):
    """Does not change while the page is scrolled over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class FormRow(QWidget):
    """Tells every change of its text.

    Signals:
        typed: key of the field, and its text as it is now.
    """

    typed = Signal(str, str)

    def __init__(
        self,
        field: FormField,
        text: str,
        context: UiContext,
        about: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make the field.

        Args:
            field: what it is.
            text: what stands in it at first.
            context: as all of the window.
            about: what it belongs to, for those who hear its name alone.
            parent: as Qt has it.
        """
        super().__init__(parent)
        self.field = field
        self._context = context
        self._name = f"{about}：{field.label}" if about else field.label
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(text_label(field.label, "strong"))
        self.editor = self._editor(text)
        self.editor.setAccessibleName(self._name)
        rows.addWidget(self.editor)
        self._fault = text_label("", "fault")
        self._fault.hide()
        rows.addWidget(self._fault)
        self.setFocusProxy(self.editor)

    def _editor(self, text: str) -> Editor:
        if self.field.many:
            ticks = TickList(self._name, self._context)
            ticks.show_choices(self.field.choices, text)
            ticks.changed.connect(self._tell)
            return ticks
        if self.field.choices:
            return self._choices(text)
        if self.field.long:
            area = QPlainTextEdit(text)
            area.setPlaceholderText(self.field.hint)
            area.setTabChangesFocus(True)
            area.setFixedHeight(area.fontMetrics().lineSpacing() * _LINES + 24)
            area.textChanged.connect(self._on_changed)
            return area
        line = QLineEdit(text)
        line.setPlaceholderText(self.field.hint)
        line.setCursorPosition(0)
        line.textChanged.connect(self._tell)
        return line

    def _choices(self, text: str) -> QComboBox:
        box = _Choices()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        _offer(box, self.field.choices, text)
        box.currentIndexChanged.connect(self._on_changed)
        return box

    def follow(self, field: FormField) -> None:
        """Offer other choices: they are named by what was typed elsewhere."""
        if field.choices == self.field.choices:
            return
        self.field = field
        if isinstance(self.editor, QComboBox):
            with QSignalBlocker(self.editor):
                _offer(self.editor, field.choices, self.text)
        elif isinstance(self.editor, TickList):
            self.editor.show_choices(field.choices, self.text)

    @property
    def text(self) -> str:
        """What stands in it."""
        match self.editor:
            case QComboBox():
                return str(self.editor.currentData())
            case QPlainTextEdit():
                return self.editor.toPlainText()
            case TickList():
                return self.editor.chosen
            case _:
                return self.editor.text()

    def set_text(self, text: str) -> None:
        """Have another text in it, as if it were typed."""
        if isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText(text)
        elif isinstance(self.editor, QLineEdit):
            self.editor.setText(text)

    def show_fault(self, message: str) -> None:
        """Say what is wrong with it; nothing where all is well."""
        self._fault.setText(message)
        self._fault.setVisible(bool(message))
        self.editor.setAccessibleDescription(message)

    def _tell(self, text: str) -> None:
        self.typed.emit(self.field.key, text)

    def _on_changed(self) -> None:
        self._tell(self.text)


def _offer(box: QComboBox, choices: Choices, chosen: str) -> None:
    """Fill a box; what is chosen stays, even where there is no such thing any more."""
    box.clear()
    for value, name in choices:
        box.addItem(name, value)
    if box.findData(chosen) < 0:
        if chosen:
            box.addItem(_GONE, chosen)
        else:
            chosen = choices[0][0]
    box.setCurrentIndex(box.findData(chosen))
