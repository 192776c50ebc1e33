"""A page of the guide as the text the reader shows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from yibao_desktop.domain.guide.doubts import DOUBTS_TITLE, Doubt, about, is_warning, told_at_once
from yibao_desktop.domain.guide.items import CUT_OFF, KIND_NAMES, Answer, Article, part_id
from yibao_desktop.domain.guide.sources import WHAT_THEY_ARE
from yibao_desktop.domain.guide.text import CALLOUT_NAMES
from yibao_desktop.domain.pages import Page
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.ui.looks.rich_text import body_html, callout_html, inline_html
from yibao_desktop.ui.looks.source_text import documents_text, keys_text, source_lines
from yibao_desktop.ui.looks.theme import Colors

SOURCES_ANCHOR = "sources"
TEXT_ANCHOR = "text"
TEXT_BEGINS = f'<p class="gap"><a name="{TEXT_ANCHOR}" style="text-decoration:none">&nbsp;</a></p>'
"""Set before the page's own text; what stands above it says only what page it is."""

DOUBTS_ANCHOR = "doubts"


def page_html(view: PageView, page: Page, colors: Colors, elsewhere: str) -> str:
    """The whole page.

    Args:
        view: what belongs to the page.
        page: the page itself.
        colors: colours of the theme.
        elsewhere: a warning that it is told for another place; empty where it is not.
    """
    show = _Doubts(colors, bool(elsewhere))
    parts = [f"<h1>{escape(view.item.title)}</h1>", _about_html(view, page)]
    if elsewhere:
        parts.append(callout_html("caution", CALLOUT_NAMES["caution"], escape(elsewhere)))
    parts.append(TEXT_BEGINS)
    if isinstance(page, Article | Answer):
        parts.append(f'<p class="lead">{inline_html(page.answer, colors)}</p>')
    doubts = about(view.doubts, page.id)
    parts.append(show.at_once(doubts))
    if isinstance(page, Article):
        for section in page.sections:
            tag = f"h{section.level}"
            parts.append(f'<{tag}><a name="{section.id}"></a>{escape(section.title)}</{tag}>')
            parts.append(body_html(section.body, colors))
            own = about(view.doubts, part_id(page.id, section.id))
            parts += [show.box(doubt) for doubt in own]
    else:
        parts.append(body_html(page.text, colors))  # type: ignore[union-attr]
    if isinstance(page, Answer) and page.cut_off:
        parts.append(f'<p class="quiet">{CUT_OFF}</p>')
    parts.append(show.in_full(doubts))
    parts.append(_sources_html(view))
    return "".join(parts)


def _about_html(view: PageView, page: Page) -> str:
    """What it is, in one quiet line: kind, place and year, and the articles it is drawn from."""
    origin = view.item.origin
    said = [KIND_NAMES[view.item.kind] if origin.is_guide else origin.name]
    if view.region:
        said.append(f"说的是{view.region.name}")
    if page.as_of:
        said.append(f"{page.as_of} 年的说法")
    if view.sources:
        said.append(f"来源 {documents_text(view.sources)}（{WHAT_THEY_ARE}）")
    return f'<p class="quiet">{escape("　·　".join(said))}</p>'


class _Doubts:
    """Boxes about what is doubtful; amber only where one must beware."""

    def __init__(self, colors: Colors, elsewhere: bool) -> None:
        self._colors = colors
        self._elsewhere = elsewhere

    def at_once(self, doubts: Sequence[Doubt]) -> str:
        """What one must know before reading: a short doubt whole, of others only what it is."""
        if told_at_once(doubts):
            return "".join(self.box(doubt) for doubt in doubts)
        lines = [f"· {escape(d.name)}：{inline_html(d.text, self._colors)}" for d in doubts]
        lines.append(f'<a href="#{DOUBTS_ANCHOR}">谁怎么说、该怎么办，看下面</a>')
        return callout_html(self._tone(*doubts), DOUBTS_TITLE, "<br>" + "<br>".join(lines))

    def in_full(self, doubts: Sequence[Doubt]) -> str:
        """Below the text, what was only named before it."""
        if told_at_once(doubts):
            return ""
        boxes = "".join(self.box(doubt) for doubt in doubts)
        return f'<h3><a name="{DOUBTS_ANCHOR}"></a>{DOUBTS_TITLE}</h3>{boxes}'

    def box(self, doubt: Doubt) -> str:
        """One doubt: what, who says what, what to do."""
        lines = [inline_html(doubt.text, self._colors)]
        for claim in doubt.claims:
            where = escape(f"（{keys_text(claim.sources)}）")
            lines.append(f"· {inline_html(claim.text, self._colors)}{where}")
        lines.append(f"→ {inline_html(doubt.advice, self._colors)}")
        return callout_html(self._tone(doubt), doubt.name, "<br>".join(lines))

    def _tone(self, *doubts: Doubt) -> str:
        warns = any(is_warning(doubt, self._elsewhere) for doubt in doubts)
        return "doubt" if warns else "note"


def _sources_html(view: PageView) -> str:
    if not view.sources:
        return ""
    rows = "".join(f'<p class="source">{escape(s)}</p>' for s in source_lines(view.sources))
    return f'<h3><a name="{SOURCES_ANCHOR}"></a>来源</h3>{rows}'
