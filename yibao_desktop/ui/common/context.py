"""What every page is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Unpack

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon

from yibao_desktop.bootstrap import Services
from yibao_desktop.errors import DataError
from yibao_desktop.services.changes import Changes
from yibao_desktop.settings import SettingsChange
from yibao_desktop.ui.common.app_events import AppEvents
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.common.speech import Speech
from yibao_desktop.ui.common.undo import Undo
from yibao_desktop.ui.common.unsaved import Unsaved
from yibao_desktop.ui.looks.icons import IconLoader
from yibao_desktop.ui.looks.theme import ThemeManager
from yibao_desktop.ui.work.tasks import TaskRunner


@dataclass(frozen=True, slots=True)
class UiContext:
    """Services, background work, news, looks, voice, what is not stored yet, what can be undone."""

    services: Services
    tasks: TaskRunner
    events: AppEvents
    theme: ThemeManager
    icons: IconLoader
    speech: Speech
    unsaved: Unsaved
    undo: Undo

    def icon(self, name: str, color: str | None = None) -> QIcon:
        """An icon in the colour of text, or in a given one."""
        return self.icons.load(name, color or self.theme.colors.text)

    def write(
        self,
        call: Callable[[], Changes],
        owner: QObject,
        on_done: Callable[[Changes], None] | None = None,
        on_failed: Callable[[], None] | None = None,
    ) -> None:
        """Run a call that writes; all pages hear what changed, even where ``owner`` is gone."""
        told = self.events.changed.emit
        self.tasks.run(call, on_done or _pass, owner, on_failed, in_any_case=told)

    def change_settings(self, **changes: Unpack[SettingsChange]) -> None:
        """Change settings; where they cannot be kept, that is said and the old ones hold."""
        try:
            self.services.settings.update(**changes)
        except DataError as error:
            self.events.message_requested.emit(Message.of(error))


def _pass(_changes: Changes) -> None:
    """Nobody but the pages wants to hear it."""
