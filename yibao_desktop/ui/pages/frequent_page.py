"""What people ask most, each question with the sentence that answers it."""

from __future__ import annotations

from functools import partial

from yibao_desktop.domain.guide.items import Item
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import KIND_ICONS
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.work.tasks import Lane


class FrequentPage(ColumnPage):
    """One tile a question."""

    def load(self) -> None:
        """Show every question."""
        frequent = self._context.services.guide.frequent
        self._context.tasks.run(frequent, self._on_read, self, lane=Lane.CONTENT)

    def _on_read(self, frequent: list[tuple[str, Item]]) -> None:
        self._begin()
        self._column.add(text_label("大家常问", "h1"))
        self._column.add(text_label("每一句下面就是回答，点开看详细的、存疑的和出处。", "quiet"))
        for question, item in frequent:
            self._column.add(frequent_tile(question, item, self._context))


def frequent_tile(question: str, item: Item, context: UiContext) -> Tile:
    """A question with its answer; it opens the page the answer stands on."""
    icon = context.icon(KIND_ICONS[item.kind], context.theme.colors.accent)
    year = f"（{item.as_of} 年的说法）" if item.as_of else ""
    tile = Tile(question, item.answer + year, icon, context.theme.metrics.icon)
    tile.clicked.connect(partial(context.events.open_item, item.id))
    return tile
