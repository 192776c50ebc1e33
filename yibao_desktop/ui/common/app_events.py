"""What any page or widget tells the window, and what every page may have to know."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from yibao_desktop.ui.common.navigation import Location, Place


class AppEvents(QObject):
    """News and wishes that concern more than the page they come from.

    Signals:
        changed: ``Changes`` a service returned.
        written: ``Changes`` that stored what was written in a field, which shows it already.
        results_shown: ids of the items on screen as results of the newest query.
        open_requested: ``Location`` to be shown.
        link_followed: what a link in a text leads to, as it stands in the link.
        replace_requested: ``Location`` to be shown in the place of the page that asks, to which
            there is no way back.
        found_requested: ``Hit`` of which the page is to be shown.
        region_requested: the place of the user is to be chosen.
        bookmark_requested: id of the item on whose bookmark something is to be written.
        original_requested: id of the document of one's own whose original is to be opened.
        document_change_requested: id of the document to be named or sorted anew.
        document_removal_requested: id of the document to be removed.
        message_requested: ``Message`` for the message bar.
        content_built: packs have come, changed or gone; the content in use is another by now.
    """

    changed = Signal(object)
    written = Signal(object)
    results_shown = Signal(object)
    open_requested = Signal(object)
    link_followed = Signal(str)
    replace_requested = Signal(object)
    found_requested = Signal(object)
    region_requested = Signal()
    bookmark_requested = Signal(str)
    original_requested = Signal(str)
    document_change_requested = Signal(str)
    document_removal_requested = Signal(str)
    message_requested = Signal(object)
    content_built = Signal()

    def open_item(self, item_id: str) -> None:
        """Ask for the page of an item."""
        self.open_requested.emit(Location(Place.ITEM, item_id))

    def follow(self, target: str) -> None:
        """Ask for what a link in a text leads to: an item, or a place there is one of."""
        self.link_followed.emit(target)

    def open_case(self, case_id: str) -> None:
        """Ask for a case."""
        self.open_requested.emit(Location(Place.CASE, case_id))
