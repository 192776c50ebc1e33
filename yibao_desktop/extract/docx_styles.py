"""What styles and numbering of a .docx say about a paragraph: its heading level and its number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yibao_desktop.extract.packed import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "·"

_INHERITED = 10
"""Styles based on one another are followed so far."""

_CHINESE = ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting",
            "taiwaneseCountingThousand", "chineseLegalSimplified")  # fmt: skip
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_HEADING = re.compile(r"(heading|标题) ?(\d)")
_PLACE = re.compile(r"%(\d)")


def value(element: Element | None, *path: str) -> str | None:
    """The attribute ``val`` of what lies at a path of names below an element."""
    found = element.find("/".join(W + name for name in path)) if element is not None else None
    return None if found is None else found.get(f"{W}val")


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,6}", text) else otherwise


def level_of(outline: str | None) -> int | None:
    """Heading level an outline level stands for; None where it is text."""
    level = _number(outline, 9)
    return level + 1 if 0 <= level < 9 else None


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    outline: str | None
    number: str | None
    depth: str | None


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {
            style.get(f"{W}styleId"): _Style(
                (value(style, "name") or "").lower(),
                value(style, "basedOn"),
                value(style, "pPr", "outlineLvl"),
                value(style, "pPr", "numPr", "numId"),
                value(style, "pPr", "numPr", "ilvl"),
            )
            for style in (root.findall(f"{W}style") if root is not None else ())
        }

    def _line(self, style_id: str | None) -> list[_Style]:
        """A style and those it is based on."""
        line: list[_Style] = []
        while style_id in self._styles and len(line) < _INHERITED:
            line.append(self._styles[style_id])
            style_id = line[-1].based_on
        return line

    def heading(self, style_id: str | None) -> int | None:
        """Its heading level, 0 for the title; None where it is no heading."""
        for style in self._line(style_id):
            if match := _HEADING.fullmatch(style.name):
                return int(match[2])
            if style.name in ("title", "标题"):
                return 0
            if (level := level_of(style.outline)) is not None:
                return level
        return None

    def numbering(self, style_id: str | None) -> tuple[str, str | None] | None:
        """Id and level of the numbering a style brings along."""
        line = self._line(style_id)
        return next(((s.number, s.depth) for s in line if s.number is not None), None)


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of a document as they come; lists resume where they left."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str | None, dict[int, _Level]] = {}
        self._of: dict[str | None, str | None] = {}
        self._counts: dict[str | None, dict[int, int]] = {}
        for abstract in root.findall(f"{W}abstractNum") if root is not None else ():
            self._levels[abstract.get(f"{W}abstractNumId")] = {
                _number(level.get(f"{W}ilvl")): _Level(
                    value(level, "numFmt") or "decimal",
                    value(level, "lvlText") or "",
                    _number(value(level, "start"), 1),
                )
                for level in abstract.findall(f"{W}lvl")
            }
        for number in root.findall(f"{W}num") if root is not None else ():
            self._of[number.get(f"{W}numId")] = value(number, "abstractNumId")

    def label(self, number_id: str, depth: str | None) -> str:
        """What stands before the next paragraph of a list; empty where nothing does."""
        abstract, at = self._of.get(number_id), _number(depth)
        levels = self._levels.get(abstract, {})
        if at not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        if levels[at].format == "bullet":
            return BULLET
        return _PLACE.sub(
            lambda place: self._place(int(place[1]) - 1, levels, counts), levels[at].text
        )

    @staticmethod
    def _place(at: int, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        level = levels.get(at, _Level("decimal", "", 1))
        return numeral(level.format, counts.get(at, level.start))


def numeral(kind: str, number: int) -> str:
    """A number as a format of Word's writes it."""
    if kind in _CHINESE:
        return _chinese(number)
    if kind == "decimalZero":
        return f"{number:02d}"
    if kind.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x245F + number)
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if kind == "lowerRoman" else roman.upper()
    return "" if kind == "none" else str(number)


def _chinese(number: int) -> str:
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    said = ""
    for worth, sign in _ROMAN:
        count, number = divmod(number, worth)
        said += sign * count
    return said
