"""Results of a search, as it is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.search.results import Match, Results
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.tasks import Lane
from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.labels import breakable, text_label
from yibao_desktop.ui.widgets.result_list import ResultList

SHOWN = 20
"""Results shown at most."""


class SearchPage(QWidget):
    """Says how well the guide answers, then lists the passages.

    Signals:
        open_requested: id of the item to open.
        home_requested: to where one can choose instead of asking.
        results_shown: the results of the newest query are on screen.
    """

    open_requested = Signal(str)
    home_requested = Signal()
    results_shown = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._request = 0
        self._focus_results = False
        self._build_ui()
        self._list.open_requested.connect(self.open_requested)
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
        self._home = QPushButton(self.tr("回首页，看看能办什么"))
        self._home.setProperty("role", "primary")
        self._home.clicked.connect(self.home_requested)
        self._home.hide()
        column.addWidget(self._home, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(0)
        row.addStretch(1)
        row.addWidget(self._inner, 1000)
        row.addStretch(1)
        self._on_theme_changed()

    def search(self, query: str) -> None:
        """Look for a query; answers to older ones are dropped."""
        self._request += 1
        services = self._context.services
        call = partial(services.search.search, query, SHOWN, services.settings.current.region)
        found = partial(self._on_found, self._request)
        self._context.tasks.run(call, found, self, lane=Lane.CONTENT)

    def focus_results(self) -> None:
        """Go to the first result."""
        self._list.focus_first()

    def focus_results_when_shown(self) -> None:
        """Go to the first result of the next search as soon as it is there."""
        self._focus_results = True

    def _on_found(self, request: int, results: Results) -> None:
        if request != self._request:
            return
        suggestion = self._context.services.search.suggestion(results) or ""
        verdict = {
            Match.DIRECT: self.tr("找到了，最合适的在最前面"),
            Match.NEAR: self.tr("没有正好的答案，下面是相近结果"),
            Match.NONE: self.tr("没有找到。{0}").format(suggestion),
        }[results.match]
        self._title.setText(self.tr("“{0}”").format(breakable(results.query)))
        self._verdict.setText(verdict)
        self._list.show_hits(results.hits)
        self._list.setVisible(bool(results.hits))
        self._home.setVisible(not results.hits)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, verdict))
        if self._focus_results:
            self._focus_results = False
            self._list.focus_first()
        self.results_shown.emit()

    def _on_theme_changed(self) -> None:
        self._inner.setMaximumWidth(self._context.theme.metrics.column)
        self._list.scheduleDelayedItemsLayout()
