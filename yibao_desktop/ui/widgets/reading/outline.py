"""Beside the page: what it consists of and where its links lead, as buttons of their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.widgets.base.entry_list import Entry, EntryList
from yibao_desktop.ui.widgets.base.labels import text_label

WIDTH_IN_CHARACTERS = 14


class Outline(QWidget):
    """Two columns; assistive technology sees no headings and links in the text itself.

    Signals:
        part_requested: anchor of the part chosen.
        link_requested: id of the page chosen.
    """

    part_requested = Signal(str)
    link_requested = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: tuple[Sequence[Entry], Sequence[Entry]] = ((), ())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self.parts = EntryList("本页目录", context)
        self.links = EntryList("本页提到的", context)
        self._links_title = text_label("本页提到的", "strong")
        rows.addWidget(text_label("本页目录", "strong"))
        rows.addWidget(self.parts)
        rows.addWidget(self._links_title)
        rows.addWidget(self.links)
        rows.addStretch(1)
        self.parts.chosen.connect(self.part_requested)
        self.links.chosen.connect(self.link_requested)
        self._follow_theme()
        context.theme.changed.connect(self._follow_theme)

    def _follow_theme(self) -> None:
        self.setFixedWidth(self._context.theme.metrics.body * WIDTH_IN_CHARACTERS)

    def show_entries(self, parts: Sequence[Entry], links: Sequence[Entry]) -> None:
        """Show the parts of another page and what it leads to."""
        self._shown = parts, links
        self.parts.show_entries(parts)
        self.links.show_entries(links)
        self.links.setVisible(bool(links))
        self._links_title.setVisible(bool(links))

    @property
    def anchors(self) -> list[str]:
        """Of the parts, in order."""
        return [entry.target for entry in self._shown[0]]

    @property
    def is_of_use(self) -> bool:
        """Whether there is more than one thing to go to."""
        return sum(map(len, self._shown)) > 1

    def fill_menu(self, menu: QMenu) -> None:
        """The same as a menu, for where there is no room beside the page."""
        menu.clear()
        parts, links = self._shown
        for title, entries, signal in (
            ("本页目录", parts, self.part_requested),
            ("本页提到的", links, self.link_requested),
        ):
            if entries:
                menu.addSection(title)
            for entry in entries:
                action = menu.addAction(entry.text.replace("&", "&&"))
                action.triggered.connect(partial(_tell_target, signal, entry.target))


def _tell_target(signal: object, target: str, _checked: bool = False) -> None:
    signal.emit(target)  # type: ignore[attr-defined]
