"""The foot of a page: what else belongs to it, and the pages before and after it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.items import KIND_NAMES, Item
from yibao_desktop.services.guide_service import PageView, TopicView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import item_icon
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile


class PageFoot(QWidget):
    """Large buttons below the text.

    Signals:
        open_requested: id of the page to open.
    """

    open_requested = Signal(str)

    def __init__(
        self,
        view: PageView | TopicView,
        context: UiContext,
        related: Iterable[Item] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, SPACE, 0, 0)
        rows.setSpacing(SPACE)
        related = list(related)
        if related:
            rows.addWidget(text_label("相关", "h3"))
        for item in related:
            rows.addWidget(self._tile(item, item_icon(item), KIND_NAMES[item.kind]))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        is_topic = isinstance(view, TopicView)
        before = "上一个主题" if is_topic else "上一篇"
        after = "下一个主题" if is_topic else "下一篇"
        for neighbour, icon, said in (
            (view.before, "arrow-left", before),
            (view.after, "arrow-right", after),
        ):
            if neighbour is not None:
                row.addWidget(self._tile(neighbour, icon, said), 1)
            else:
                row.addStretch(1)
        rows.addSpacing(SPACE)
        rows.addLayout(row)

    def _tile(self, item: Item, icon: str, said: str) -> Tile:
        theme = self._context.theme
        picture = self._context.icon(icon, theme.colors.accent)
        tile = Tile(item.title, said, picture, theme.metrics.icon, self)
        tile.clicked.connect(partial(self.open_requested.emit, item.id))
        return tile
