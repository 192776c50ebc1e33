"""Tells what a file is, and has the right reader read it."""

from __future__ import annotations

import re
from dataclasses import replace

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.guide.text import Body, Paragraph, RichText
from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError
from yibao_desktop.extract.charset import refuse_garbled
from yibao_desktop.extract.limits import LARGEST_FILE

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BY_SUFFIX = {".wps": Refusal.WPS, ".xls": Refusal.OLD_EXCEL, ".et": Refusal.OLD_EXCEL,
              ".doc": Refusal.OLD_WORD, ".wpt": Refusal.WPS}  # fmt: skip
_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta)\b", re.I | re.S)
_HEAD = 4096
_PDF_WITHIN = 1024


def read(data: bytes, suffix: str) -> Reading:
    """The text of a file.

    Args:
        data: its bytes.
        suffix: the end of its name with the dot, in whatever case.

    Raises:
        RefusedError: it cannot be taken in.
    """
    if len(data) > LARGEST_FILE:
        raise RefusedError(Refusal.TOO_LARGE)
    if not data.strip():
        raise RefusedError(Refusal.EMPTY)
    reading = _read(data, suffix.lower())
    text = reading.plain
    if not text.strip():
        raise RefusedError(Refusal.EMPTY)
    refuse_garbled(text)
    return replace(
        reading,
        sections=_without_title(reading.sections, reading.title),
        whole=_without_title(reading.whole, reading.title),
    )


def _without_title(sections: tuple[Section, ...], title: str) -> tuple[Section, ...]:
    """The text without the line that is its title, which stands above it anyway."""
    if not sections or not title:
        return sections
    first, *rest = sections
    if first.title == title:
        return (replace(first, title=""), *rest)
    said = Paragraph(RichText.of(title))
    blocks = list(first.body.blocks)
    if not first.title and said in blocks:
        blocks.remove(said)
        kept = [replace(first, body=Body(tuple(blocks)))] if blocks else []
        return (*kept, *rest)
    return sections


def _read(data: bytes, suffix: str) -> Reading:
    """By what the file holds; only texts are told apart by their names."""
    if data.startswith(b"PK"):
        return _read_packed(data)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        from yibao_desktop.extract.pdf import read_pdf

        return read_pdf(data)
    if data.startswith(_OLD_OFFICE):
        locked = _LOCKED in data
        raise RefusedError(Refusal.PASSWORD if locked else _BY_SUFFIX.get(suffix, Refusal.OLD_WORD))
    _refuse_others(data, suffix)
    if suffix in (".html", ".htm") or _PAGE.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")):
        from yibao_desktop.extract.html import read_html

        return read_html(data)
    return _read_plain(data, suffix)


def _refuse_others(data: bytes, suffix: str) -> None:
    riff = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    if (
        riff
        or suffix in _PICTURE_SUFFIXES
        or (data.startswith(_PICTURES) and b"\0" in data[:_HEAD])
    ):
        raise RefusedError(Refusal.PICTURE)
    if data.startswith((b"{\\rtf", b"MIME-Version:")) or suffix in (".rtf", ".mht", ".ppt", ".odt"):
        raise RefusedError(Refusal.OTHER_OFFICE)
    if suffix in (".docx", ".xlsx", ".pdf", ".ofd"):
        raise RefusedError(Refusal.BROKEN)


def _read_plain(data: bytes, suffix: str) -> Reading:
    from yibao_desktop.extract import text

    match suffix:
        case ".txt" | ".text":
            return text.read_text(data)
        case ".md" | ".markdown":
            return text.read_markdown(data)
        case ".csv":
            return text.read_csv(data)
        case _:
            raise RefusedError(_BY_SUFFIX.get(suffix, Refusal.UNKNOWN))


def _read_packed(data: bytes) -> Reading:
    from yibao_desktop.extract.packed import Packed

    packed = Packed(data)
    if "word/document.xml" in packed.names:
        from yibao_desktop.extract.docx import read_docx

        return read_docx(packed)
    if "xl/workbook.xml" in packed.names:
        from yibao_desktop.extract.table import read_table

        return read_table(data, packed)
    if "ofd.xml" in packed.names:
        from yibao_desktop.extract.ofd import read_ofd

        return read_ofd(data, packed)
    presents = any(name.startswith("ppt/") or name == "mimetype" for name in packed.names)
    raise RefusedError(Refusal.OTHER_OFFICE if presents else Refusal.UNKNOWN)
