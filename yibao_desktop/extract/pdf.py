"""Reads PDF files: lines as PDFium finds them, put together into paragraphs again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2

from yibao_desktop.domain.own.headings import find_title, heading_level
from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError
from yibao_desktop.extract.assemble import Assembler, clean
from yibao_desktop.extract.limits import MOST_PAGES

MANY_PAGES = 3
"""From so many pages on, text without headings is told by its pages."""

_FULL = 0.85
"""A line that fills so much of the width of its page goes on in the next."""

_CJK = "\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef"
_GAP = re.compile(f"(?<=[{_CJK}]) (?=[{_CJK}])")
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(第\s*)?\d{1,4}(\s*页)?([，,/／\s]*(共\s*)?\d{1,4}(\s*页)?)?[-—–·\s]*"
)
_POINT = re.compile(r"(\d{1,3}\s*[.．、]|[（(]\d{1,3}[）)]|[①-⑳●■◆·•])")
_ENDS = re.compile(r"[。；;！？!?：:]$")
_PASSWORD = 4


def read_pdf(data: bytes) -> Reading:
    """The text of a PDF file.

    Raises:
        RefusedError: it is broken, locked, too long, or has pictures and no text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == _PASSWORD
        raise RefusedError(Refusal.PASSWORD if locked else Refusal.BROKEN) from error
    count = len(document)
    if count > MOST_PAGES:
        raise RefusedError(Refusal.TOO_LONG)
    pages, pictures = [], False
    for number in range(count):
        lines, picture = _page(document, number)
        pages.append(lines)
        pictures |= picture
    if not any(pages):
        raise RefusedError(Refusal.SCANNED if pictures else Refusal.EMPTY)
    return pages_reading(_without_margins(pages))


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[list[str], bool]:
    """Lines of a page, and whether it has pictures; a page that is broken has neither."""
    try:
        page = document[number]
        text = page.get_textpage().get_text_range()
        lines = [_closed_up(line) for raw in text.splitlines() if (line := clean(raw))]
        picture = not lines and any(True for _ in page.get_objects([_IMAGE]))
    except pypdfium2.PdfiumError:
        return [], False
    return lines, picture


_IMAGE = 3
"""FPDF_PAGEOBJ_IMAGE"""


def pages_reading(pages: Sequence[Sequence[str]]) -> Reading:
    """Pages of lines as sections: by headings, or by pages where a long text has none."""
    lines = [line for page in pages for line in page]
    by_page = len(pages) > MANY_PAGES and not any(heading_level(line) for line in lines)
    out = Assembler()
    doubtful = False
    for number, page in enumerate(pages, 1):
        if by_page and page:
            out.heading(2, f"原件第 {number} 页")
        rows = _rows(page)
        doubtful |= any(rows)
        for paragraph in _paragraphs(page, rows):
            out.line(paragraph)
    return Reading(find_title(lines), out.sections(), len(pages), doubtful)


def _without_margins(pages: list[list[str]]) -> list[list[str]]:
    """Pages without their numbers and without what is printed above or below each."""
    edges = Counter(line for page in pages for line in {*page[:2], *page[-2:]})
    often = {line for line, count in edges.items() if count >= max(3, len(pages) * 0.6)}
    kept = []
    for page in pages:
        last = len(page) - 1
        kept.append([
            line for at, line in enumerate(page)
            if not ((at < 2 or at > last - 2) and (line in often or _PAGE_NUMBER.fullmatch(line)))
        ])  # fmt: skip
    return kept


def _closed_up(line: str) -> str:
    """A line whose characters were set apart, without the blanks between them."""
    return (
        _GAP.sub("", line) if 3 * len(_GAP.findall(line)) >= len(line) - line.count(" ") else line
    )


def _rows(page: Sequence[str]) -> list[bool]:
    """For each line whether it is a row of a table: three cells or more, like one near it."""
    cells = [len(line.split(" ")) >= 3 and not _ENDS.search(line) for line in page]
    return [
        here and any(cells[max(0, at - 2) : at] + cells[at + 1 : at + 3])
        for at, here in enumerate(cells)
    ]


def _paragraphs(page: Sequence[str], rows: Sequence[bool]) -> Iterator[str]:
    """Lines joined to paragraphs; rows of tables stay as they are."""
    widest = max((_width(line) for line in page), default=0)
    paragraph, full = "", False
    for line, row in zip(page, rows, strict=True):
        goes_on = full and paragraph and not row and not _begins(line)
        if goes_on:
            apart = " " if paragraph[-1].isascii() and line[0].isascii() else ""
            paragraph += apart + line
        else:
            if paragraph:
                yield paragraph
            paragraph = line
        full = not row and _width(line) >= _FULL * widest and not _ends(paragraph, line, widest)
        if row:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _begins(line: str) -> bool:
    return bool(_POINT.match(line)) or heading_level(line) is not None


def _ends(paragraph: str, line: str, widest: int) -> bool:
    """A title is whole once it ends like one; a sentence that ends early ends its paragraph."""
    return bool(find_title([paragraph])) or (
        bool(_ENDS.search(paragraph)) and _width(line) < 0.97 * widest
    )


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
