"""Pages as documents to take along."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import partial

from yibao_desktop.domain.guide.doubts import Doubt, doubts_about
from yibao_desktop.domain.guide.items import (
    CUT_OFF,
    KIND_NAMES,
    Answer,
    Article,
    ShortPage,
    part_id,
)
from yibao_desktop.domain.guide.text import Callout, Paragraph, RichText
from yibao_desktop.domain.own.document import own_lines
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.domain.wording.handout import Detail, Handout, Lead, Part
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.services.handout_parts import (
    Citations,
    doubt_blocks,
    doubt_parts,
    with_sources,
)
from yibao_desktop.services.plan_handout import plan_document


def page_document(view: PageView, today: datetime.date) -> Handout:
    """A page as it is read; a procedure with every way of doing it."""
    if isinstance(view.page, Procedure):
        return plan_document(judged_plan(view.page, {}), view, today)
    return with_sources(partial(_page_handout, view, view.page, today), view)


def _page_handout(
    view: PageView, page: Article | ShortPage, today: datetime.date, cite: Citations
) -> Handout:
    lead: list[Detail] = [Paragraph(RichText.of(_about(view, page)))]
    for caution in view.cautions(today):
        lead.append(Callout(RichText.of(caution), "caution"))
    if isinstance(page, Article | Answer) and page.answer:
        lead.append(Lead(page.answer))
    parts = [*_sections(page, view.doubts, cite)] if isinstance(page, Article) else []
    if not isinstance(page, Article):
        lead += page.text.blocks
    if isinstance(page, Answer) and page.cut_off:
        lead.append(Paragraph(RichText.of(CUT_OFF)))
    parts += doubt_parts(doubts_about(view.doubts, page.id), cite)
    cite.numbers(source.key for source in view.sources)
    return Handout(
        title=view.item.title,
        lead=tuple(lead),
        parts=tuple(parts),
        sources=cite.documents,
        date=today,
        origin=view.item.origin,
    )


def _about(view: PageView, page: Article | ShortPage) -> str:
    origin = view.item.origin
    said = [KIND_NAMES[view.item.kind] if origin.is_guide else origin.name]
    if view.region:
        said.append(f"说的是{view.region.name}")
    if view.own:
        said += own_lines(view.own)
    elif page.as_of:
        said.append(f"{page.as_of} 年的说法")
    return "　·　".join(said)


def _sections(article: Article, doubts: Iterable[Doubt], cite: Citations) -> Iterator[Part]:
    doubts = tuple(doubts)
    for section in article.sections:
        own = doubts_about(doubts, part_id(article.id, section.id))
        blocks = [*section.body.blocks, *(b for d in own for b in doubt_blocks(d, cite))]
        yield Part(section.title, tuple(blocks), section.level, cite.numbers(section.sources))
