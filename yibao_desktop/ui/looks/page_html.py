"""A page of the guide as the text the reader shows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from html import escape

from yibao_desktop.domain.guide.doubts import DOUBTS_TITLE, Doubt, doubts_about, doubts_badge
from yibao_desktop.domain.guide.items import CUT_OFF, KIND_NAMES, Answer, Article, part_id
from yibao_desktop.domain.guide.sources import WHAT_THEY_ARE
from yibao_desktop.domain.guide.text import CALLOUT_NAMES, LINK_SCHEME
from yibao_desktop.domain.own.document import own_lines
from yibao_desktop.domain.pages import Page
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.ui.looks.doubt_html import (
    FOLD,
    FOLD_SCHEME,
    UNFOLD,
    WORD_JOINER,
    folded_lines,
    short_line,
)
from yibao_desktop.ui.looks.hanging import hanging_style
from yibao_desktop.ui.looks.rich_text import body_html, callout_html, inline_html
from yibao_desktop.ui.looks.source_text import documents_text, source_lines
from yibao_desktop.ui.looks.theme import Colors

NOTE_NAME = "您的备注"
"""Above what the user wrote about a page."""

SOURCES_ANCHOR = "sources"
DOUBTS_ANCHOR = "doubts"
SOURCES_LINK = f"{LINK_SCHEME}sources"
"""Leads to the page about the web articles."""
TEXT_ANCHOR = "text"
TEXT_BEGINS = f'<p class="gap"><a name="{TEXT_ANCHOR}" style="text-decoration:none">&nbsp;</a></p>'
"""Set before the page's own text; what stands above it says only what page it is."""


LOCAL_NAME = "本地不一样的地方"


def page_html(
    view: PageView,
    page: Page,
    colors: Colors,
    elsewhere: str,
    unfolded: Container[str] = (),
    note: str = "",
    cautions: Iterable[str] = (),
) -> str:
    """The whole page.

    Args:
        view: what belongs to the page.
        page: the page itself.
        colors: colours of the theme.
        elsewhere: a warning that it is told for another place; empty where it is not.
        unfolded: ids of the doubts told in full.
        note: what the user wrote about the page; empty where that is nothing.
        cautions: what else is to be known before it is read, a sentence each.
    """
    show = _Doubts(colors, unfolded)
    parts = [f"<h1>{escape(view.item.title)}</h1>", _about_html(view, page)]
    if not view.item.origin.is_guide:
        parts.append(callout_html("note", view.item.origin.name, escape(view.item.origin.notice)))
    for caution in filter(None, (elsewhere, *cautions)):
        parts.append(callout_html("caution", CALLOUT_NAMES["caution"], escape(caution)))
    if view.local:
        told = "<br>".join(escape(line) for line in view.local)
        parts.append(callout_html("note", LOCAL_NAME, told))
    if note:
        parts.append(callout_html("note", NOTE_NAME, escape(note).replace("\n", "<br>")))
    if view.doubts:
        badge = doubts_badge(len(view.doubts))
        parts.append(f'<p class="quiet"><a href="#{DOUBTS_ANCHOR}">{badge}</a></p>')
    parts.append(TEXT_BEGINS)
    if isinstance(page, Article | Answer) and page.answer:
        parts.append(f'<p class="lead">{inline_html(page.answer, colors)}</p>')
    parts.append(show.box(doubts_about(view.doubts, page.id)))
    if isinstance(page, Article):
        for section in page.sections:
            tag = f"h{section.level}"
            anchor = f'<a name="{section.id}"></a>'
            if section.title:  # a paper of one's own may begin before its first heading
                parts.append(f"<{tag}>{anchor}{escape(section.title)}</{tag}>")
            else:
                parts.append(f'<p class="gap">{anchor}</p>')
            parts.append(body_html(section.body, colors))
            parts.append(show.box(doubts_about(view.doubts, part_id(page.id, section.id))))
    else:
        parts.append(body_html(page.text, colors))  # type: ignore[union-attr]
    if isinstance(page, Answer) and page.cut_off:
        parts.append(f'<p class="quiet">{CUT_OFF}</p>')
    parts.append(_sources_html(view))
    return "".join(parts)


def _about_html(view: PageView, page: Page) -> str:
    """What it is, in one quiet line: kind, place and year, and the articles it is drawn from."""
    origin = view.item.origin
    said = [KIND_NAMES[view.item.kind]] if origin.is_guide else []
    if view.region:
        said.append(f"说的是{view.region.name}")
    if view.own:
        said += own_lines(view.own)
    elif page.as_of:
        said.append(f"{page.as_of} 年的说法")
    line = escape("　·　".join(said))
    if view.sources:
        named = escape(f"来源：{documents_text(view.sources)}")
        what = f"（{WHAT_THEY_ARE}）" if origin.is_guide else ""  # a pack's are its publisher's
        line += f'　·　<a href="{SOURCES_LINK}">{named}</a>{what}'
    return f'<p class="quiet">{line}</p>'


class _Doubts:
    """A box a place about what is doubtful; all of one look, the first with the anchor."""

    def __init__(self, colors: Colors, unfolded: Container[str]) -> None:
        self._colors = colors
        self._unfolded = unfolded
        self._anchor = f'<a name="{DOUBTS_ANCHOR}"></a>'

    def box(self, doubts: Sequence[Doubt]) -> str:
        """A line a doubt, with what stands behind it where the reader asked for that."""
        if not doubts:
            return ""
        anchor, self._anchor = self._anchor, ""
        lines = "".join(line for doubt in doubts for line in self._lines(doubt))
        return anchor + callout_html("doubt", DOUBTS_TITLE, "", lines)

    def _lines(self, doubt: Doubt) -> Iterator[str]:
        html, _ = short_line(doubt, self._colors)
        unfolded = doubt.id in self._unfolded
        word = WORD_JOINER.join(FOLD if unfolded else UNFOLD)
        yield f'<p class="line">{html}　<a href="{FOLD_SCHEME}{doubt.id}">{word}</a></p>'
        for line, plain in folded_lines(doubt, self._colors) if unfolded else ():
            yield f'<p class="line" style="{hanging_style(plain)}">{line}</p>'


def _sources_html(view: PageView) -> str:
    if not view.sources:
        return ""
    rows = "".join(f'<p class="source">{escape(s)}</p>' for s in source_lines(view.sources))
    return f'<h3><a name="{SOURCES_ANCHOR}"></a>来源</h3>{rows}'
