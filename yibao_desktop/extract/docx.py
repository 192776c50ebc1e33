"""Reads .docx: what its reader would see on paper, with the numbers Word counts by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yibao_desktop.domain.own.headings import find_title
from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError
from yibao_desktop.extract.assemble import Assembler
from yibao_desktop.extract.docx_styles import BULLET, Numbering, Styles, W, level_of, value
from yibao_desktop.extract.packed import Element, Packed, parse_xml

DOCUMENT = "word/document.xml"

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_UNSEEN = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "instrText", "delText")}
_AROUND = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")}
_OFF = ("0", "false", "off")


def read_docx(packed: Packed) -> Reading:
    """The text of a .docx.

    Raises:
        RefusedError: it is broken, or would take up too much room.
    """
    data = packed.read(DOCUMENT)
    body = parse_xml(data.replace(_STRICT, _USUAL)).find(f"{W}body") if data else None
    if body is None:
        raise RefusedError(Refusal.BROKEN)
    reader = _Reader(
        Styles(_part(packed, "word/styles.xml")), Numbering(_part(packed, "word/numbering.xml"))
    )
    reader.blocks(body)
    return Reading(reader.title or find_title(reader.lines), reader.out.sections())


def _part(packed: Packed, name: str) -> Element | None:
    data = packed.read(name)
    return None if data is None else parse_xml(data.replace(_STRICT, _USUAL))


class _Reader:
    """Walks a document from top to bottom."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.out = Assembler()
        self.title = ""
        self.lines: list[str] = []

    def blocks(self, parent: Element) -> None:
        """Paragraphs and tables, also those within content controls and insertions."""
        for element in parent:
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self.out.table(list(self._rows(element)))
            elif element.tag in _AROUND:
                self.blocks(element)

    def _paragraph(self, paragraph: Element) -> None:
        level, label, text = self._said(paragraph)
        if not text:
            return
        self.lines.append(text)
        if level == 0 and not self.title:
            self.title = text
            self.out.paragraph(text)
        elif level:
            self.out.heading(level + 1, label + text)
        elif label == BULLET:
            self.out.point(text)
        elif label:
            self.out.line(label + text)
        else:
            self.out.line(text)

    def _said(self, paragraph: Element) -> tuple[int | None, str, str]:
        """Heading level, the number Word sets before it, and the text of a paragraph."""
        text = "".join(_runs(paragraph)).strip()
        style = value(paragraph, "pPr", "pStyle")
        level = self._styles.heading(style)
        if level is None:
            level = level_of(value(paragraph, "pPr", "outlineLvl"))
        number = value(paragraph, "pPr", "numPr", "numId")
        depth = value(paragraph, "pPr", "numPr", "ilvl")
        if number is None and (inherited := self._styles.numbering(style)):
            number, depth = inherited
        counted = number not in (None, "0") and text
        return level, self._numbering.label(number or "", depth) if counted else "", text

    def _rows(self, table: Element) -> Iterator[list[str]]:
        """Rows with a cell for every column; a cell over several rows says its text in each."""
        above: list[str] = []
        for row in _within(table, f"{W}tr"):
            cells = [""] * _count(value(row, "trPr", "gridBefore"), 0)
            for cell in _within(row, f"{W}tc"):
                text = self._cell(cell)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merge is not None and merge.get(f"{W}val") != "restart"
                if goes_on and len(cells) < len(above):
                    text = above[len(cells)]
                cells += [text] + [""] * (_count(value(cell, "tcPr", "gridSpan"), 1) - 1)
            above = cells
            yield cells

    def _cell(self, cell: Element) -> str:
        said = []
        for paragraph in _paragraphs(cell):
            _, label, text = self._said(paragraph)
            if text:
                said.append(label + text)
        return "\n".join(said)


def _paragraphs(parent: Element) -> Iterator[Element]:
    """Paragraphs of a cell, those of tables within it, too; text boxes belong to theirs."""
    for element in parent:
        if element.tag == f"{W}p":
            yield element
        elif element.tag in _AROUND or element.tag in (f"{W}tbl", f"{W}tr", f"{W}tc"):
            yield from _paragraphs(element)


def _count(text: str | None, otherwise: int) -> int:
    """A number of columns, within reason."""
    return min(int(text), 60) if text is not None and text.isdecimal() else otherwise


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Rows or cells, also those that content controls are put around."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _AROUND:
            yield from _within(element, tag)


def _runs(parent: Iterable[Element]) -> Iterator[str]:
    """Visible text of a paragraph: what was inserted, not deleted or hidden; text boxes once."""
    for element in parent:
        tag = element.tag
        if tag in _UNSEEN:
            continue
        if tag == f"{W}r":
            hidden = element.find(f"{W}rPr/{W}vanish")
            if hidden is None or hidden.get(f"{W}val") in _OFF:
                yield from _runs(element)
        elif tag == f"{W}t":
            yield element.text or ""
        elif tag == f"{W}tab":
            yield "\t"
        elif tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag.endswith("}AlternateContent"):
            # The same twice, for newer and older programs.
            chosen = next((e for e in element if e.tag.endswith("}Choice")), element)
            yield from _runs(chosen)
        elif tag == f"{W}txbxContent":
            for paragraph in element.iter(f"{W}p"):
                yield "\n"
                yield from _runs(paragraph)
            yield "\n"
        else:
            yield from _runs(element)
