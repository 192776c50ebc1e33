"""What is wrong with what stands in a field, said below it until it is right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from yibao_desktop.errors import UserError
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.widgets.base.labels import TextLabel


class FieldFault(TextLabel):
    """Stands below its field and is hidden while all is well."""

    def __init__(self, field: QLineEdit | QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._field = field
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "fault")
        self.hide()
        field.textChanged.connect(self.clear_fault)

    def tell(self, error: UserError) -> None:
        """Say what is wrong and lead to the field."""
        text = f"{error}{error.hint}"
        self.setText(text)
        self.show()
        self._field.setAccessibleDescription(text)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self._field, text)

    def clear_fault(self) -> None:
        """The field says something else now."""
        if not self.isHidden():
            self.hide()
            self._field.setAccessibleDescription("")
