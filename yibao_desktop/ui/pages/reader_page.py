"""Articles, answers and terms, with their sources and doubts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.domain.doubts import Doubt, about, told_at_once
from yibao_desktop.domain.guide import (
    CUT_OFF,
    KIND_NAMES,
    Answer,
    Article,
    Term,
    one_place,
    part_id,
)
from yibao_desktop.domain.pages import Page
from yibao_desktop.domain.text import CALLOUT_NAMES
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.navigation import LINK_SCHEME
from yibao_desktop.ui.rich_text import body_html, callout_html, inline_html
from yibao_desktop.ui.source_text import keys_text, source_line
from yibao_desktop.ui.tasks import Lane
from yibao_desktop.ui.theme import SPACE, Colors
from yibao_desktop.ui.widgets.bookmark_button import BookmarkButton
from yibao_desktop.ui.widgets.breadcrumbs import Breadcrumbs
from yibao_desktop.ui.widgets.callout import DOUBTS_TITLE
from yibao_desktop.ui.widgets.labels import text_label
from yibao_desktop.ui.widgets.page_browser import PageBrowser

OUTLINE_WIDTH = 220
OUTLINE_FROM_CHARACTERS = 54
"""The outline stands beside the text where this page is at least so many characters wide."""

SOURCES_ANCHOR = "sources"
TEXT_ANCHOR = "text"
TEXT_BEGINS = f'<p class="gap"><a name="{TEXT_ANCHOR}" style="text-decoration:none">&nbsp;</a></p>'
"""Set before the page's own text; what stands above it says only what page it is."""

DOUBTS_ANCHOR = "doubts"


class ReaderPage(QWidget):
    """One page of text at a time.

    Signals:
        open_requested: id of the item to open.
    """

    open_requested = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._meanings: dict[str, str] = {}
        self._build_ui()
        self._connect_signals()
        terms = context.services.guide.terms
        context.tasks.run(terms, self._on_terms_read, self, lane=Lane.CONTENT)

    def _build_ui(self) -> None:
        self.setProperty("role", "page")
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        row.setSpacing(3 * SPACE)
        self._column = QWidget()
        rows = QVBoxLayout(self._column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        self._head = QHBoxLayout()
        self._crumbs = Breadcrumbs(())
        self._bookmark = BookmarkButton(self._context)
        self._head.addWidget(self._crumbs, 1)
        self._head.addWidget(self._bookmark)
        self._procedure = QPushButton()
        self._procedure.setProperty("role", "primary")
        self._browser = PageBrowser()
        rows.addLayout(self._head)
        rows.addWidget(self._browser, 1)
        rows.addWidget(self._procedure, 0, Qt.AlignmentFlag.AlignLeft)
        self._side = QWidget()
        self._side.setFixedWidth(OUTLINE_WIDTH)
        side_rows = QVBoxLayout(self._side)
        side_rows.setContentsMargins(0, 0, 0, 0)
        side_rows.addWidget(text_label(self.tr("本页目录"), "strong"))
        self._outline = QListWidget()
        self._outline.setProperty("role", "outline")
        self._outline.setWordWrap(True)
        self._outline.setAccessibleName(self.tr("本页目录"))
        side_rows.addWidget(self._outline)
        row.addStretch(1)
        row.addWidget(self._column, 1000)
        row.addWidget(self._side)
        row.addStretch(1)

    def _connect_signals(self) -> None:
        self._browser.link_requested.connect(self.open_requested)
        self._browser.highlighted.connect(self._on_link_highlighted)
        self._outline.itemClicked.connect(self._on_outline_chosen)
        self._outline.itemActivated.connect(self._on_outline_chosen)

    def _on_terms_read(self, terms: list[Term]) -> None:
        self._meanings = {f"{LINK_SCHEME}{term.id}": term.text.plain for term in terms}

    def _on_link_highlighted(self, url: QUrl) -> None:
        """Say what a term means while the mouse is on it."""
        self._browser.viewport().setToolTip(self._meanings.get(url.toString(), ""))

    def show_page(self, view: PageView, words: Sequence[str] = ()) -> None:
        """Show a page and go to the section asked for, or to ``words`` found in its text."""
        assert view.page is not None
        theme = self._context.theme
        self._column.setMaximumWidth(theme.metrics.column)
        self._replace_crumbs(view)
        self._bookmark.show_for(view.item.id, view.item.title)
        self._show_procedure_button(view)
        elsewhere = self._elsewhere(view)
        html = _page_html(view, view.page, theme.colors, elsewhere)
        self._browser.setAccessibleName(view.item.title)
        self._browser.show_page(html, theme.page_style)
        self._show_outline(view.page, about(view.doubts, view.page.id))
        self._go_to(view, words)

    def _elsewhere(self, view: PageView) -> str:
        """A warning where the page is told for a place that is not the user's."""
        own = self._context.services.settings.current.region
        if own is None or view.region is None or one_place(own, view.region.code):
            return ""
        return self.tr("这一页说的是{0}，不是您选的地区。数字和办法可能都不一样。").format(
            view.region.name
        )

    @property
    def browser(self) -> PageBrowser:
        """The text itself."""
        return self._browser

    def _replace_crumbs(self, view: PageView) -> None:
        crumbs = Breadcrumbs(view.path)
        crumbs.open_requested.connect(self.open_requested)
        self._head.replaceWidget(self._crumbs, crumbs)
        self._crumbs.deleteLater()
        self._crumbs = crumbs

    def _show_procedure_button(self, view: PageView) -> None:
        procedure = next((c for c in view.children if c.kind == "procedure"), None)
        self._procedure.setVisible(procedure is not None)
        if procedure is not None:
            self._procedure.setText(self.tr("一步步办：{0}").format(procedure.title))
            self._procedure.disconnect(self)
            self._procedure.clicked.connect(partial(self.open_requested.emit, procedure.id))

    def _show_outline(self, page: Page, doubts: Sequence[Doubt]) -> None:
        self._outline.clear()
        sections = page.sections if isinstance(page, Article) else ()
        for section in sections:
            entry = QListWidgetItem(section.title)
            entry.setData(Qt.ItemDataRole.UserRole, section.id)
            self._outline.addItem(entry)
        if not told_at_once(doubts):
            entry = QListWidgetItem(DOUBTS_TITLE)
            entry.setData(Qt.ItemDataRole.UserRole, DOUBTS_ANCHOR)
            self._outline.addItem(entry)
        entry = QListWidgetItem(self.tr("来源"))
        entry.setData(Qt.ItemDataRole.UserRole, SOURCES_ANCHOR)
        self._outline.addItem(entry)
        self._fold_outline()

    def _fold_outline(self) -> None:
        wide = self.width() >= OUTLINE_FROM_CHARACTERS * self._context.theme.metrics.body
        self._side.setVisible(wide and self._outline.count() > 1)

    def resizeEvent(self, event: object) -> None:
        """Fold the outline away where there is no room for it."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fold_outline()

    def _go_to(self, view: PageView, words: Sequence[str]) -> None:
        part = view.focus.partition("/")[2]
        background = QTextCharFormat()
        background.setBackground(QColor(self._context.theme.colors.mark))
        if not part:
            self._browser.verticalScrollBar().setValue(0)
            self._browser.mark_words(words, TEXT_ANCHOR, background)
            return
        self._browser.scrollToAnchor(part)
        page = view.page
        sections = page.sections if isinstance(page, Article) else ()
        title = next((s.title for s in sections if s.id == part), "")
        self._browser.mark_section(title, background)

    def _on_outline_chosen(self, entry: QListWidgetItem) -> None:
        self._browser.scrollToAnchor(entry.data(Qt.ItemDataRole.UserRole))


def _page_html(view: PageView, page: Page, colors: Colors, elsewhere: str) -> str:
    parts = [f"<h1>{escape(view.item.title)}</h1>", _about_html(view, page)]
    if elsewhere:
        parts.append(callout_html("caution", CALLOUT_NAMES["caution"], escape(elsewhere)))
    if isinstance(page, Article):
        parts.append(TEXT_BEGINS)
        parts.append(f'<p class="lead">{inline_html(page.summary, colors)}</p>')
    doubts = about(view.doubts, page.id)
    parts.append(_doubts_at_once_html(doubts, colors))
    if isinstance(page, Article):
        for section in page.sections:
            tag = f"h{section.level}"
            parts.append(f'<{tag}><a name="{section.id}"></a>{escape(section.title)}</{tag}>')
            parts.append(body_html(section.body, colors))
            own = about(view.doubts, part_id(page.id, section.id))
            parts += [_doubt_html(doubt, colors) for doubt in own]
    else:
        parts.append(TEXT_BEGINS)
        parts.append(body_html(page.text, colors))  # type: ignore[union-attr]
    if isinstance(page, Answer) and page.cut_off:
        parts.append(f'<p class="quiet">{CUT_OFF}</p>')
    parts.append(_doubts_in_full_html(doubts, colors))
    parts.append(_related_html(view))
    parts.append(_sources_html(view))
    return "".join(parts)


def _about_html(view: PageView, page: Page) -> str:
    said = [KIND_NAMES[view.item.kind]]
    if view.region:
        said.append(f"说的是{view.region.name}")
    if page.as_of:
        said.append(f"{page.as_of} 年的说法")
    documents = sorted({s.key.partition("#")[0] for s in view.sources})
    newest = max((s.date for s in view.sources), default=None)
    said.append(f"来源 文章 {'、'.join(documents)}，网页日期 {newest}")
    return f'<p class="quiet">{escape("　·　".join(said))}</p>'


def _doubts_at_once_html(doubts: Sequence[Doubt], colors: Colors) -> str:
    """What one must know before reading: a short doubt whole, of others only what is doubtful."""
    if told_at_once(doubts):
        return "".join(_doubt_html(doubt, colors) for doubt in doubts)
    lines = [f"· {escape(d.name)}：{inline_html(d.text, colors)}" for d in doubts]
    lines.append(f'<a href="#{DOUBTS_ANCHOR}">谁怎么说、该怎么办，看下面</a>')
    return callout_html("doubt", DOUBTS_TITLE, "<br>" + "<br>".join(lines))


def _doubts_in_full_html(doubts: Sequence[Doubt], colors: Colors) -> str:
    if told_at_once(doubts):
        return ""
    boxes = "".join(_doubt_html(doubt, colors) for doubt in doubts)
    return f'<h3><a name="{DOUBTS_ANCHOR}"></a>{DOUBTS_TITLE}</h3>{boxes}'


def _doubt_html(doubt: Doubt, colors: Colors) -> str:
    lines = [inline_html(doubt.text, colors)]
    for claim in doubt.claims:
        where = escape(f"（{keys_text(claim.sources)}）")
        lines.append(f"· {inline_html(claim.text, colors)}{where}")
    lines.append(f"→ {inline_html(doubt.advice, colors)}")
    return callout_html("doubt", doubt.name, "<br>".join(lines))


def _related_html(view: PageView) -> str:
    if not view.children:
        return ""
    links = "".join(
        f'<li><a href="{LINK_SCHEME}{c.id}">{escape(c.title)}</a>（{KIND_NAMES[c.kind]}）</li>'
        for c in view.children
    )
    return f"<h3>相关</h3><ul>{links}</ul>"


def _sources_html(view: PageView) -> str:
    rows = "".join(f'<p class="source">{escape(source_line(s))}</p>' for s in view.sources)
    return f'<h3><a name="{SOURCES_ANCHOR}"></a>来源</h3>{rows}'
