"""A search result as the text of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from yibao_desktop.ui.looks.rich_text import body_html
from yibao_desktop.ui.looks.source_text import source_lines
from yibao_desktop.ui.widgets.search.result_model import (
    FEATURED_NAME,
    NEAR_NAME,
    Row,
    hit_details,
    reason,
)

if TYPE_CHECKING:
    from yibao_desktop.search.snippet import Snippet
    from yibao_desktop.services.featured_service import FeaturedAnswer
    from yibao_desktop.ui.looks.theme import Colors

SEPARATOR = " · "

_LINK = re.compile(r"</?a\b[^>]*>")
"""A row is one thing to click: what leads elsewhere is a link on the page only."""


def row_html(row: Row, colors: Colors) -> str:
    """All a row shows."""
    if row.featured:
        return "".join(_featured(row, row.featured, colors))
    return "".join(_hit(row, colors))


def _featured(row: Row, featured: FeaturedAnswer, colors: Colors) -> Iterator[str]:
    yield _line(f'<span style="color:{colors.accent};"><b>{FEATURED_NAME}</b></span>')
    yield _line(f"<b>{escape(row.title)}</b>")
    yield _quiet(escape(SEPARATOR.join(hit_details(row.hit))) + _overdue(row, colors))
    yield _LINK.sub("", body_html(featured.body, colors))
    for source in source_lines(featured.sources):
        yield _quiet(f"出处　{escape(source)}")
    for doubt in featured.doubts:
        yield _line(f"<b>存疑</b>　{escape(doubt.short.plain)}")
    yield from _more(row)


def _hit(row: Row, colors: Colors) -> Iterator[str]:
    hit, passage = row.hit, row.hit.passage
    near = f"{_tag(NEAR_NAME, colors.label_surface)}　" if row.near and row.leads else ""
    if row.leads and passage.heading:
        title = f"<b>{escape(passage.title)}</b>{SEPARATOR}{escape(passage.heading)}"
    else:
        title = f"<b>{escape(row.title)}</b>" if row.leads else escape(row.title)
    yield _line(near + title)
    why = reason(hit)
    label = f"　{_tag(why, colors.label_surface)}" if why else ""
    if row.leads:
        yield _quiet(escape(SEPARATOR.join(hit_details(hit))) + label + _overdue(row, colors))
    if hit.answer:
        yield _line(escape(hit.answer))
    snippet = _snippet(hit.snippet, colors)
    yield _quiet(snippet) if hit.answer or not row.leads else _line(snippet)
    yield from _more(row)


def _overdue(row: Row, colors: Colors) -> str:
    return f"　{_tag(row.overdue, colors.caution_surface)}" if row.overdue else ""


def _more(row: Row) -> Iterator[str]:
    if row.more:
        yield _quiet(row.more_text)


def _line(html: str) -> str:
    return f'<p style="margin:0;">{html}</p>'


def _quiet(html: str) -> str:
    return f'<p class="quiet" style="margin:2px 0;">{html}</p>'


def _tag(text: str, surface: str) -> str:
    return f'<span style="background-color:{surface};">&nbsp;{escape(text)}&nbsp;</span>'


def _snippet(snippet: Snippet, colors: Colors) -> str:
    html, position = "", 0
    for start, end in snippet.marks:
        html += escape(snippet.text[position:start])
        marked = escape(snippet.text[start:end])
        html += f'<span style="background-color:{colors.mark};"><b>{marked}</b></span>'
        position = end
    return html + escape(snippet.text[position:])
