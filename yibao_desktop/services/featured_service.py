"""The answer that is shown in full above the other results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.doubts import about
from yibao_desktop.domain.guide.items import Answer, Article, ShortPage, part_id
from yibao_desktop.domain.guide.text import Body, Paragraph, RichText
from yibao_desktop.search.results import Match

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.doubts import Doubt
    from yibao_desktop.domain.guide.items import Passage
    from yibao_desktop.domain.pages import Page
    from yibao_desktop.search.results import Hit, Results
    from yibao_desktop.services.guide_service import GuideService, SourceView

SHORT_ENOUGH = 320
"""Characters of an answer that can be taken in at a glance, above all the other results."""


@dataclass(frozen=True, slots=True)
class FeaturedAnswer:
    """What answers a question, in full.

    Attributes:
        hit: the result it stands for.
        sources: the passages it rests on.
        doubts: what is doubtful about it.
    """

    hit: Hit
    body: Body
    sources: tuple[SourceView, ...]
    doubts: tuple[Doubt, ...]


def featured_answer(guide: GuideService, results: Results) -> FeaturedAnswer | None:
    """The best result in full, where it answers the question and is short enough to be read there.

    Of a page with parts of its own the answer alone is shown. None where the results are only near:
    what does not answer a question must not look as if it did.
    """
    if results.match is not Match.DIRECT:
        return None
    hit = results.hits[0]
    passage = hit.passage
    view = guide.page(passage.item_id)
    if view.page is None:
        return None
    body = _in_full(view.page, passage)
    if not body or len(body.plain) > SHORT_ENOUGH:
        return None
    sources = tuple(source for source in view.sources if source.key in passage.sources)
    doubts = about(view.doubts, passage.item_id, view.item.id)
    return FeaturedAnswer(hit, body, sources, doubts)


def _in_full(page: Page, passage: Passage) -> Body:
    if isinstance(page, Article):
        for section in page.sections:
            if part_id(page.id, section.id) == passage.item_id:
                return section.body
    if isinstance(page, ShortPage):
        answer = (Paragraph(page.answer),) if isinstance(page, Answer) and page.answer else ()
        return Body((*answer, *page.text.blocks))
    if passage.item_id == page.id:
        return Body((Paragraph(page.answer),))
    return Body(tuple(Paragraph(RichText.of(line)) for line in passage.body.splitlines()))
