"""A dialog in which something is filled in, and kept or not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.errors import DataError, UserError, YibaoError
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.button_row import ButtonRow
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.base.field_fault import FieldFault
from yibao_desktop.ui.widgets.base.grid import InColumn
from yibao_desktop.ui.widgets.base.message_bar import MessageBar

WIDTH_IN_CHARACTERS = 32
HEIGHT_TO_WINDOW = 0.85
"""Largest share of the window's height."""


class FormDialog(QDialog):
    """Fields go into ``column``; ``accepted`` is told when they are to be kept.

    Where what was filled in goes to disk, ``_call`` says how; then the dialog closes once it is
    there, and stays with all that was written where it cannot be.

    Signals:
        stored: ``Changes``, once everything is on disk.
    """

    stored = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._parent = parent
        self._storing = False
        self._shown_texts: list[str] = []
        self._faults: list[FieldFault] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 2 * SPACE)
        self.column = Column()
        self._message = MessageBar(context, self)
        rows.addWidget(self._message)
        rows.addWidget(self.column)
        self.keep = QPushButton("存好")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.accept)
        self._cancel = QPushButton("取消")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.drop)
        rows.addWidget(InColumn(ButtonRow(self.keep, self._cancel)))

    def _call(self) -> Callable[[], Changes] | None:
        """What puts the fields on disk; None where somebody else sees to that."""
        return None

    def accept(self) -> None:
        """Close, after what was filled in has been stored."""
        call = self._call()
        if call is None:
            super().accept()
            return
        self._set_storing(True)
        self._context.tasks.run(
            call, self._on_stored, self, self._on_crashed, on_refused=self._on_refused
        )

    def add_field(self, field: QLineEdit | QPlainTextEdit) -> None:
        """Put a field into the column, with room below it for what may be wrong with it."""
        self.column.add(field)
        fault = FieldFault(field)
        self._faults.append(fault)
        self.column.add(fault)

    def _fault_of(self, _error: UserError) -> FieldFault:
        """Below which field an error is told: that with what has to be there."""
        return self._faults[0]

    def reject(self) -> None:
        """Esc and the window's close button keep what is written, as leaving a field does."""
        if self._texts() == self._shown_texts or not self.keep.isEnabled():
            self.drop()
        else:
            self.accept()

    def _texts(self) -> list[str]:
        lines = [field.text() for field in self.column.findChildren(QLineEdit)]
        return lines + [field.toPlainText() for field in self.column.findChildren(QPlainTextEdit)]

    def drop(self) -> None:
        """Close without keeping anything; not while it is being stored, which may still succeed."""
        if self._storing:
            self._tell(Message("正在存，请稍等。"))
            return
        super().reject()

    def _set_storing(self, storing: bool) -> None:
        self._storing = storing
        self.keep.setEnabled(not storing)
        self._cancel.setEnabled(not storing)

    def _on_stored(self, changes: Changes) -> None:
        super().accept()
        self.stored.emit(changes)

    def _on_refused(self, error: YibaoError) -> None:
        self._set_storing(False)
        if isinstance(error, DataError):
            kept = "您写的还在这里，过一会儿可以再点“存好”。"
            self._tell(Message(f"{error}{kept}{error.hint}", warning=True))
        elif isinstance(error, UserError) and self._faults:
            self._fault_of(error).tell(error)
            self._fit()
        else:
            self._tell(Message.of(error))

    def _on_crashed(self) -> None:
        """A bug, which has been reported; what was written stays."""
        self._set_storing(False)

    def _tell(self, message: Message) -> None:
        self._message.show_message(message)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size the fields need, as far as the window allows it."""
        super().showEvent(event)
        self._shown_texts = self._texts()
        self._fit()

    def _fit(self) -> None:
        body = self._context.theme.metrics.body
        width = min(body * WIDTH_IN_CHARACTERS, self._parent.width() - 4 * SPACE)
        needed = self.column.height_for(width) + self.keep.sizeHint().height() + 5 * SPACE
        if not self._message.isHidden():
            needed += self._message.heightForWidth(width)
        self.resize(width, min(needed, round(self._parent.height() * HEIGHT_TO_WINDOW)))
