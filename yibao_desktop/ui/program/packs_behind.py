"""Content packs are built in behind what is shown, where guide or place are others by now."""

from __future__ import annotations

from PySide6.QtCore import QObject

from yibao_desktop.settings import Settings
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.work.tasks import Lane

_SAID = "内容包照现在的指南和地区重新装好了，现在就能看到。"


class PacksBehind(QObject):
    """Looks after an update of the program, and whenever the user's place changes."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._region = context.services.settings.current.region
        context.services.settings.listen(self._on_settings_changed)

    def _on_settings_changed(self, settings: Settings) -> None:
        if settings.region != self._region:
            self._region = settings.region
            self.build_in()

    def build_in(self) -> None:
        """Build them in, if there are any and they are behind."""
        if self._context.services.paths.packs.is_dir():
            tasks = self._context.tasks
            tasks.run(self._catch_up, self._on_caught_up, self, lane=Lane.DOCUMENTS)

    def _catch_up(self) -> bool:
        if not self._context.services.packs_are_behind:
            return False
        packs = self._context.services.packs
        packs.stop_when(lambda: self._context.tasks.closing)
        return packs.catch_up()

    def _on_caught_up(self, was_behind: bool) -> None:
        if was_behind:
            self._context.events.content_built.emit()
            self._context.events.message_requested.emit(Message(_SAID))
