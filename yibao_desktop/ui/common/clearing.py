"""Clearing what was read and searched for, from wherever that is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.undo import Done


def clear_history(context: UiContext, owner: QObject) -> None:
    """Forget it; until another visitor comes it can be had back."""
    context.tasks.run(partial(_clear, context), partial(_on_cleared, context), owner)


def _clear(context: UiContext) -> tuple[Changes, Callable[[], Changes]]:
    reading = context.services.reading
    kept = reading.kept_history()
    return reading.clear_history(), partial(reading.bring_back, *kept)


def _on_cleared(context: UiContext, done: tuple[Changes, Callable[[], Changes]]) -> None:
    changes, bring_back = done
    context.events.changed.emit(changes)
    cleared = Done("清除看过的和搜过的", changes, bring_back)
    context.undo.offer("看过的和搜过的记录清除了", cleared)
