"""The text within a PDF: letters beyond U+FFFF, of which Qt writes shapes but no code points.

A PDF says of each shape of a font which letter it is. Qt looks only among the first 65,536 code
points for that, so that rare characters of names cannot be searched for or copied. It numbers
shapes in the order in which they are first painted; what has a shape and no letter is therefore,
in that order, what was painted from beyond. The correction is appended, as the format provides for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

LAST_NEAR = 0xFFFF
"""The last code point Qt knows of."""

_A_BLOCK = 100
"""So many letters may stand in one block of a map."""

_MAP_OF_FONT = rb"/BaseFont /(?:[A-Z]+\+)?%s\n(?:(?!endobj).)*?/ToUnicode (\d+) 0 R"
_RANGE = re.compile(rb"^<([0-9A-F]{4})> <([0-9A-F]{4})> [<\[]", re.MULTILINE)
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)


class _Map(NamedTuple):
    """The object that says which letters the shapes of a font are, and its text."""

    number: int
    text: bytes


def far_letters(text: str) -> list[str]:
    """The letters of a text that Qt writes no code points of, each once, in order."""
    return list(dict.fromkeys(letter for letter in text if ord(letter) > LAST_NEAR))


def with_far_letters(pdf: bytes, font: str, letters: Sequence[str]) -> bytes:
    """A PDF as Qt wrote it, with the code points of letters painted in a font.

    Args:
        pdf: the file.
        font: name of the font.
        letters: those painted from beyond U+FFFF that the font has, in the order in which they
            were first painted.
    """
    found = _map_of(pdf, font.encode()) if letters else None
    if found is None:
        return pdf
    shapes = _nameless(found.text, len(letters))
    if len(shapes) != len(letters):
        return pdf  # shapes without letters for another reason: no guess is better than a wrong one
    lines = [
        b"<%04X> <%s>\n" % (shape, letter.encode("utf-16-be").hex().upper().encode())
        for shape, letter in zip(shapes, letters, strict=True)
    ]
    blocks = [lines[first : first + _A_BLOCK] for first in range(0, len(lines), _A_BLOCK)]
    added = b"".join(
        b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks
    )
    return _amended(pdf, found.number, found.text.replace(b"endcmap", added + b"endcmap"))


def _map_of(pdf: bytes, font: bytes) -> _Map | None:
    named = re.search(_MAP_OF_FONT % re.escape(font), pdf, re.DOTALL)
    if named is None:
        return None
    number = int(named[1])
    begun = re.search(rb"(?:^|\n)%d 0 obj\n<<[^>]*>>\s*stream\n" % number, pdf)
    if begun is None:
        return None
    return _Map(number, pdf[begun.end() : pdf.index(b"endstream", begun.end())])


def _nameless(text: bytes, count: int) -> list[int]:
    """Shapes without a letter; those behind the last that has one are as many as are still due."""
    known: set[int] = set()
    for first, last_of_range in _RANGE.findall(text):
        known.update(range(int(first, 16), int(last_of_range, 16) + 1))
    last = max(known, default=0)
    gaps = [shape for shape in range(1, last + 1) if shape not in known]
    return [*gaps, *range(last + 1, last + 1 + count - len(gaps))]


def _amended(pdf: bytes, number: int, text: bytes) -> bytes:
    """The file with another stream for an object, appended as an update."""
    trailer = _TRAILER.search(pdf)
    assert trailer is not None, "a file that Qt has just written"
    stream = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        len(text),
        text,
    )
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(pdf))
    end = b"trailer\n<<%s/Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        trailer[1],
        trailer[2],
        len(pdf) + len(stream),
    )
    return pdf + stream + table + end
