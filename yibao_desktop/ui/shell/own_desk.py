"""Documents of one's own: added from the menu or by dropping files, changed, removed, had back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import HOME, Location, Message, Place
from yibao_desktop.ui.common.undo import Done
from yibao_desktop.ui.work.tasks import Lane

if TYPE_CHECKING:
    from yibao_desktop.domain.own.document import OwnDocument
    from yibao_desktop.services.own_service import Added
    from yibao_desktop.services.own_shelf import Known

NOT_ALLOWED = Message(
    "这台电脑不让加本地资料；要加，请在设置里打开“可以加本地资料”。", warning=True
)


class OwnDesk(QObject):
    """Opens the dialogs over the window, and takes files that are dropped on it."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        events = context.events
        events.original_requested.connect(self.show_original)
        events.document_change_requested.connect(self.show_change)
        events.document_removal_requested.connect(self.remove)

    # -- adding ---------------------------------------------------------------------------------

    def show_adding(self, paths: Sequence[Path] = ()) -> None:
        """Let the user choose files, or go on with those that were dropped."""
        from yibao_desktop.ui.dialogs.add_documents_dialog import AddDocumentsDialog

        if self._context.services.settings.current.no_documents:
            self._context.events.message_requested.emit(NOT_ALLOWED)
            return
        dialog = AddDocumentsDialog(self._context, self._window, paths)
        dialog.added.connect(self._on_added)
        dialog.open_requested.connect(self._context.events.open_item)
        dialog.open()

    def _on_added(self, added: Added) -> None:
        if not added.documents:
            return
        self._context.events.changed.emit(added.changes)
        first = added.documents[0]
        count = len(added.documents)
        said = f"加好了：《{first.title}》" if count == 1 else f"加好了 {count} 份资料"
        self._context.events.open_item(first.id if count == 1 else first.parent)
        self._context.events.message_requested.emit(Message(f"{said}。"))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Files may be dropped anywhere on the window."""
        if isinstance(event, QDragMoveEvent | QDragEnterEvent) and _files(event):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            files = _files(event)
            if files:
                event.acceptProposedAction()
                self.show_adding(files)
                return True
        return False

    # -- one document ---------------------------------------------------------------------------

    def show_original(self, document_id: str) -> None:
        """Ask, and hand the original to another program."""
        call = partial(self._context.services.own.original, document_id)
        self._context.tasks.run(call, self._on_original_ready, self, lane=Lane.DOCUMENTS)

    def _on_original_ready(self, file: Path) -> None:
        from yibao_desktop.ui.dialogs.original_dialog import OriginalDialog

        OriginalDialog(file, self._window).open()

    def show_change(self, document_id: str) -> None:
        """Let the user name and sort a document anew."""
        call = partial(self._read, document_id)
        self._context.tasks.run(call, self._on_read, self, lane=Lane.CONTENT)

    def _read(self, document_id: str) -> tuple[OwnDocument | None, Known]:
        own = self._context.services.own
        return own.document(document_id), own.known()

    def _on_read(self, found: tuple[OwnDocument | None, Known]) -> None:
        from yibao_desktop.ui.dialogs.document_dialog import DocumentDialog

        document, known = found
        if document is not None:
            dialog = DocumentDialog(document, known, self._context, self._window)
            dialog.stored.connect(partial(self._on_changed, document))
            dialog.open()

    def _on_changed(self, before: OwnDocument, changes: Changes) -> None:
        events = self._context.events
        events.changed.emit(changes)
        events.replace_requested.emit(Location(Place.ITEM, before.id))
        back = partial(self._change_back, before)
        open_again = partial(events.open_item, before.id)
        name = f"改《{before.title}》的名字、归类"
        changed = Done(name, changes, back, Lane.DOCUMENTS, open_again)
        self._context.undo.offer("改好了。", changed)

    def _change_back(self, before: OwnDocument) -> Changes:
        """Name and sort a document as it was; what it says may be another by now."""
        own = self._context.services.own
        now = own.document(before.id) or before
        return own.change(
            replace(
                now,
                title=before.title,
                folder=before.folder,
                region=before.region,
                dated=before.dated,
                valid_until=before.valid_until,
            )
        )

    def remove(self, document_id: str) -> None:
        """Remove a document; the message offers to undo it."""
        call = partial(self._remove, document_id)
        self._context.tasks.run(call, self._on_removed, self, lane=Lane.DOCUMENTS)

    def _remove(self, document_id: str) -> tuple[OwnDocument | None, Changes]:
        own = self._context.services.own
        return own.document(document_id), own.remove(document_id)

    def _on_removed(self, done: tuple[OwnDocument | None, Changes]) -> None:
        document, changes = done
        assert document is not None
        events = self._context.events
        events.changed.emit(changes)
        events.replace_requested.emit(HOME)
        back = partial(self._context.services.own.put_back, document.id)
        open_again = partial(events.open_item, document.id)
        name = f"移除《{document.title}》"
        removed = Done(name, changes, back, Lane.DOCUMENTS, open_again)
        said = f"移除了：《{document.title}》。30 天里可以找回来。"
        self._context.undo.offer(said, removed)


def _files(event: QDropEvent) -> list[Path]:
    """Files and folders of this computer that are dragged; nothing from a network."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
