"""Reads web pages that were saved: the text, its tables, and what surrounds it apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.own.headings import find_title
from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError
from yibao_desktop.extract.assemble import Assembler, clean
from yibao_desktop.extract.charset import decode
from yibao_desktop.extract.html_tags import (
    BREAKS,
    HEADINGS,
    IMPLIED,
    KEPT,
    SKIPPED,
    VOID,
    WITHIN_LINES,
)
from yibao_desktop.extract.limits import DEEPEST, LARGEST_HTML, MOST_COLUMNS, MOST_ROWS

MAIN_SHARE = 0.75
"""The smallest part of a page that has so much of its prose is what it is about."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEAD = re.compile(r"<head\b.*?</head\s*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_PROSE = re.compile("[，。；]")
_PATH = 60


@dataclass(slots=True)
class _Piece:
    """A paragraph, heading, point or table; ``path`` are the numbers of the elements it lies in."""

    path: tuple[int, ...]
    kind: str
    text: str
    linked: float = 0.0
    rows: list[list[str]] | None = None

    @property
    def weight(self) -> float:
        """How much prose it is; links weigh nothing."""
        return len(self.text) * (1 - self.linked) * (4 if _PROSE.search(self.text) else 1)


@dataclass(slots=True)
class _Cell:
    across: int
    down: int
    pieces: list[_Piece] = field(default_factory=list)


@dataclass(slots=True)
class _OpenTable:
    """A table being read; ``layout`` where it only places other things on the page."""

    rows: list[list[_Cell]] = field(default_factory=list)
    layout: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    """An element not ended yet; ``unseen`` where it or one it lies in is not shown."""

    tag: str
    number: int
    unseen: bool


class _Parser(HTMLParser):
    """Finds the visible pieces of a page.

    Raises:
        RefusedError: elements lie within one another deeper than in any page people write.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[_Piece] = []
        self._stack: list[_Open] = []
        self._count = 0
        self._text: list[str] = []
        self._linked = 0
        self._kind = "p"
        self._links = 0
        self._tables: list[_OpenTable] = []

    @property
    def _unseen(self) -> bool:
        return bool(self._stack) and self._stack[-1].unseen

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            if tag in BREAKS:
                self.flush()
            return
        if tag not in KEPT:
            return
        self._end_implied(tag)
        if len(self._stack) >= DEEPEST:
            raise RefusedError(Refusal.BROKEN)
        attributes = dict(attrs)
        hidden = "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
        unseen = self._unseen or tag in SKIPPED or hidden
        if not unseen and tag not in WITHIN_LINES:
            self.flush()
        self._count += 1
        self._stack.append(_Open(tag, self._count, unseen))
        if not unseen:
            self._open(tag, attributes)

    def _end_implied(self, tag: str) -> None:
        """Many end tags may be left out, and are: pages would nest ever deeper without this."""
        ended, bounds = IMPLIED.get(tag, (frozenset(), frozenset()))
        outermost = None
        for at in reversed(range(len(self._stack))):
            if self._stack[at].tag in bounds:
                break
            if self._stack[at].tag in ended:
                outermost = at
        if outermost is not None:
            self._close(outermost)

    def _open(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "a":
            self._links += 1
        elif tag in HEADINGS or tag == "li":
            self._kind = tag
        elif tag == "table":
            if self._tables:
                self._tables[-1].layout = True
            self._tables.append(_OpenTable())
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables:
            rows = self._tables[-1].rows
            if not rows:
                rows.append([])
            across, down = (_span(attributes.get(name)) for name in ("colspan", "rowspan"))
            rows[-1].append(_Cell(across, down))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag not in KEPT:
            return
        for at in reversed(range(len(self._stack))):
            if self._stack[at].tag == tag:
                self._close(at)
                return

    def _close(self, at: int) -> None:
        """End an element and whatever is still open in it."""
        seen = [one.tag for one in self._stack[at:] if not one.unseen]
        if not WITHIN_LINES.issuperset(seen):
            self.flush()
        del self._stack[at:]
        self._links = max(0, self._links - seen.count("a"))
        if any(tag in HEADINGS or tag == "li" for tag in seen):
            self._kind = "p"
        for _ in range(seen.count("table")):
            self._close_table()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._text.append(data)
            if self._links:
                self._linked += len(clean(data))

    def flush(self) -> None:
        """End the paragraph that is being read."""
        text = clean("".join(self._text))
        if text:
            path = self._path()
            self._place(_Piece(path, self._kind, text, min(1.0, self._linked / len(text))))
        self._text, self._linked = [], 0

    def _path(self) -> tuple[int, ...]:
        return tuple(one.number for one in self._stack[-_PATH:])

    def finish(self) -> None:
        """End whatever was left open."""
        self.flush()
        while self._tables:
            self._close_table()

    def _place(self, piece: _Piece) -> None:
        for table in reversed(self._tables):
            if table.rows and table.rows[-1]:
                table.rows[-1][-1].pieces.append(piece)
                return
        self.pieces.append(piece)

    def _close_table(self) -> None:
        if not self._tables:
            return
        table = self._tables.pop()
        if len(table.rows) > MOST_ROWS:
            raise RefusedError(Refusal.TOO_LONG)
        widest = max((sum(c.across for c in row) for row in table.rows), default=0)
        inner = [p for row in table.rows for cell in row for p in cell.pieces]
        if table.layout or len(table.rows) < 2 or widest < 2 or any(p.rows for p in inner):
            for piece in inner:
                self._place(piece)
            return
        rows = _grid(table.rows)
        path = self._path()
        text = " ".join(cell for row in rows for cell in row if cell)
        linked = sum(p.linked * len(p.text) for p in inner) / max(
            1, sum(len(p.text) for p in inner)
        )
        self._place(_Piece(path, "table", text, linked, rows))


def _span(text: str | None) -> int:
    return min(int(text), MOST_COLUMNS) if text and text.isdecimal() and int(text) > 0 else 1


def _grid(rows: Sequence[Sequence[_Cell]]) -> list[list[str]]:
    """Cells in their columns; one over several rows says its text in each."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells, line, next_row = iter(row), list[str](), dict[int, tuple[int, str]]()
        cell = next(cells, None)
        while len(line) < MOST_COLUMNS and (cell is not None or len(line) in hanging):
            at = len(line)
            if at in hanging:
                left, text = hanging[at]
                line.append(text)
                if left > 1:
                    next_row[at] = left - 1, text
            elif cell is not None:
                said = [" ".join(p.text for p in cell.pieces), *[""] * (cell.across - 1)]
                line += said
                if cell.down > 1:
                    next_row |= {at + n: (cell.down - 1, text) for n, text in enumerate(said)}
                cell = next(cells, None)
        grid.append(line[:MOST_COLUMNS])
        hanging = next_row
    return grid


def read_html(data: bytes) -> Reading:
    """The text of a web page.

    Raises:
        RefusedError: it is too large or nested too deep, or no text.
    """
    if len(data) > LARGEST_HTML:
        raise RefusedError(Refusal.TOO_LARGE)
    text = decode(data, declares=True)
    parser = _Parser()
    parser.feed(_HEAD.sub(" ", text, count=1))
    parser.close()
    parser.finish()
    main = _main(parser.pieces)
    sections, everything = _sections(main), _sections(parser.pieces)
    whole = everything if len(main) < len(parser.pieces) else ()
    return Reading(_title(text, parser.pieces, main), sections, whole=whole)


def _title(text: str, pieces: Iterable[_Piece], main: Iterable[_Piece]) -> str:
    first = next((p.text for p in pieces if p.kind == "h1"), "")
    named = _TITLE.search(text)
    return (
        first
        or find_title(p.text for p in main)
        or clean(re.split("[_|-]", unescape(named[1]))[0] if named else "")
    )


def _main(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces in the innermost element that has most of the prose."""
    scores: defaultdict[int, float] = defaultdict(float)
    for piece in pieces:
        for number in piece.path:
            scores[number] += piece.weight
    enough = MAIN_SHARE * sum(piece.weight for piece in pieces)
    best: tuple[int, int] | None = None
    for piece in pieces:
        for depth, number in enumerate(piece.path):
            if scores[number] >= enough and (best is None or depth > best[0]):
                best = depth, number
    return pieces if best is None else [piece for piece in pieces if best[1] in piece.path]


def _sections(pieces: Iterable[_Piece]) -> tuple[Section, ...]:
    out = Assembler()
    for piece in pieces:
        if piece.rows is not None:
            out.table(piece.rows)
        elif piece.kind in HEADINGS:
            out.heading(HEADINGS[piece.kind], piece.text)
        elif piece.kind == "li":
            out.point(piece.text)
        else:
            out.line(piece.text)
    return out.sections()
