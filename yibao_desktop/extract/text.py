"""Reads plain text, Markdown and CSV."""

from __future__ import annotations

import csv
import io
import re

from yibao_desktop.domain.own.headings import find_title
from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError
from yibao_desktop.extract.assemble import Assembler
from yibao_desktop.extract.charset import decode
from yibao_desktop.extract.limits import MOST_COLUMNS, MOST_ROWS

_NULS = 2
"""More than so many and it is no text, whatever its name says."""

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_POINT = re.compile(r"\s*[-*+]\s+(.+)$")
_MARKUP = re.compile(r"(\*\*|__|`)(.+?)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_RULE = re.compile(r"\s*([-*_]\s*){3,}$")
_TABLE_ROW = re.compile(r"\s*\|(.+)\|\s*$")
_TABLE_RULE = re.compile(r"[\s|:-]+$")
_SNIFFED = 8192


def _text(data: bytes) -> str:
    text = decode(data)
    if text.count("\0") > _NULS:
        raise RefusedError(Refusal.UNKNOWN)
    return text


def read_text(data: bytes) -> Reading:
    """Plain text; a line is a paragraph, or a heading where it reads like one."""
    out = Assembler()
    lines = _text(data).splitlines()
    for line in lines:
        out.line(line)
    return Reading(find_title(filter(None, map(str.strip, lines))), out.sections())


def read_markdown(data: bytes) -> Reading:
    """Markdown as far as notes use it: headings, points, tables; the rest is paragraphs."""
    out = Assembler()
    title, rows = "", list[list[str]]()
    for line in [*_text(data).splitlines(), ""]:
        row = _TABLE_ROW.match(line)
        if row:
            if not _TABLE_RULE.match(row[1]):
                rows.append([_plain(cell) for cell in row[1].split("|")])
            continue
        if rows:
            out.table(rows)
            rows = []
        if heading := _HEADING.match(line):
            if len(heading[1]) == 1 and not title:
                title = _plain(heading[2])
            else:
                out.heading(len(heading[1]), _plain(heading[2]))
        elif not _RULE.match(line):
            point = _POINT.match(line)
            (out.point if point else out.line)(_plain(point[1] if point else line))
    return Reading(title, out.sections())


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\2", _LINK.sub(r"\1", text)).strip().lstrip(">").strip()


def read_csv(data: bytes) -> Reading:
    """A table with commas, semicolons or tabs between its cells.

    Raises:
        RefusedError: it is too long, or no such table.
    """
    text = _text(data)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:_SNIFFED], ",;\t，")
    except csv.Error:
        dialect = csv.excel
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), dialect):
            rows.append(row[:MOST_COLUMNS])
            if len(rows) > MOST_ROWS:
                raise RefusedError(Refusal.TOO_LONG)
    except csv.Error as error:
        raise RefusedError(Refusal.BROKEN) from error
    out = Assembler()
    out.table(rows)
    return Reading("", out.sections())
