"""Results of a search, as it is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.items import Item
from yibao_desktop.search.results import Match, Results
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import HOME
from yibao_desktop.ui.looks.icons import KIND_ICONS
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import breakable, text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.search.result_list import ResultList
from yibao_desktop.ui.work.tasks import Lane

SHOWN = 20
"""Results shown at most."""


class SearchPage(QWidget):
    """Says how well the guide answers, then lists the passages."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._request = 0
        self._focus_results = False
        self._tiles: list[Tile] = []
        self._build_ui()
        self._list.open_requested.connect(context.events.found_requested)
        context.theme.changed.connect(self._on_theme_changed)

    def _build_ui(self) -> None:
        self.setProperty("role", "page")
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, SPACE)
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        self._title = text_label("", "h1")
        self._verdict = text_label("", "lead")
        self._list = ResultList(self._context)
        column.addWidget(self._title)
        column.addWidget(self._verdict)
        column.addWidget(self._list, 1)
        column.addWidget(self._build_ways_on(), 1)
        column.addStretch(0)
        row.addStretch(1)
        row.addWidget(self._inner, 1000)
        row.addStretch(1)
        self._on_theme_changed()

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

    def _look_for(self, query: str, region: str | None) -> tuple[Results, list[Item]]:
        search = self._context.services.search
        results = search.search(query, SHOWN, region)
        return results, [] if results.hits else search.alternatives(query)

    def focus_results(self) -> None:
        """Go to the first result."""
        self._list.focus_first()

    def focus_results_when_shown(self) -> None:
        """Go to the first result of the next search as soon as it is there."""
        self._focus_results = True

    def _on_found(self, request: int, found: tuple[Results, list[Item]]) -> None:
        if request != self._request:
            return
        results, alternatives = found
        suggestion = self._context.services.search.suggestion(results) or ""
        verdict = {
            Match.DIRECT: "找到了，最合适的在最前面",
            Match.NEAR: f"没有正好的答案，下面是相近结果。{suggestion}",
            Match.NONE: f"没有找到。{suggestion}",
        }[results.match]
        self._title.setText(f"您问的：{breakable(results.query)}")
        self._verdict.setText(verdict)
        self._list.show_hits(results.hits)
        self._list.setVisible(bool(results.hits))
        self._show_alternatives(alternatives)
        self._ways_on.setVisible(not results.hits)
        count = f"一共 {len(results.hits)} 条。" if results.hits else ""
        announce(self, count + verdict)
        if self._focus_results:
            self._focus_results = False
            self._list.focus_first()
        shown = frozenset(hit.passage.item_id for hit in results.hits)
        self._context.events.results_shown.emit(shown)

    def _show_alternatives(self, items: list[Item]) -> None:
        for old in self._tiles:
            old.hide()
            old.deleteLater()
        self._tiles = []
        theme = self._context.theme
        for item in items:
            icon = self._context.icon(KIND_ICONS[item.kind], theme.colors.accent)
            tile = Tile(item.title, "", icon, theme.metrics.icon)
            tile.clicked.connect(partial(self._context.events.open_item, item.id))
            self._alternatives.addWidget(tile)
            self._tiles.append(tile)

    def _on_theme_changed(self) -> None:
        self._inner.setMaximumWidth(self._context.theme.metrics.column)
