"""Structured text as the small HTML that Qt's labels and text browser understand."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from yibao_desktop.domain.guide.text import (
    CALLOUT_NAMES,
    LINK_SCHEME,
    Block,
    Body,
    Callout,
    ListBlock,
    Paragraph,
    RichText,
    Span,
    SpanKind,
    Table,
)
from yibao_desktop.ui.looks.theme import Colors

GAP = '<p class="gap">&nbsp;</p>'
"""Room above and below a table; Qt gives tables no margins."""

TABLE_WIDTH = "99.8%"
"""Qt rounds columns up: at all of the width a table may be a pixel wider than its page."""


def inline_html(text: RichText, colors: Colors) -> str:
    """One line of text."""
    return "".join(_span_html(span, colors) for span in text.spans)


def _span_html(span: Span, colors: Colors) -> str:
    text = escape(span.text)
    match span.kind:
        case SpanKind.LABEL:
            style = f"background-color:{colors.label_surface};"
            return f'<span style="{style}">「{text}」</span>'
        case SpanKind.STRONG | SpanKind.FIGURE:
            return f"<b>{text}</b>"
        case SpanKind.LINK:
            return f'<a href="{LINK_SCHEME}{escape(span.target)}">{text}</a>'
        case _:
            return text


def body_html(body: Body, colors: Colors) -> str:
    """Several blocks."""
    return "".join(_block_html(block, colors) for block in body.blocks)


def _block_html(block: Block, colors: Colors) -> str:
    match block:
        case Paragraph(text):
            return f"<p>{inline_html(text, colors)}</p>"
        case ListBlock(items, ordered):
            tag = "ol" if ordered else "ul"
            rows = "".join(f"<li>{inline_html(item, colors)}</li>" for item in items)
            return f"<{tag}>{rows}</{tag}>"
        case Table(header, rows):
            return _table_html(header, rows, colors)
        case Callout(text, tone):
            return callout_html(tone, CALLOUT_NAMES[tone], inline_html(text, colors))


def _table_html(
    header: Iterable[RichText], rows: Iterable[Iterable[RichText]], colors: Colors
) -> str:
    head = "".join(f"<th>{inline_html(cell, colors)}</th>" for cell in header)
    body = "".join(
        f"<tr>{''.join(f'<td>{inline_html(cell, colors)}</td>' for cell in row)}</tr>"
        for row in rows
    )
    edge = f'border="1" bordercolor="{colors.border}" cellspacing="0" cellpadding="8"'
    frame = f'{edge} width="{TABLE_WIDTH}"'
    return f"{GAP}<table {frame}><tr>{head}</tr>{body}</table>{GAP}"


def callout_html(tone: str, name: str, html: str, below: str = "") -> str:
    """A remark set apart by its name and its colour; ``below`` are further paragraphs of it."""
    frame = 'width="100%" cellpadding="12" cellspacing="0"'
    said = f"　{html}" if html else ""
    return (
        f'{GAP}<table {frame}><tr><td class="{tone}">'
        f"<b>{escape(name)}</b>{said}{below}</td></tr></table>{GAP}"
    )
