"""What a search can find, derived from the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yibao_desktop.domain.guide.items import Answer, Article, Kind, ShortPage, Term, part_id
from yibao_desktop.domain.guide.pages import Page
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.wording.plain_text import (
    overview_text,
    section_text,
    short_text,
    step_text,
)


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage before it has a number."""

    item_id: str
    kind: Kind
    title: str
    heading: str
    names: tuple[str, ...]
    body: str
    sources: tuple[str, ...]


def passages(page: Page) -> Iterator[PassageDraft]:
    """The page itself and each of its parts."""
    match page:
        case Article():
            yield from _article(page)
        case Procedure():
            yield from _procedure(page)
        case Answer():
            yield _single(page, Kind.ANSWER)
        case Term():
            yield _single(page, Kind.TERM)


def _article(article: Article) -> Iterator[PassageDraft]:
    yield PassageDraft(
        article.id,
        Kind.ARTICLE,
        article.title,
        "",
        article.aliases + article.asked_as,
        article.summary.plain,
        article.sources,
    )
    for section in article.sections:
        yield PassageDraft(
            part_id(article.id, section.id),
            Kind.SECTION,
            article.title,
            section.title,
            section.asked_as,
            section_text(section),
            section.sources,
        )


def _procedure(procedure: Procedure) -> Iterator[PassageDraft]:
    yield PassageDraft(
        procedure.id,
        Kind.PROCEDURE,
        procedure.title,
        "",
        procedure.aliases + procedure.situations + procedure.asked_as,
        overview_text(procedure),
        procedure.sources,
    )
    for planned in make_plan(procedure, {}).steps:
        step = planned.step
        yield PassageDraft(
            part_id(procedure.id, step.id),
            Kind.STEP,
            procedure.title,
            step.title,
            step.asked_as,
            step_text(planned),
            step.sources,
        )


def _single(page: ShortPage, kind: Kind) -> PassageDraft:
    return PassageDraft(
        page.id,
        kind,
        page.title,
        "",
        page.aliases + page.asked_as,
        short_text(page),
        page.sources,
    )
