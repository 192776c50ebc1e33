"""Beside the page: home, cases, bookmarks, and the topic tree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.kinds import page_id
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import HOME, Location, Message, Place
from yibao_desktop.ui.looks.icons import beside_text
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.checkable import make_checkable, show_checked
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.reading.topic_tree import TopicTree
from yibao_desktop.ui.work.tasks import Lane

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.items import Item

WIDTH_IN_CHARACTERS = 17
NARROW_IN_CHARACTERS = 56
"""In a window less wide than so many characters it makes room for the page."""


class SideBar(QWidget):
    """Where one can go.

    Signals:
        place_requested: ``Location`` of a fixed place.
        open_requested: id of an entry of the tree.
    """

    place_requested = Signal(object)
    open_requested = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._buttons: dict[Place, tuple[QPushButton, str]] = {}
        self._selected = ""
        self._told = False
        self._wanted: bool | None = None
        self._narrow = False
        self._build_ui()
        self.tree.open_requested.connect(self.open_requested)
        self.show_looks()

    def _build_ui(self) -> None:
        self.setProperty("role", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        rows.setSpacing(2)
        for place, text, icon in (
            (Place.HOME, "首页", "house"),
            (Place.FREQUENT, "大家常问", "message-circle-question-mark"),
            (Place.CASES, "我的办理", "clipboard-check"),
            (Place.LIBRARY, "收藏与历史", "bookmark"),
        ):
            button = QPushButton(text)
            button.setProperty("role", "nav")
            make_checkable(button)
            button.clicked.connect(partial(self._on_place_clicked, place))
            self._buttons[place] = (button, icon)
            rows.addWidget(button)
        self.tree = TopicTree(self._context)
        self._filtered = text_label("下面只列出搜到的", "quiet")
        self._filtered.setContentsMargins(SPACE + SPACE // 2, 0, 0, 0)
        self._filtered.hide()
        rows.addSpacing(SPACE)
        rows.addWidget(self._filtered)
        rows.addWidget(self.tree, 1)

    def show_looks(self) -> None:
        """Take on the colours and sizes in force."""
        metrics = self._context.theme.metrics
        self.setMinimumWidth(metrics.body * WIDTH_IN_CHARACTERS)
        self.setMaximumWidth(metrics.body * 24)
        for button, icon in self._buttons.values():
            button.setIcon(self._context.icon(icon))
            button.setIconSize(beside_text(metrics.icon))

    def toggle(self) -> None:
        """Show it, or hide it, until the window's width calls for something else."""
        self._wanted = self.isHidden()
        self.setVisible(self._wanted)

    def fold(self) -> None:
        """Nothing tells where the one before has been."""
        self._wanted = None
        self._make_way()
        self._filtered.hide()
        self.tree.fold()

    def make_room(self, width: int) -> None:
        """Hide where the window is too narrow or choices are to be few, unless it was asked for.

        Args:
            width: of the window, in logical pixels.
        """
        metrics = self._context.theme.metrics
        counter = self._context.services.settings.current.counter
        narrow = counter or metrics.few is not None or width < NARROW_IN_CHARACTERS * metrics.body
        if narrow != self._narrow:
            self._narrow = narrow
            self._wanted = None
        self._make_way()

    def _make_way(self) -> None:
        if self._wanted is None:
            self.setVisible(not self._narrow)

    def load_tree(self) -> None:
        """Read the tree."""
        self._context.tasks.run(self._entries, self._on_entries_read, self, lane=Lane.CONTENT)

    def _entries(self) -> list[Item]:
        """The guide's, and below them those of the user's own, for other places after the rest."""
        services = self._context.services
        region = services.settings.current.region
        return [*services.guide.entries(), *services.guide.own_entries(region)]

    def count_cases(self) -> None:
        """Show how many cases are open."""
        self._context.tasks.run(self._context.services.cases.count_open, self._on_counted, self)

    def show_place(self, location: Location) -> None:
        """Mark where one is."""
        place = Place.CASES if location.place is Place.CASE else location.place
        for own, (button, _) in self._buttons.items():
            show_checked(button, own is place)
        self._selected = page_id(location.value) if location.place is Place.ITEM else ""
        self.tree.select(self._selected)

    def show_item(self, item_id: str) -> None:
        """Mark the page shown by the id it has now; one may have come by one it had before."""
        self._selected = item_id
        self.tree.select(item_id)

    def show_only(self, item_ids: Iterable[str]) -> None:
        """Leave only the pages of these items in the tree; without any show all of it."""
        self._filtered.setVisible(self.tree.show_only({page_id(i) for i in item_ids}))

    def _on_entries_read(self, entries: list[Item]) -> None:
        self.tree.show_entries(entries)
        news = self._context.services.own.news
        if news and not self._told:
            self._told = True
            told = Message(news, True, lasting=True, beside=True)
            self._context.events.message_requested.emit(told)
        self.tree.select(self._selected)

    def _on_counted(self, count: int) -> None:
        button, _ = self._buttons[Place.CASES]
        name = "我的办理"
        button.setText(f"{name} ({count})" if count else name)

    def _on_place_clicked(self, place: Place) -> None:
        self.place_requested.emit(HOME if place is Place.HOME else Location(place))
