"""Where a document of one's own gets another name, folder and day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.errors import UserError
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.own_service import MAX_TITLE
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.add_documents_dialog import MAX_FOLDER
from yibao_desktop.ui.dialogs.form_dialog import FormDialog
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.base.field_fault import FieldFault
from yibao_desktop.ui.widgets.base.labels import text_label


class DocumentDialog(FormDialog):
    """What is known of one document; its text stays."""

    def __init__(
        self,
        document: OwnDocument,
        folders: Sequence[str],
        context: UiContext,
        parent: QWidget,
    ) -> None:
        super().__init__(context, parent)
        self._document = document
        self.setWindowTitle("改名、归类")
        self._title = self._field("名字", document.title, "", MAX_TITLE)
        self._folder = self._field(
            "归到哪一类（可以不写）", document.folder, "例如：缴费", MAX_FOLDER
        )
        if folders:
            names = {name: name for name in folders}
            row = ChoiceRow[str]("归到", names, self._folder.setText, context, self)
            self.column.add(row)
        day = "例如 2025-09-20，不知道就空着"
        self._dated = self._field("是哪一天的", _shown(document.dated), day, 10)
        self._until = self._field("有效到哪一天", _shown(document.valid_until), day, 10)
        self._title.setFocus()

    def _field(self, name: str, text: str, placeholder: str, most: int) -> QLineEdit:
        field = QLineEdit(text)
        field.setMaxLength(most)
        field.setAccessibleName(name)
        field.setPlaceholderText(placeholder)
        self.column.add(text_label(name, "strong"))
        self.add_field(field)
        return field

    def _fault_of(self, error: UserError) -> FieldFault:
        """A day that is none stands in the field whose text the error names."""
        days = ((self._dated, 2), (self._until, 3))
        wrong = (at for field, at in days if _is_no_day(field.text()))
        return self._faults[next(wrong, 0)]

    def _call(self) -> Callable[[], Changes]:
        title, folder = self._title.text(), self._folder.text()
        dated, until = self._dated.text(), self._until.text()

        def change() -> Changes:
            changed = replace(
                self._document,
                title=title,
                folder=folder,
                dated=_day(dated),
                valid_until=_day(until),
            )
            return self._context.services.own.change(changed)

        return change


def _shown(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _is_no_day(text: str) -> bool:
    try:
        _day(text)
    except UserError:
        return True
    return False


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise UserError(f"“{text}”不是日期。", "请写成 2025-09-20 这样。") from None
