"""One field of a form: its name, what is typed, and what is wrong with that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from yibao_desktop.domain.packs.part_form import FormField
from yibao_desktop.ui.widgets.base.labels import text_label

_LINES = 3
"""So many lines of a long field are seen at once."""


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
        self, field: FormField, text: str, about: str = "", parent: QWidget | None = None
    ) -> None:
        """Make the field.

        Args:
            field: what it is.
            text: what stands in it at first.
            about: what it belongs to, for those who hear its name alone.
            parent: as Qt has it.
        """
        super().__init__(parent)
        self.field = field
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(text_label(field.label, "strong"))
        self.editor = self._editor(text)
        self.editor.setAccessibleName(f"{about}：{field.label}" if about else field.label)
        rows.addWidget(self.editor)
        self._fault = text_label("", "fault")
        self._fault.hide()
        rows.addWidget(self._fault)
        self.setFocusProxy(self.editor)

    def _editor(self, text: str) -> QLineEdit | QPlainTextEdit | QComboBox:
        if self.field.choices:
            return self._choices(text)
        if self.field.long:
            area = QPlainTextEdit(text)
            area.setPlaceholderText(self.field.hint)
            area.setTabChangesFocus(True)
            area.setFixedHeight(area.fontMetrics().lineSpacing() * _LINES + 24)
            area.textChanged.connect(self._on_area_changed)
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
        for value, name in self.field.choices:
            box.addItem(name, value)
        box.setCurrentIndex(max(0, box.findData(text)))
        box.currentIndexChanged.connect(self._on_choice_changed)
        return box

    @property
    def text(self) -> str:
        """What stands in it."""
        match self.editor:
            case QComboBox():
                return str(self.editor.currentData())
            case QPlainTextEdit():
                return self.editor.toPlainText()
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

    def _on_area_changed(self) -> None:
        self._tell(self.text)

    def _on_choice_changed(self) -> None:
        self._tell(self.text)
