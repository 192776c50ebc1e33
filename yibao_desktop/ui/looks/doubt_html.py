"""What is doubtful, as lines of rich text: one that always shows, and those behind it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.ui.looks.rich_text import inline_html
from yibao_desktop.ui.looks.source_text import keys_text
from yibao_desktop.ui.looks.theme import Colors

FOLD_SCHEME = "fold:"
"""Begins links that unfold a part of the page they stand on."""

UNFOLD, FOLD = "详细", "收起"
"""What shows the lines behind a doubt, and what hides them again."""

WORD_JOINER = "\u2060"
"""Between two characters it keeps them in one line."""


def short_line(doubt: Doubt, colors: Colors) -> tuple[str, str]:
    """What is doubtful and whom to ask, as rich and as plain text."""
    html = f"<b>{escape(doubt.name)}</b>　{inline_html(doubt.short, colors)}"
    return html, f"{doubt.name}：{doubt.short.plain}"


def folded_lines(doubt: Doubt, colors: Colors) -> Iterator[tuple[str, str]]:
    """The rest: what exactly, who says what, what to do; each as rich and as plain text."""
    if doubt.text:
        yield inline_html(doubt.text, colors), doubt.text.plain
    for claim in doubt.claims:
        where = f"（{keys_text(claim.sources)}）"
        html = f"· {inline_html(claim.text, colors)}{escape(where)}"
        yield html, f"· {claim.text.plain}{where}"
    if advice := doubt.further_advice:
        yield f"→ {inline_html(advice, colors)}", f"→ {advice.plain}"
