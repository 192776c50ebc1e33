"""What a search can find, derived from the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yibao_desktop.domain.guide.items import Article, Kind, Section, ShortPage, part_id
from yibao_desktop.domain.pages import Page, kind_of
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import Procedure, Step
from yibao_desktop.domain.procedure.plan import open_step
from yibao_desktop.domain.wording.plain_text import (
    overview_text,
    section_text,
    short_text,
    step_text,
)


@dataclass(frozen=True, slots=True)
class Searched:
    """A page or a part of one that can be found, and what it is called."""

    item_id: str
    kind: Kind
    part: Section | Step | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage before it has a number; ``names`` and ``asked`` as in ``Passage``."""

    item_id: str
    kind: Kind
    title: str
    heading: str
    names: tuple[str, ...]
    asked: tuple[str, ...]
    body: str
    sources: tuple[str, ...]


def searched(page: Page) -> Iterator[Searched]:
    """The page itself and each of its parts."""
    situations = page.situations if isinstance(page, Procedure) else ()
    yield Searched(page.id, kind_of(page), None, page.aliases + situations)
    kind, parts = _parts(page)
    for part in parts:
        yield Searched(part_id(page.id, part.id), kind, part, ())


def _parts(page: Page) -> tuple[Kind, Sequence[Section | Step]]:
    match page:
        case Article():
            return Kind.SECTION, page.sections
        case Procedure():
            return Kind.STEP, [placed.step for placed in placed_steps(page.flow)]
        case _:
            return kind_of(page), ()


def passages(page: Page, asked: Mapping[str, tuple[str, ...]]) -> Iterator[PassageDraft]:
    """What can be found of a page; ``asked`` are the typical questions of each passage."""
    for found in searched(page):
        yield PassageDraft(
            item_id=found.item_id,
            kind=found.kind,
            title=page.title,
            heading=found.part.title if found.part else "",
            names=found.names,
            asked=asked.get(found.item_id, ()),
            body=_body(page, found.part),
            sources=found.part.sources if found.part else page.sources,
        )


def _body(page: Page, part: Section | Step | None) -> str:
    match page, part:
        case _, Section():
            return section_text(part)
        case Procedure(), Step():
            return step_text(open_step(page, part))
        case Procedure(), _:
            return overview_text(page)
        case Article(), _:
            return page.answer.plain
        case ShortPage(), _:
            return short_text(page)
    raise AssertionError(part)
