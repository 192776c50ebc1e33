"""Reads a PDF back as a program that copies its text does."""

from __future__ import annotations

import io
from dataclasses import dataclass

from pypdf import PageObject, PdfReader

from yibao_desktop.domain.guide.sources import NOTICE


@dataclass(frozen=True)
class ReadBack:
    """What a PDF says, code point by code point; only white space is left out.

    Attributes:
        body: the running text over all pages, without what stands at the foot of each.
        feet: the foot of each page.
        sizes: heights of text in points.
        fonts: names of the fonts, each with whether it is in the file.
        sheets: width and height of each page in points.
    """

    body: str
    feet: list[str]
    sizes: set[float]
    fonts: dict[str, bool]
    sheets: set[tuple[int, int]]


def squeeze(text: str) -> str:
    return "".join(text.split())


def read_pdf(content: bytes, notice: str = NOTICE) -> ReadBack:
    """What is on paper; the foot of a sheet begins with the notice."""
    pages = PdfReader(io.BytesIO(content)).pages
    bodies, feet, sizes, fonts, sheets = [], [], set(), {}, set()
    for page in pages:
        body, begins, foot = _text(page, sizes).rpartition(squeeze(notice))
        bodies.append(body)
        feet.append(begins + foot)
        fonts |= _fonts(page)
        sheets.add((round(page.mediabox.width), round(page.mediabox.height)))
    return ReadBack("".join(bodies), feet, sizes, fonts, sheets)


def _text(page: PageObject, sizes: set[float]) -> str:
    def note(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(size * tm[3] * cm[3]), 1))

    return squeeze(page.extract_text(visitor_text=note))


def _fonts(page: PageObject) -> dict[str, bool]:
    found = {}
    for reference in page["/Resources"]["/Font"].values():
        (inner,) = reference.get_object()["/DescendantFonts"]
        descriptor = inner.get_object()["/FontDescriptor"].get_object()
        held = any(key.startswith("/FontFile") for key in descriptor)
        found[descriptor["/FontName"].split("+")[-1].lstrip("/")] = held
    return found
