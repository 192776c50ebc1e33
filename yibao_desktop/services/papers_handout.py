"""What all cases under way need and how far they are, as one sheet to take along."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from yibao_desktop.domain.guide.text import ListBlock, Paragraph, RichText
from yibao_desktop.domain.wording.handout import Detail, Handout, Part, Tick
from yibao_desktop.domain.wording.plain_text import paper_text
from yibao_desktop.services.case_board import Board
from yibao_desktop.services.case_views import CaseView, SharedMaterial
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.services.handout_parts import Citations, paragraphs, with_sources

TITLE = "要带的材料"


def papers_document(board: Board, views: Sequence[PageView], today: datetime.date) -> Handout:
    """The papers of all open cases in one list, and what is next in each.

    Args:
        board: every case.
        views: the pages of the procedures of the open ones, for their sources.
        today: when it is made.
    """

    def made(cite: Citations) -> Handout:
        parts = [
            Part("有了就打勾", tuple(_ticks(board.materials, cite)), columns=2),
            Part("办到哪里", tuple(_states(board.open))),
        ]
        return Handout(
            title=TITLE,
            lead=paragraphs([f"正在办的 {len(board.open)} 件事，要带的都在这里。"]),
            parts=tuple(part for part in parts if part.blocks),
            sources=cite.documents,
            date=today,
            is_checklist=True,
        )

    return with_sources(made, *views)


def _ticks(materials: Iterable[SharedMaterial], cite: Citations) -> Iterator[Tick]:
    for shared in materials:
        (first, *others) = shared.needed
        material = first.material.material
        cases = ListBlock(tuple(RichText.of(needed.text) for needed in shared.needed))
        single: tuple[Detail, ...] = (Paragraph(RichText.of(first.view.heading)),)
        yield Tick(
            RichText.of(shared.text if others else paper_text(first.material)),
            done=all(needed.is_at_hand for needed in shared.needed),
            details=(cases,) if others else single,
            sources=cite.numbers(k for n in shared.needed for k in n.material.material.sources),
            picture=material.picture,
        )


def _states(cases: Iterable[CaseView]) -> Iterator[Tick]:
    for view in cases:
        yield Tick(RichText.of(f"{view.heading}：{view.stage}"), view.all_done, _next(view))


def _next(view: CaseView) -> tuple[Detail, ...]:
    return paragraphs([view.next_text, *view.lasting_times])
