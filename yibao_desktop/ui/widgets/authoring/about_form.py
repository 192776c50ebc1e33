"""What a pack rests on, where it holds and who makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from yibao_desktop.domain.packs.draft import Draft
from yibao_desktop.domain.packs.form_fields import FormField
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.authoring.form_row import FormRow
from yibao_desktop.ui.widgets.base.date_field import DateField
from yibao_desktop.ui.widgets.base.labels import text_label

_SOURCE = (
    FormField("source_title", "原文叫什么", hint="例如：春水市补卡须知"),
    FormField("source_text", "把有关的句子贴在这里", hint="一字不改地贴官方的原文", long=True),
)
_PLACE = (
    FormField("place", "给哪个地方用", hint="例如：春水市"),
    FormField("region", "区划代码，六位数字", hint="当地身份证号码开头的六位"),
    FormField("publisher", "谁编的", hint="单位的全名"),
    FormField("contact", "有疑问打哪个电话", hint="可以不填"),
)


class AboutForm(QWidget):
    """Fills the fields of a draft that are not about one part.

    Signals:
        changed: the ``Draft`` as it is now.
    """

    changed = Signal(object)

    def __init__(
        self,
        draft: Draft,
        places: Mapping[str, str],
        documents: Mapping[str, str],
        context: UiContext,
        parent: QWidget | None = None,
    ) -> None:
        """Make the form.

        Args:
            draft: what stands in it.
            places: codes of places by their names.
            documents: texts of the user's own documents by their titles.
            context: as all of the window; no notice can be of a day after its clock's.
            parent: as Qt has it.
        """
        super().__init__(parent)
        self._draft = draft
        self._places = places
        self._documents = documents
        self._context = context
        self._rows: dict[str, FormRow] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * SPACE)
        rows.addWidget(text_label("一　先贴官方原文", "h2"))
        source = self._card(_SOURCE)
        if documents:
            titles = tuple((title, f"《{title}》") for title in documents)
            choices = (("", "不用，自己贴"), *titles)
            chosen = FormRow(
                FormField("document", "从加过的本地资料里取", choices=choices), "", context
            )
            chosen.typed.connect(self._on_document_chosen)
            source.insertWidget(0, chosen)
        self._figures = text_label("", "quiet")
        source.addWidget(self._figures)
        source.addWidget(text_label("哪一天发布的（不知道就空着）", "strong"))
        self._day = DateField("发布的", context.services.clock.today())
        self._day.set_day(draft.source_day)
        self._day.changed.connect(self._on_day_changed)
        source.addWidget(self._day)
        rows.addWidget(text_label("二　给哪里用、谁编的", "h2"))
        self._card(_PLACE)
        self._show_figures()

    def _card(self, fields: tuple[FormField, ...]) -> QVBoxLayout:
        card = QFrame()
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        rows.setSpacing(SPACE)
        for field in fields:
            row = FormRow(field, getattr(self._draft, field.key), self._context)
            row.typed.connect(self._on_typed)
            self._rows[field.key] = row
            rows.addWidget(row)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(card)
        return rows

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong, by the name of the field."""
        for key, row in self._rows.items():
            row.show_fault(faults.get(key, ""))

    def follow(self, draft: Draft) -> None:
        """Take over what was changed elsewhere in the draft."""
        self._draft = draft

    def _on_typed(self, key: str, text: str) -> None:
        value = text.strip() if key == "region" else text
        fields: dict[str, str] = {key: value}
        self._change(replace(self._draft, **fields))  # type: ignore[arg-type]
        if key == "place" and text.strip() in self._places and not self._rows["region"].text:
            self._rows["region"].set_text(self._places[text.strip()])

    def _on_document_chosen(self, _key: str, title: str) -> None:
        """The whole text is taken: its figures are what counts."""
        if title:
            self._rows["source_title"].set_text(title)
            self._rows["source_text"].set_text(self._documents[title])

    def _on_day_changed(self) -> None:
        self._change(replace(self._draft, source_day=self._day.day))

    def _change(self, draft: Draft) -> None:
        self._draft = draft
        self._show_figures()
        self.changed.emit(draft)

    def _show_figures(self) -> None:
        found = "、".join(self._draft.figures)
        told = f"里面的数字，下面可以用：{found}" if found else "贴了以后，里面的数字会列在这里。"
        self._figures.setText(told)
