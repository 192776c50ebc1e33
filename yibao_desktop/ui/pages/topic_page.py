"""What hangs under a topic."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from yibao_desktop.domain.guide.items import Item, one_place
from yibao_desktop.services.guide_service import TopicView
from yibao_desktop.ui.looks.icons import item_icon
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.widgets.reading.breadcrumbs import Breadcrumbs
from yibao_desktop.ui.widgets.reading.page_foot import PageFoot


class TopicPage(ColumnPage):
    """A topic's pages and subtopics as tiles."""

    def _own_place_first(self, children: Sequence[Item]) -> list[Item]:
        own = self._context.services.settings.current.region
        return sorted(children, key=lambda c: not (own and c.region and one_place(own, c.region)))

    def show_topic(self, view: TopicView) -> None:
        """Show a topic."""
        theme = self._context.theme
        self._begin()
        if view.path:
            crumbs = Breadcrumbs(view.path)
            crumbs.open_requested.connect(self._context.events.open_item)
            self._column.add(crumbs)
        self._column.add(text_label(view.item.title, "h1"))
        if view.item.text:
            self._column.add(text_label(view.item.text, "lead"))
        for child in self._own_place_first(view.children):
            own = theme.colors.accent if child.origin.is_guide else theme.colors.own_stripe
            icon = self._context.icon(item_icon(child), own)
            tile = Tile(child.title, child.answer or child.text, icon, theme.metrics.icon)
            tile.clicked.connect(partial(self._context.events.open_item, child.id))
            self._column.add(tile)
        foot = PageFoot(view, self._context)
        foot.open_requested.connect(self._context.events.open_item)
        self._column.add(foot)
