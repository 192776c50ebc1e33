"""What the user wants done with the case on the page: one place all its widgets tell it to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from yibao_desktop.domain.records.commands import CaseCommand


class CaseWishes(QObject):
    """Given to every widget of a case, so that none of them hands on what another one tells.

    Signals:
        command_requested: the ``CaseCommand`` to be carried out.
        question_requested: id of the question, or the choice among steps, to be answered again.
        day_requested: id of the step of which the day it was done is to be changed.
        name_requested: the name under which what was only looked through is to be kept.
        rename_requested: the case is to be called something else.
        delete_requested: the case is to be deleted.
    """

    command_requested = Signal(object)
    question_requested = Signal(str)
    day_requested = Signal(str)
    name_requested = Signal(str)
    rename_requested = Signal()
    delete_requested = Signal()

    def command(self, command: CaseCommand) -> None:
        """Ask for a command."""
        self.command_requested.emit(command)
