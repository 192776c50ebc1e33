"""One file that is to be added: its verdict, and what the user decides about it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.own.proposals import Proposals
from yibao_desktop.services.own_looks import Look, Verdict
from yibao_desktop.services.own_service import MAX_TITLE, Choice
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.base.labels import breakable, text_label
from yibao_desktop.ui.widgets.base.switch import Switch

if TYPE_CHECKING:
    from yibao_desktop.services.own_parcel import Kept


class Wish(StrEnum):
    """What to do with a file."""

    ADD = "add"
    UPDATE = "update"
    LEAVE = "leave"


class DocumentCard(QFrame):
    """Nothing a paper says of itself holds until it is ticked.

    Signals:
        decided: whether it is to be added may be another than before.
        open_requested: id of the document that is there already.
    """

    decided = Signal()
    open_requested = Signal(str)

    def __init__(self, look: Look, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._context = context
        self._wish = Wish.ADD if look.verdict is Verdict.READY else Wish.LEAVE
        self._ticked: dict[str, bool] = {}
        self._whole = False
        self.setProperty("role", "card")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        self._rows.setSpacing(SPACE)
        self._rows.addWidget(text_label(breakable(look.name), "strong"))
        pages = look.reading.pages if look.reading else 0
        self._rows.addWidget(text_label(f"{f'{pages} 页。' if pages else ''}{look.said}"))
        if look.reading is not None:
            self._add_choices()
        elif look.twin is not None:
            self._add_opening(look.twin.id)

    def _add_choices(self) -> None:
        look = self._look
        self._title = QLineEdit(look.title)
        self._title.setMaxLength(MAX_TITLE)
        self._title.setAccessibleName(f"名字：{look.name}")
        self._title.setCursorPosition(0)
        self._rows.addWidget(self._title)
        if look.similar is not None:
            self._add_wishes()
        if look.given.kept is None:
            self._add_proposals(look.proposals)
        else:
            self._add_known(look.given.kept)
        if look.reading is not None and look.reading.whole:
            names = {False: "只留正文", True: "整页都留"}
            parts = ChoiceRow[bool]("留下多少", names, self._on_part_chosen, self._context, self)
            parts.show_chosen(False)
            self._rows.addWidget(parts)

    def _add_wishes(self) -> None:
        names = {Wish.UPDATE: "更新这一份", Wish.ADD: "另存一份", Wish.LEAVE: "不加"}
        row = ChoiceRow[Wish]("怎么办", names, self._on_wish_chosen, self._context, self)
        row.show_chosen(self._wish)
        self._wishes = row
        self._rows.addWidget(row)

    def _add_proposals(self, proposals: Proposals) -> None:
        dated, until, region = proposals.dated, proposals.valid_until, proposals.region
        if dated:
            self._add_proposal("dated", f"日期：{dated.value}", dated.sentence)
        if until:
            self._add_proposal("until", f"有效到：{until.value}", until.sentence)
        if region:
            self._add_proposal("region", f"说的是：{region.value.name}", region.sentence)

    def _add_proposal(self, key: str, said: str, sentence: str) -> None:
        switch = Switch(said, f"原文：{sentence}", self._context, self)
        self._ticked[key] = False
        switch.asked.connect(partial(self._on_proposal_asked, key, switch))
        self._rows.addWidget(switch)

    def _add_known(self, kept: Kept) -> None:
        """What was confirmed where it was taken along holds here, too."""
        known = (("归在", kept.folder), ("日期", kept.dated), ("有效到", kept.valid_until))
        said = "　".join(f"{name}：{value}" for name, value in known if value)
        if said:
            self._rows.addWidget(text_label(said, "quiet"))

    def _add_opening(self, document_id: str) -> None:
        button = QPushButton("打开已经有的")
        button.setAccessibleName(f"打开已经有的：{self._look.title}")
        button.clicked.connect(partial(self._on_open_clicked, document_id))
        self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_open_clicked(self, document_id: str, _checked: bool = False) -> None:
        self.open_requested.emit(document_id)

    def _on_proposal_asked(self, key: str, switch: Switch, on: bool) -> None:
        self._ticked[key] = on
        switch.show_on(on)

    def _on_part_chosen(self, whole: bool) -> None:
        self._whole = whole

    def _on_wish_chosen(self, wish: Wish) -> None:
        self._wish = wish
        self._wishes.show_chosen(wish)
        self.decided.emit()

    @property
    def is_wanted(self) -> bool:
        """Whether it is to be added."""
        return self._look.reading is not None and self._wish is not Wish.LEAVE

    def choice(self, folder: str) -> Choice:
        """The file as it is to be added; only where it is wanted."""
        look, proposals = self._look, self._look.proposals
        similar = look.similar if self._wish is Wish.UPDATE else None
        if look.given.kept is not None:
            known = Choice.of(look)
            return replace(
                known,
                title=self._title.text(),
                folder=known.folder or folder,
                replaces=similar.id if similar else "",
            )
        dated = proposals.dated if self._ticked.get("dated") else None
        until = proposals.valid_until if self._ticked.get("until") else None
        region = proposals.region if self._ticked.get("region") else None
        return Choice(
            look=look,
            title=self._title.text(),
            folder=folder,
            region=region.value.code if region else None,
            dated=dated.value if dated else None,
            valid_until=until.value if until else None,
            replaces=similar.id if similar else "",
            whole=self._whole,
        )
