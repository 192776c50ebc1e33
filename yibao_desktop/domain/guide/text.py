"""Text as structured data: inline spans and blocks, with no HTML and no markup left to parse.

Pages are stored this way so that the window, the console and the printer each render the same
content, and nothing that a page holds can ever run or load anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

LINK_SCHEME = "yibao:"
"""Begins an address within the guide; what comes after it is an item's id."""


class SpanKind(StrEnum):
    """What a run of text is."""

    TEXT = "text"
    LABEL = "label"  # an official name, button or menu entry quoted exactly (verbatim)
    STRONG = "strong"
    LINK = "link"  # target: the id of another item of the guide
    FIGURE = "figure"  # target: the id of the fact whose value is shown


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one kind; ``target`` is an item or fact id where the kind has one."""

    kind: SpanKind
    text: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class RichText:
    """One line of text made of spans."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, text: str) -> RichText:
        """Plain text with no emphasis in it."""
        return cls((Span(SpanKind.TEXT, text),)) if text else cls()

    @property
    def plain(self) -> str:
        """The line as unformatted text, labels in corner brackets."""
        return "".join(f"「{s.text}」" if s.kind is SpanKind.LABEL else s.text for s in self.spans)

    def after(self, lead: str) -> RichText:
        """The line with a few plain words before it."""
        return RichText((Span(SpanKind.TEXT, lead), *self.spans))

    def __bool__(self) -> bool:
        return bool(self.spans)


NO_TEXT = RichText()
"""Says nothing; the default of texts that may be left out."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: RichText


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list of one-line items."""

    items: tuple[RichText, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as ``header``."""

    header: tuple[RichText, ...]
    rows: tuple[tuple[RichText, ...], ...]


Tone = Literal["caution", "note"]


@dataclass(frozen=True, slots=True)
class Callout:
    """A remark set apart from the text: something to beware of, or something good to know."""

    text: RichText
    tone: Tone = "note"


Block = Paragraph | ListBlock | Table | Callout

CALLOUT_NAMES: dict[Tone, str] = {"caution": "注意", "note": "说明"}


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page or section: a sequence of blocks."""

    blocks: tuple[Block, ...] = ()

    @property
    def plain(self) -> str:
        """The text without formatting, one line per paragraph, item or table row.

        A table is told in words, the name of its column before each cell, so that it can be read
        where there are no columns: in a result, in a terminal, aloud.
        """
        return "\n".join(line for block in self.blocks for line in _plain_lines(block))

    def __bool__(self) -> bool:
        return bool(self.blocks)


def _plain_lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield text.plain
        case ListBlock(items, ordered):
            for number, item in enumerate(items, 1):
                yield (f"{number}. " if ordered else "· ") + item.plain
        case Table():
            yield from _told(block)
        case Callout(text, tone):
            yield f"{CALLOUT_NAMES[tone]}：{text.plain}"


def _told(table: Table) -> Iterator[str]:
    subject, *columns = (cell.plain for cell in table.header)
    yield f"{subject}：{'、'.join(columns)}" if subject else "、".join(columns)
    for row in table.rows:
        first, *cells = (cell.plain for cell in row)
        if len(columns) > 1:
            cells = [f"{name} {cell}" for name, cell in zip(columns, cells, strict=True)]
        yield f"{first}：{'；'.join(cells)}"
