"""A reading as JSON between the two processes; what comes back is trusted in nothing."""

from __future__ import annotations

import json
from typing import Any

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.guide.text import (
    Block,
    Body,
    Callout,
    ListBlock,
    Paragraph,
    RichText,
    Table,
)
from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError

Json = dict[str, Any]


def to_text(reading: Reading) -> str:
    """The reading as one line of JSON."""
    document = {
        "title": reading.title,
        "pages": reading.pages,
        "tables_doubtful": reading.tables_doubtful,
        "sections": [_section(section) for section in reading.sections],
        "whole": [_section(section) for section in reading.whole],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def refusal_text(refusal: Refusal) -> str:
    """The reason why there is no reading, as one line of JSON."""
    return json.dumps({"refused": refusal})


def from_text(text: str) -> Reading:
    """The reading.

    Raises:
        RefusedError: there is none, or what came is no answer of a reader.
    """
    try:
        document = json.loads(text)
        if "refused" in document:
            raise RefusedError(Refusal(document["refused"]))
        return Reading(
            title=_string(document["title"]),
            sections=tuple(map(_to_section, document["sections"])),
            pages=int(document["pages"]),
            tables_doubtful=document["tables_doubtful"] is True,
            whole=tuple(map(_to_section, document["whole"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError(Refusal.DIED) from error


def _section(section: Section) -> Json:
    return {
        "id": section.id,
        "title": section.title,
        "level": section.level,
        "blocks": [_block(block) for block in section.body.blocks],
    }


def _block(block: Block) -> list[Any]:
    match block:
        case Paragraph(text) | Callout(text):
            return ["p", text.plain]
        case ListBlock(items):
            return ["ul", [item.plain for item in items]]
        case Table(header, rows):
            return ["table", *([cell.plain for cell in row] for row in (header, *rows))]


def _to_section(data: Json) -> Section:
    body = Body(tuple(map(_to_block, data["blocks"])))
    level = 2 if data["level"] == 2 else 3
    return Section(_string(data["id"]), _string(data["title"]), (), body, level)


def _to_block(data: list[Any]) -> Block:
    kind, *content = data
    match kind:
        case "p":
            return Paragraph(RichText.of(_string(content[0])))
        case "ul":
            return ListBlock(tuple(map(_line, content[0])))
        case "table":
            header, *rows = (tuple(map(_line, row)) for row in content)
            if any(len(row) != len(header) for row in rows):
                raise ValueError("rows of different lengths")
            return Table(header, tuple(rows))
    raise ValueError(kind)


def _line(text: object) -> RichText:
    return RichText.of(_string(text))


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value
