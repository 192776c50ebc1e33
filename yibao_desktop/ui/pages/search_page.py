"""Results of a search, as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.items import Item
from yibao_desktop.search.results import Match, OwnResults, Results
from yibao_desktop.services.featured_service import FeaturedAnswer, featured_answer
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import HOME
from yibao_desktop.ui.looks.icons import item_icon
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.focus_order import order_focus
from yibao_desktop.ui.widgets.base.grid import MARGIN, InColumn
from yibao_desktop.ui.widgets.base.labels import breakable, set_role, text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.search.result_list import ResultList
from yibao_desktop.ui.work.tasks import Lane

SHOWN = 20
"""Results shown at most."""

TITLE_FROM_LINES = 16
"""In a window less high than so many lines the results have the room of the title."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search came to; ``alternatives`` are ways on where nothing was found."""

    results: Results
    featured: FeaturedAnswer | None
    alternatives: list[Item]


class SearchPage(QWidget):
    """Says how well the guide answers, then lists the passages."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._request = 0
        self._query = ""
        self._said = self._whole = ""
        self._focus_results = False
        self._tiles: list[Tile] = []
        self._build_ui()
        self._list.open_requested.connect(context.events.found_requested)
        context.theme.changed.connect(self._on_theme_changed)

    def _build_ui(self) -> None:
        self.setProperty("role", "page")
        inner = QWidget()
        self._inner = InColumn(inner, MARGIN, SPACE)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self._title = text_label("", "h1")
        self._verdict = text_label("", "lead")
        self._list = ResultList(self._context)
        column.addWidget(self._title)
        column.addWidget(self._build_verdict_box())
        column.addWidget(self._list, 1)
        self._more = QPushButton()
        self._more.setProperty("role", "link")
        self._more.clicked.connect(self._on_more_clicked)
        self._more.hide()
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._build_ways_on(), 1)
        column.addStretch(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._inner)
        self._on_theme_changed()

    def _build_verdict_box(self) -> QWidget:
        """What surrounds the verdict where it is to be noted; the rest of it is a click away."""
        self._verdict_box = QFrame()
        self._verdict_row = QHBoxLayout(self._verdict_box)
        self._verdict_row.setSpacing(SPACE)
        self._verdict_row.addWidget(self._verdict, 1)
        self._rest = QPushButton("详细")
        self._rest.setProperty("role", "link")
        self._rest.clicked.connect(self._on_rest_clicked)
        self._verdict_row.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignBottom)
        return self._verdict_box

    def _build_ways_on(self) -> QWidget:
        """What is there instead of results where nothing was found."""
        content = QWidget()
        content.setProperty("role", "page")
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, SPACE, 0, 0)
        rows.setSpacing(SPACE)
        rows.addWidget(text_label("也许您要办的是", "h2"))
        self._alternatives = QVBoxLayout()
        self._alternatives.setSpacing(SPACE)
        rows.addLayout(self._alternatives)
        home = QPushButton("回首页，看看能办什么")
        home.clicked.connect(partial(self._context.events.open_requested.emit, HOME))
        rows.addSpacing(SPACE)
        rows.addWidget(home, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        self._ways_on = QScrollArea()
        self._ways_on.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ways_on.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ways_on.setWidgetResizable(True)
        self._ways_on.setWidget(content)
        self._ways_on.hide()
        return self._ways_on

    def search(self, query: str) -> None:
        """Look for a query; answers to older ones are dropped."""
        self._request += 1
        call = partial(self._look_for, query, self._context.services.settings.current.region)
        found = partial(self._on_found, self._request)
        self._context.tasks.run(call, found, self, lane=Lane.CONTENT)

    def stop(self) -> None:
        """The page is left: an answer under way comes too late."""
        self._request += 1
        self._focus_results = False

    def _look_for(self, query: str, region: str | None) -> _Found:
        services = self._context.services
        results = services.search.search(query, SHOWN, region)
        alternatives = (
            [] if results.hits or results.own.hits else services.search.alternatives(query)
        )
        return _Found(results, featured_answer(services.guide, results), alternatives)

    def focus_results(self) -> None:
        """Go to the first result."""
        self._list.focus_first()

    def focus_results_when_shown(self) -> None:
        """Go to the first result of the next search as soon as it is there."""
        self._focus_results = True

    def _on_found(self, request: int, found: _Found) -> None:
        if request != self._request:
            return
        results = found.results
        suggestion = self._context.services.search.suggestion(results) or ""
        own = results.own
        hits = (*own.hits, *results.hits) if own.first else (*results.hits, *own.hits)
        self._query = results.query
        self._title.setText(f"您问的：{breakable(results.query)}")
        self._show_verdict(_verdict(results), suggestion, found=results.match is Match.DIRECT)
        self._list.show_results(results, found.featured)
        self._list.setVisible(bool(hits))
        self._more.setText(f"您自己加的资料里还有 {own.more} 处")
        self._more.setVisible(bool(own.more))
        self._show_alternatives(found.alternatives)
        self._ways_on.setVisible(not hits)
        order_focus(self)
        whole = f"一共 {len(hits)} 条。" if hits else ""
        announce(self, whole + self._whole)
        if self._focus_results:
            self._focus_results = False
            self._list.focus_first()
        shown = frozenset(hit.passage.item_id for hit in hits)
        self._context.events.results_shown.emit(shown)

    def _on_more_clicked(self) -> None:
        """Show all that the user's own documents have on it, and nothing else."""
        region = self._context.services.settings.current.region
        call = partial(self._context.services.search.own, self._query, region)
        found = partial(self._on_own_found, self._request)
        self._context.tasks.run(call, found, self, lane=Lane.CONTENT)

    def _on_own_found(self, request: int, own: OwnResults) -> None:
        if request != self._request:
            return
        self._more.hide()
        said = f"您自己加的资料里有 {len(own.hits)} 处，没有核对过。"
        self._show_verdict(said)
        self._list.show_results(Results(self._query, 0.0, Match.NONE, (), own=own), None)
        self._list.focus_first()

    def _show_verdict(self, said: str, suggestion: str = "", *, found: bool = False) -> None:
        """Say it, and what else to do; set apart where what follows is no answer."""
        self._said, self._whole = said, f"{said}{suggestion}"
        set_role(self._verdict_box, "" if found else "note")
        margin = 0 if found else 2 * SPACE
        self._verdict_row.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._make_room()

    def _on_rest_clicked(self) -> None:
        """Say all of it, however little room is left for the results."""
        self._said = self._whole
        self._make_room()
        announce(self, self._whole)

    def _show_alternatives(self, items: list[Item]) -> None:
        for old in self._tiles:
            old.hide()
            old.deleteLater()
        self._tiles = []
        theme = self._context.theme
        for item in items:
            icon = self._context.icon(item_icon(item), theme.colors.accent)
            tile = Tile(item.title, "", icon, theme.metrics.icon)
            tile.clicked.connect(partial(self._context.events.open_item, item.id))
            self._alternatives.addWidget(tile)
            self._tiles.append(tile)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the room is for the results; what was asked stands in the search box."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        lines = self.window().height() / self._context.theme.metrics.line_spacing
        low = lines < TITLE_FROM_LINES
        self._title.setVisible(not low)
        self._inner.set_above(SPACE if low else MARGIN)
        self._verdict.setText(self._said if low else self._whole)
        self._rest.setVisible(low and self._said != self._whole)

    def _on_theme_changed(self) -> None:
        self._inner.set_column(self._context.theme.metrics.column)
        self._make_room()


def _verdict(results: Results) -> str:
    """What a search came to, in a line."""
    said = {
        Match.DIRECT: "找到了",
        Match.NEAR: "没有正好的答案，下面是相近结果。",
        Match.NONE: "没有找到。",
    }[results.match]
    if not results.own.hits:
        return said
    count = len(results.own.hits) + results.own.more
    return f"{said.rstrip('。')}。您自己加的资料里有 {count} 处。"
