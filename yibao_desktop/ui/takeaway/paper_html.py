"""Handouts as the HTML that Qt's rich text lays out."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import count

from yibao_desktop.domain.guide.pictures import Picture
from yibao_desktop.domain.guide.text import Body, ListBlock
from yibao_desktop.domain.wording.handout import (
    Detail,
    Doubtful,
    Handout,
    HandoutBlock,
    Large,
    Lead,
    Part,
    Tick,
    box,
    numbered,
)
from yibao_desktop.ui.looks.rich_text import body_html, inline_html
from yibao_desktop.ui.looks.theme import Colors

PICTURE = "picture:"
"""Begins the address of a drawing."""

KEPT = "kept"
"""Anchor in a paragraph that does not stay at a page's end without what follows it."""


def handout_html(handout: Handout, colors: Colors, columns: int) -> str:
    """The running text; over several columns the title stands in the head."""
    parts = [] if columns > 1 else [f"<h1>{escape(handout.heading)}</h1>"]
    parts += (_text_html(block, colors) for block in handout.lead)
    for part in handout.parts:
        parts.append(_part_html(part, colors, columns))
    several = len(handout.sources) > 1
    lines = (
        f"{numbered([n]) if several else ''}{line}" for n, line in enumerate(handout.sources, 1)
    )
    if handout.sources:
        parts.append(f'<p class="sources">来源：{escape("　".join(lines))}</p>')
    return f"<body>{''.join(parts)}</body>"


_MARK = f'<a name="{KEPT}"></a>'


def _part_html(part: Part, colors: Colors, columns: int) -> str:
    tag = f"h{part.level}"
    heading = f"<{tag}>{_MARK}{escape(part.title)}{_sources_html(part.sources)}</{tag}>"
    if not part.title:  # a paper of one's own may begin before its first heading
        heading = ""
    if part.columns > 1 and columns == 1:
        return heading + "".join(_row_html(row, colors, part.columns) for row in _rows(part))
    return heading + "".join(_block_html(block, colors) for block in part.blocks)


def _rows(part: Part) -> Iterator[tuple[HandoutBlock, ...]]:
    for first in range(0, len(part.blocks), part.columns):
        yield part.blocks[first : first + part.columns]


def _row_html(row: tuple[HandoutBlock, ...], colors: Colors, columns: int) -> str:
    """Boxes side by side: a table of its own, so that a page ends before it and not within."""
    width = f"{100 // columns}%"
    cells = [f'<td width="{width}">{_block_html(block, colors)}</td>' for block in row]
    cells += [f'<td width="{width}"></td>'] * (columns - len(row))
    table = f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{"".join(cells)}</tr></table>'
    return f'{table}<p class="gap"></p>'


def _block_html(block: HandoutBlock, colors: Colors) -> str:
    if not isinstance(block, Tick):
        return _text_html(block, colors)
    text = inline_html(block.text, colors)
    room = "&nbsp;&nbsp;" if block.done else " "  # the tick is narrower than the box
    mark = _MARK if block.details else ""
    sign = f'{mark}<span class="box">{box(block)}</span>{room}'
    title = f"{sign}{_picture_html(block.picture)}{text}{_sources_html(block.sources)}"
    details = "".join(_text_html(detail, colors, "detail") for detail in block.details)
    return f'<p class="tick">{title}</p>{details}'


def _picture_html(picture: Picture | None) -> str:
    return f'<img src="{PICTURE}{picture}">&nbsp;' if picture else ""


def _text_html(block: Detail, colors: Colors, style: str = "") -> str:
    """A block of text; ``style`` is that of its paragraphs."""
    if isinstance(block, Lead):
        return f'<p class="{style or "lead"}">{_MARK}{inline_html(block.text, colors)}</p>'
    if isinstance(block, Large | Doubtful):
        kind = "large" if isinstance(block, Large) else "doubt"
        own = f"{style}-{kind}" if style else kind
        return f'<p class="{own}">{inline_html(block.text, colors)}</p>'
    if isinstance(block, ListBlock):
        # Qt's own list signs stand too close to the text on devices of many dots.
        signs = (f"{n}. " if block.ordered else "· " for n in count(1))
        return "".join(
            f'<p class="{style or "top"}-point">{sign}{inline_html(item, colors)}</p>'
            for sign, item in zip(signs, block.items, strict=False)
        )
    return body_html(Body((block,)), colors).replace("<p>", f'<p class="{style}">')


def _sources_html(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return ""
    return f'<span class="source">{numbered(numbers)}</span>'
