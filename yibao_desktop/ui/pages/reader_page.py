"""Articles, answers and terms, with their sources and doubts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, SignalInstance
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.items import Article, Item, Kind, Term, one_place
from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.domain.guide.text import LINK_SCHEME
from yibao_desktop.domain.pages import Page
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message, Place
from yibao_desktop.ui.dialogs.outside_dialog import OutsideDialog
from yibao_desktop.ui.looks.icons import OWN_ICON, beside_text
from yibao_desktop.ui.looks.page_html import SOURCES_ANCHOR, TEXT_ANCHOR, page_html
from yibao_desktop.ui.looks.source_text import provenance
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.takeaway.handout_actions import HandoutActions, Make
from yibao_desktop.ui.widgets.base.entry_list import Entry
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.focus_order import order_focus
from yibao_desktop.ui.widgets.base.grid import MARGIN, SCROLL_BAR, column_place
from yibao_desktop.ui.widgets.base.speak_button import SpeakButton
from yibao_desktop.ui.widgets.reading.bookmark_button import BookmarkButton
from yibao_desktop.ui.widgets.reading.breadcrumbs import Breadcrumbs
from yibao_desktop.ui.widgets.reading.outline import Outline
from yibao_desktop.ui.widgets.reading.own_tools import OwnTools
from yibao_desktop.ui.widgets.reading.page_browser import BESIDE_TEXT, PageBrowser
from yibao_desktop.ui.widgets.reading.page_foot import PageFoot
from yibao_desktop.ui.work.tasks import Lane

if TYPE_CHECKING:
    from yibao_desktop.domain.wording.handout import Handout

OUTLINE_FROM_CHARACTERS = 54
"""The outline stands beside the text where this page is at least so many characters wide."""


TOOLS_FROM_LINES = 12
"""Printing stands above the text, in a line more if need be, where this page is so many lines
high."""


class ReaderPage(QWidget):
    """One page of text at a time."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: PageView | None = None
        self._unfolded: frozenset[str] = frozenset()
        self._note = ""
        self._meanings: dict[str, str] = {}
        self._handouts = HandoutActions(context, self)
        self._build_ui()
        self._connect_signals()
        terms = context.services.guide.terms
        context.tasks.run(terms, self._on_terms_read, self, lane=Lane.CONTENT)

    def _build_ui(self) -> None:
        self.setProperty("role", "page")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(MARGIN)
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(0, 2 * SPACE, 0, 2 * SPACE)
        rows.setSpacing(SPACE)
        path = FlowRow()
        self._head = FlowRow()
        self._crumbs = Breadcrumbs(())
        self._contents = QPushButton("目录")
        self._contents.setToolTip("本页目录和本页提到的")
        self._contents.setMenu(QMenu(self._contents))
        self._print = QPushButton("打印")
        self._save = QPushButton("存成 PDF")
        self._copy = QPushButton("复制")
        self._copy.setAccessibleName("复制（带出处）")
        self._copy.setToolTip("复制选中的文字，没有选就复制整页，后面带上出处")
        self._bookmark = BookmarkButton(self._context)
        self._speak = SpeakButton(self._context)
        path.add(self._crumbs)
        self._whose = QLabel()
        path.add(self._whose)
        self._procedure = QPushButton()
        self._procedure.setProperty("role", "primary")
        self._head.add(self._procedure)
        self._tools = (self._contents, self._print, self._save, self._copy)
        for button in (*self._tools, self._speak, self._bookmark):
            self._head.add(button)
        self._own_tools = OwnTools(self._context)
        for part in (path, self._head, self._own_tools):
            rows.addWidget(part)
        self._browser = PageBrowser()
        self._browser.show_above(head)
        self._outline = Outline(self._context)
        self._row.addWidget(self._browser)
        self._row.addWidget(self._outline, 0, Qt.AlignmentFlag.AlignTop)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the focus to the text.

        A focus proxy would do the same, but Tab would come to it, too, and pass by what stands
        above the text.
        """
        self._browser.setFocus(reason)

    def _connect_signals(self) -> None:
        self._crumbs.open_requested.connect(self._context.events.open_item)
        self._browser.link_requested.connect(self._context.events.follow)
        self._browser.address_requested.connect(self._on_address_requested)
        self._browser.fold_requested.connect(self._on_fold_requested)
        self._browser.highlighted.connect(self._on_link_highlighted)
        self._browser.verticalScrollBar().valueChanged.connect(self._mark_part)
        self._outline.part_requested.connect(self._browser.scrollToAnchor)
        self._outline.link_requested.connect(self._context.events.follow)
        self._contents.menu().aboutToShow.connect(self._on_contents_asked)
        self._print.clicked.connect(partial(self._on_take_clicked, self._handouts.print))
        self._save.clicked.connect(partial(self._on_take_clicked, self._handouts.save_pdf))
        self._copy.clicked.connect(self.copy)
        self._bookmark.note_known.connect(self._on_note_known)
        self._procedure.clicked.connect(self._on_procedure_clicked)
        events = self._context.events
        for wish, asked in (
            (self._own_tools.original_requested, events.original_requested),
            (self._own_tools.change_requested, events.document_change_requested),
            (self._own_tools.removal_requested, events.document_removal_requested),
        ):
            wish.connect(partial(self._ask_for_own, asked))

    def _on_address_requested(self, url: QUrl) -> None:
        OutsideDialog(url, self.window()).open()

    def _on_terms_read(self, terms: list[Term]) -> None:
        self._meanings = {f"{LINK_SCHEME}{term.id}": term.text.plain for term in terms}

    def _on_link_highlighted(self, url: QUrl) -> None:
        """Say what a term means while the mouse is on it."""
        self._browser.viewport().setToolTip(self._meanings.get(url.toString(), ""))

    def show_page(self, view: PageView, words: Sequence[str] = ()) -> None:
        """Show a page and go to the section asked for, or to ``words`` found in its text."""
        self._view = view
        self._unfolded, self._note = frozenset(), ""
        theme = self._context.theme
        self._crumbs.show_path(view.path)
        self._bookmark.show_for(view.item.id, view.item.title)
        whose = "" if view.item.origin.is_guide else f"{view.item.origin.name}。"
        self._speak.show_for(f"{whose}{view.item.title}。{view.item.text}", view.item.title)
        self._show_procedure_button(view)
        self._show_origin(view)
        html = self._html(view, view.page)
        self._browser.setAccessibleName(view.item.title)
        self._browser.set_marks(*self._marks())
        self._browser.show_page(html, theme.page_style, provenance(view))
        QTimer.singleShot(0, self, partial(self._add_foot, view))  # once the text is painted
        self._show_outline(view, view.page)
        self._go_to(view, words)

    def _html(self, view: PageView, page: Page) -> str:
        colors = self._context.theme.colors
        today = self._context.services.clock.today()
        cautions = view.cautions(today)
        elsewhere = self._elsewhere(view)
        return page_html(view, page, colors, elsewhere, self._unfolded, self._note, cautions)

    def _on_fold_requested(self, doubt: str) -> None:
        self._unfolded ^= {doubt}
        if self._view is not None:
            self._browser.replace_text(self._html(self._view, self._view.page), doubt)

    def _on_note_known(self, note: str) -> None:
        if note != self._note and self._view is not None and self._view.page is not None:
            self._note = note
            self._browser.replace_text(self._html(self._view, self._view.page), "")

    def _elsewhere(self, view: PageView) -> str:
        """A warning where the page is told for a place that is not the user's."""
        own = self._context.services.settings.current.region
        if own is None or view.region is None or one_place(own, view.region.code):
            return ""
        return f"这一页说的是{view.region.name}，不是您选的地区。数字和办法可能都不一样。"

    def handout(self) -> Make | None:
        """What makes the page a document; None while none was shown."""
        return partial(self._make_handout, self._view) if self._view else None

    @property
    def browser(self) -> PageBrowser:
        """The text itself."""
        return self._browser

    def _show_procedure_button(self, view: PageView) -> None:
        procedure = _procedure(view)
        self._procedure.setVisible(procedure is not None)
        if procedure is not None:
            self._procedure.setText(f"一步步办：{procedure.title}")

    def _show_origin(self, view: PageView) -> None:
        """A stripe beside what is the user's own, and what can be done with it."""
        self._browser.setProperty("origin", view.item.origin.kind.value)
        self._browser.style().unpolish(self._browser)
        self._browser.style().polish(self._browser)
        self._browser.set_aside(SPACE if view.item.origin == OWN else 0)
        own, side = self._context.theme.colors.own_stripe, self._context.theme.metrics.icon
        self._whose.setPixmap(self._context.icon(OWN_ICON, own).pixmap(side, side))
        self._whose.setAccessibleName(view.item.origin.name)
        self._whose.setToolTip(view.item.origin.name)
        self._whose.setVisible(not view.item.origin.is_guide)
        self._own_tools.setVisible(view.own is not None)
        self._own_tools.show_looks()

    def _ask_for_own(self, asked: SignalInstance) -> None:
        if self._view is not None and self._view.own is not None:
            asked.emit(self._view.own.id)

    def _on_procedure_clicked(self) -> None:
        procedure = _procedure(self._view) if self._view else None
        if procedure is not None:
            self._context.events.open_item(procedure.id)

    def _add_foot(self, view: PageView) -> None:
        if view is not self._view:
            return
        offered = _procedure(view)
        related = [item for item in view.children if item is not offered]
        foot = PageFoot(view, self._context, related, self._browser.viewport())
        foot.open_requested.connect(self._context.events.open_item)
        self._browser.show_below(foot)
        order_focus(self)

    def _show_outline(self, view: PageView, page: Page) -> None:
        sections = page.sections if isinstance(page, Article) else ()
        parts = [Entry(section.title, section.id) for section in sections if section.title]
        if view.sources:
            parts.append(Entry("来源", SOURCES_ANCHOR))
        found = self._browser.links()
        links = [Entry(text, target) for text, target in found if target != Place.SOURCES]
        self._outline.show_entries(parts, links)
        self._mark_part()
        self._fold_outline()

    def _mark_part(self) -> None:
        """Mark in the outline which part is being read."""
        if self._outline.isVisibleTo(self):
            self._outline.parts.show_current(self._browser.part_in_view(self._outline.anchors))

    def _fold_outline(self) -> None:
        metrics = self._context.theme.metrics
        wide = self.width() >= OUTLINE_FROM_CHARACTERS * metrics.body
        of_use = self._outline.is_of_use
        self._outline.setVisible(wide and of_use)
        self._contents.setVisible(of_use and not wide)
        icons = ("list", "printer", "file-down", "copy")
        for button, icon in zip(self._tools, icons, strict=True):
            button.setIcon(self._context.icon(icon))
            button.setIconSize(beside_text(metrics.icon))
        self._place_column()
        self._fold_tools()

    def _fold_tools(self) -> None:
        """Leave out what would cost the text a line; the menu and the keyboard have it always."""
        tall = self.height() >= TOOLS_FROM_LINES * self._context.theme.metrics.line_spacing
        self._print.show()
        self._save.setVisible(self._has_room_for_tools(self._save))
        self._print.setVisible(tall or self._has_room_for_tools(self._print))

    def _has_room_for_tools(self, last: QPushButton) -> bool:
        """Whether they stand in one line with the last of them, too."""
        last.show()
        width = self._browser.viewport().width() - 2 * BESIDE_TEXT
        return self._head.heightForWidth(width) <= self._head.sizeHint().height()

    def _place_column(self) -> None:
        """Put the text where the column stands on every page, the outline beside it."""
        column = self._context.theme.metrics.column
        left, width = column_place(self.width(), column)
        frame = BESIDE_TEXT + self._browser.frameWidth()
        taken = left + width + SCROLL_BAR + frame
        if self._outline.isVisibleTo(self):
            beside = self._outline.width() + self._row.spacing() + MARGIN
            right = max(MARGIN, self.width() - taken - beside + MARGIN)
        else:
            right = max(0, self.width() - taken)
        aside = self._browser.viewportMargins().left()
        self._row.setContentsMargins(left - frame - aside, 0, right, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the outline away where there is no room for it."""
        super().resizeEvent(event)
        self._fold_outline()

    def _on_contents_asked(self) -> None:
        self._outline.fill_menu(self._contents.menu())

    def _make_handout(self, view: PageView) -> Handout:
        from yibao_desktop.services.handout_service import page_document

        return page_document(view, self._context.services.clock.today())

    def _on_take_clicked(self, take: Callable[[Make], None], _checked: bool = False) -> None:
        make = self.handout()
        if make is not None:
            take(make)

    def copy(self) -> None:
        """Copy what is selected, or the whole page, with where it comes from."""
        selected = self._browser.copy_selected_or_all()
        text = "选中的文字复制好了，后面带着出处" if selected else "整页复制好了，后面带着出处"
        self._context.events.message_requested.emit(Message(text))

    def _marks(self) -> tuple[QTextCharFormat, QTextCharFormat]:
        """How places found are marked: each, and the one shown."""
        colors = self._context.theme.colors
        mark, shown = QTextCharFormat(), QTextCharFormat()
        mark.setBackground(QColor(colors.mark))
        mark.setForeground(QColor(colors.text))
        shown.setBackground(QColor(colors.accent))
        shown.setForeground(QColor(colors.on_accent))
        return mark, shown

    def _go_to(self, view: PageView, words: Sequence[str]) -> None:
        part = view.focus.partition("/")[2]
        background, _ = self._marks()
        if not part:
            self._browser.verticalScrollBar().setValue(0)
            self._browser.mark_words(words, TEXT_ANCHOR, background)
            return
        self._browser.scrollToAnchor(part)
        page = view.page
        sections = page.sections if isinstance(page, Article) else ()
        title = next((s.title for s in sections if s.id == part), "")
        self._browser.mark_section(title, background)


def _procedure(view: PageView) -> Item | None:
    """The procedure a page leads to, if there is one."""
    return next((item for item in view.children if item.kind is Kind.PROCEDURE), None)
