"""Puts what a reader finds, line by line, into sections and blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.guide.text import Block, Body, ListBlock, Paragraph, RichText, Table
from yibao_desktop.domain.own.headings import heading_level
from yibao_desktop.domain.own.reading import Refusal, RefusedError
from yibao_desktop.extract.limits import MOST_TEXT

ROWS_AT_ONCE = 200
"""A longer table is shown as several, each with the header."""

_BLANK = re.compile(r"[ \t\r\f\v\xa0\u2002-\u200b\u3000\ufeff]+")
_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\u200c-\u200f\u202a-\u202e\u2060-\u2069]")  # fmt: skip  # noqa: E501


def clean(text: str) -> str:
    """One line of text: blanks made one, and nothing in it that only steers a printer."""
    return _BLANK.sub(" ", _UNPRINTED.sub("", text)).strip()


class Assembler:
    """Collects headings, paragraphs, points and tables in the order in which they come."""

    def __init__(self) -> None:
        self._sections: list[Section] = []
        self._title, self._level = "", 2
        self._blocks: list[Block] = []
        self._points: list[RichText] = []
        self._length = 0

    def heading(self, level: int, text: str) -> None:
        """Begin a section; levels above 2 and below 3 are taken for those."""
        title = clean(text.replace("\n", " "))
        if title:
            self._finish_section()
            self._title, self._level = self._counted(title), min(max(level, 2), 3)

    def paragraph(self, text: str) -> None:
        """A paragraph; one with line breaks is several."""
        for line in text.split("\n"):
            if cleaned := clean(line):
                self._finish_points()
                self._blocks.append(Paragraph(RichText.of(self._counted(cleaned))))

    def line(self, text: str) -> None:
        """A paragraph, or a heading where it reads like one."""
        for line in text.split("\n"):
            level = heading_level(clean(line))
            if level is None:
                self.paragraph(line)
            else:
                self.heading(level, line)

    def point(self, text: str) -> None:
        """A point of a list without numbers."""
        if cleaned := clean(text.replace("\n", " ")):
            self._points.append(RichText.of(self._counted(cleaned)))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table, its first row the header; what has one column or one row is paragraphs."""
        cleaned = [[clean(cell.replace("\n", " ")) for cell in row] for row in rows]
        cleaned = [row for row in cleaned if any(row)]
        width = max((len(row) for row in cleaned), default=0)
        used = [at for at in range(width) if any(at < len(row) and row[at] for row in cleaned)]
        filled = [[row[at] if at < len(row) else "" for at in used] for row in cleaned]
        if len(filled) < 2 or len(used) < 2:
            for row in filled:
                self.paragraph(" ".join(filter(None, row)))
            return
        self._finish_points()
        header, *rest = [tuple(RichText.of(self._counted(c)) for c in row) for row in filled]
        for start in range(0, len(rest), ROWS_AT_ONCE):
            self._blocks.append(Table(header, tuple(rest[start : start + ROWS_AT_ONCE])))

    def sections(self) -> tuple[Section, ...]:
        """Everything so far."""
        self._finish_section()
        return tuple(self._sections)

    def _counted(self, text: str) -> str:
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise RefusedError(Refusal.TOO_LONG)
        return text

    def _finish_points(self) -> None:
        if self._points:
            self._blocks.append(ListBlock(tuple(self._points)))
            self._points = []

    def _finish_section(self) -> None:
        self._finish_points()
        if self._title or self._blocks:
            number = len(self._sections) + 1
            body = Body(tuple(self._blocks))
            self._sections.append(Section(f"s{number}", self._title, (), body, self._level))
        self._title, self._level, self._blocks = "", 2, []
