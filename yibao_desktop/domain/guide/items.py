"""What the guide consists of besides procedures: topics, articles, answers and terms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.kinds import KIND_NAMES, Kind, page_id
from yibao_desktop.domain.guide.origin import THE_GUIDE, Origin
from yibao_desktop.domain.guide.text import Body, RichText

__all__ = ["KIND_NAMES", "Kind", "page_id"]

CUT_OFF = "这一条在原文里没有写完，这里也就只到这里。"
"""Said of an answer whose passage breaks off in the source."""

PAGE_ORDER = {Kind.PROCEDURE: 0, Kind.ARTICLE: 1, Kind.ANSWER: 2, Kind.TERM: 3}
"""Order of the pages of one topic: what one can do, what one can read, short answers."""


def part_id(page_id: str, part: str) -> str:
    """Id of a section of an article or a step of a procedure."""
    return f"{page_id}/{part}"


@dataclass(frozen=True, slots=True)
class Topic:
    """A node of the topic tree."""

    id: str
    title: str
    summary: str = ""
    children: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an article under one heading; ``id`` is unique within the article.

    Attributes:
        level: depth of the heading, 2 for a main section, 3 below it.
    """

    id: str
    title: str
    sources: tuple[str, ...]
    body: Body
    level: int = 2


@dataclass(frozen=True, slots=True)
class Article:
    """A page of continuous text.

    Attributes:
        topic: id of the topic it hangs under.
        answer: one sentence that answers what one comes with.
        sources: its main source keys, at most three; sections carry their own.
        aliases: other names people use for the subject.
        former_ids: ids of pages it has taken the place of; bookmarks with them lead to it.
        order: position among the pages of the same kind in its topic, smaller first.
    """

    id: str
    title: str
    topic: str
    answer: RichText
    sources: tuple[str, ...]
    sections: tuple[Section, ...]
    aliases: tuple[str, ...] = ()
    region: str | None = None
    as_of: int | None = None
    facts: tuple[Fact, ...] = ()
    related: tuple[str, ...] = ()
    order: int = 100
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortPage:
    """A page with one text and no sections.

    Attributes:
        former_ids: ids of pages it has taken the place of; bookmarks with them lead to it.
    """

    id: str
    title: str
    topic: str
    text: Body
    sources: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    region: str | None = None
    as_of: int | None = None
    facts: tuple[Fact, ...] = ()
    related: tuple[str, ...] = ()
    order: int = 100
    former_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(ShortPage):
    """A short answer; the title is the question.

    Attributes:
        answer: one sentence that answers it; the text says the rest.
        cut_off: whether the passage it is drawn from breaks off in the source.
    """

    answer: RichText
    cut_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(ShortPage):
    """A glossary entry: the official term as title, what it means, how people call it.

    Attributes:
        linked_as: further words that lead to it where a page first uses one.
    """

    linked_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrequentQuestion:
    """What people ask most, in their words; ``item`` is the id of the page that answers it."""

    question: str
    item: str


@dataclass(frozen=True, slots=True)
class Region:
    """A place content can be tied to.

    Attributes:
        code: GB/T 2260 division code, six digits.
        short_names: what people call the place, and the province it lies in.
    """

    code: str
    name: str
    short_names: tuple[str, ...]


def one_place(first: str, second: str) -> bool:
    """Whether two region codes name the same place, or one of them lies in the other."""
    shorter, longer = sorted((re.sub("(00)+$", "", code) for code in (first, second)), key=len)
    return longer.startswith(shorter)


@dataclass(frozen=True, slots=True)
class Item:
    """Anything that has an id, as it is listed and shown.

    Attributes:
        parent: id of the topic above, or of the page a section or step stands on.
        region: region code; None where the sources name no place.
        as_of: year; None where the sources name none.
        text: the whole of it as plain text.
        sounds: syllables of the letters of the title, as ``suggestions.letters`` gives them;
            empty where it is not suggested.
        answer: the sentence that answers what a page is asked for; empty where it has none.
        origin: whose word it is.
        picture: by which it is told from others of its kind; None where it has none.
    """

    id: str
    kind: Kind
    title: str
    parent: str | None
    region: str | None
    as_of: int | None
    text: str
    sounds: tuple[str, ...] = ()
    answer: str = ""
    origin: Origin = THE_GUIDE
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The narrowest thing a search finds.

    Attributes:
        number: position in the index, from 1.
        title: of the page.
        heading: of the section or step; empty where the page itself is meant.
        path: titles of the topics above, as one text.
        names: what it is called besides its title.
        asked: questions people typically ask when it is the answer.
        sources: every source key it rests on, its main ones first.
        region: place it is told for; None where the sources name none.
        as_of: year it is told for; None where the sources name none.
        answer: the sentence that answers what its page is asked for; empty for sections and steps.
        origin: whose word it is.
    """

    number: int
    item_id: str
    kind: Kind
    title: str
    heading: str
    path: str
    names: tuple[str, ...]
    asked: tuple[str, ...]
    body: str
    sources: tuple[str, ...]
    region: Region | None
    as_of: int | None = None
    answer: str = ""
    origin: Origin = THE_GUIDE
