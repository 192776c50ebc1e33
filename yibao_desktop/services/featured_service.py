"""The answer that is shown in full above the other results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.doubts import doubts_about
from yibao_desktop.domain.guide.items import Answer, Article, Kind, ShortPage, page_id, part_id
from yibao_desktop.domain.guide.text import Body, Paragraph, RichText
from yibao_desktop.search.results import Match

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.doubts import Doubt
    from yibao_desktop.domain.guide.items import Passage
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
    if results.match is not Match.DIRECT or not results.hits:
        return None
    hit = results.hits[0]
    passage = hit.passage
    body = _in_full(guide, passage)
    if not body or len(body.plain) > SHORT_ENOUGH:
        return None
    item = passage.item_id
    doubts = doubts_about(guide.doubts(item), item, page_id(item))
    return FeaturedAnswer(hit, body, guide.cited(passage.sources), doubts)


def _in_full(guide: GuideService, passage: Passage) -> Body:
    """The passage as it stands on its page; procedures, which take long to read, in plain lines."""
    match passage.kind:
        case Kind.ARTICLE | Kind.PROCEDURE:
            return _plain(passage.answer)
        case Kind.STEP:
            return _plain(passage.body)
    page = guide.text(passage.item_id)
    if isinstance(page, Article):
        return next(s.body for s in page.sections if part_id(page.id, s.id) == passage.item_id)
    if isinstance(page, ShortPage):
        answer = (Paragraph(page.answer),) if isinstance(page, Answer) else ()
        return Body((*answer, *page.text.blocks))
    return _plain(passage.body)


def _plain(text: str) -> Body:
    return Body(tuple(Paragraph(RichText.of(line)) for line in text.splitlines()))
