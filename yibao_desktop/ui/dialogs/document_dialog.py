"""Where a document of one's own gets another name, folder, place and days."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.domain.own.typed import day_typed, place_name, place_typed
from yibao_desktop.errors import UserError
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.own_service import MAX_TITLE
from yibao_desktop.services.own_shelf import Known
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.add_documents_dialog import MAX_FOLDER
from yibao_desktop.ui.dialogs.form_dialog import FormDialog
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.base.field_fault import FieldFault
from yibao_desktop.ui.widgets.base.labels import text_label

MAX_PLACE = 20


class DocumentDialog(FormDialog):
    """What is known of one document; its text stays."""

    def __init__(
        self, document: OwnDocument, known: Known, context: UiContext, parent: QWidget
    ) -> None:
        super().__init__(context, parent)
        self._document = document
        self._known = known
        self._readers: list[tuple[QLineEdit, Callable[[str], Any], FieldFault]] = []
        self.setWindowTitle("改名、归类")
        self._title = self._field("名字", document.title, "", MAX_TITLE)
        self._folder = self._field(
            "归到哪一类（可以不写）", document.folder, "例如：缴费", MAX_FOLDER
        )
        if known.folders:
            names = {name: name for name in known.folders}
            row = ChoiceRow[str]("归到", names, self._folder.setText, context, self)
            self.column.add(row)
        place = "例如：江苏、南京；哪里都一样就空着"
        self._region = self._field(
            "说的是哪里（可以不写）", self._shown_region, place, MAX_PLACE, self._code
        )
        day = "例如 2025-09-20，不知道就空着"
        self._dated = self._field("是哪一天的", _shown(document.dated), day, 10, _day)
        self._until = self._field("有效到哪一天", _shown(document.valid_until), day, 10, _day)
        self._title.setFocus()

    def _field(
        self,
        name: str,
        text: str,
        placeholder: str,
        most: int,
        reads: Callable[[str], Any] | None = None,
    ) -> QLineEdit:
        field = QLineEdit(text)
        field.setMaxLength(most)
        field.setAccessibleName(name)
        field.setPlaceholderText(placeholder)
        self.column.add(text_label(name, "strong"))
        self.add_field(field)
        if reads is not None:
            self._readers.append((field, reads, self._faults[-1]))
        return field

    @property
    def _shown_region(self) -> str:
        code = self._document.region or ""
        return next((place_name(r) for r in self._known.regions if r.code == code), code)

    def _code(self, text: str) -> str | None:
        """The code of the place typed; one this edition of the guide does not know stays."""
        if not text.strip():
            return None
        if text == self._document.region:
            return text
        return place_typed(text, self._known.regions).code

    def _fault_of(self, error: UserError) -> FieldFault:
        """Below the field that says the same is wrong with it; else it is the name."""
        for field, reads, fault in self._readers:
            try:
                reads(field.text())
            except UserError:
                return fault
        return self._faults[0]

    def _call(self) -> Callable[[], Changes]:
        title, folder = self._title.text(), self._folder.text()
        region, dated, until = self._region.text(), self._dated.text(), self._until.text()

        def change() -> Changes:
            changed = replace(
                self._document,
                title=title,
                folder=folder,
                region=self._code(region),
                dated=_day(dated),
                valid_until=_day(until),
            )
            return self._context.services.own.change(changed)

        return change


def _shown(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> datetime.date | None:
    return day_typed(text) if text.strip() else None
