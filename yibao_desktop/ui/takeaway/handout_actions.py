"""Taking a document along: on paper, as a PDF file, as text, as days in a calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from yibao_desktop.domain.records.reminder import Reminder
from yibao_desktop.errors import YibaoError
from yibao_desktop.services.file_writer import write_file
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.looks.qt_paths import path_from_qt
from yibao_desktop.ui.takeaway.folders import saved_message
from yibao_desktop.ui.work.tasks import Lane

# What lays out pages and prints is loaded when somebody first takes something along.
if TYPE_CHECKING:
    from yibao_desktop.domain.wording.handout import Handout
    from yibao_desktop.ui.takeaway.paper_style import PaperStyle


Make = Callable[[], "Handout"]
"""Makes the document; called off the window's thread."""


@runtime_checkable
class Printable(Protocol):
    """A page that can be taken along."""

    def handout(self) -> Make | None:
        """What makes a document of what is on the screen; None while there is nothing."""


class HandoutActions(QObject):
    """What can be done with a document; the message bar says what came of it."""

    def __init__(self, context: UiContext, page: QWidget) -> None:
        """Serve a page that lives as long as the window does."""
        super().__init__(page)
        self._context = context
        self._page = page
        self._busy = False

    def print(self, make: Make) -> None:
        """Let the user choose a printer, and print."""
        self._make(make, self._on_made_to_print)

    def save_pdf(self, make: Make) -> None:
        """Let the user choose a file, and write a PDF."""
        self._make(make, self._on_made_to_save)

    def copy_text(self, make: Make) -> None:
        """Put the document on the clipboard as text."""
        self._make(make, self._on_made_to_copy)

    def save_calendar(self, make: Make, reminders: Sequence[Reminder]) -> None:
        """Let the user choose a file, and write the document's days for a calendar."""
        self._make(make, partial(self._on_made_to_remind, tuple(reminders)))

    def _make(self, make: Make, on_made: Callable[[Handout], None]) -> None:
        if self._busy:  # two quick clicks open one dialog
            return
        self._busy = True
        self._context.tasks.run(
            make, partial(self._on_made, on_made), self, self._on_not_made, lane=Lane.CONTENT
        )

    def _on_made(self, on_made: Callable[[Handout], None], handout: Handout) -> None:
        self._busy = False
        on_made(handout)

    def _on_not_made(self) -> None:
        self._busy = False

    @property
    def _style(self) -> PaperStyle:
        from yibao_desktop.ui.takeaway.paper_style import PaperStyle

        services = self._context.services
        size = services.settings.current.text_size
        return PaperStyle.of(services.paths.resources, size)

    def _on_made_to_print(self, handout: Handout) -> None:
        from yibao_desktop.ui.takeaway.file_dialog import documents
        from yibao_desktop.ui.takeaway.printing import PrintJob

        file = documents() / f"{handout.file_name}.pdf"
        job = PrintJob(handout, self._style, self._page.window(), file)
        job.printed.connect(self._on_printed)
        job.failed.connect(self._on_failed)
        job.ask()

    def _on_made_to_save(self, handout: Handout) -> None:
        from yibao_desktop.ui.takeaway.printing import pdf_bytes

        content = partial(pdf_bytes, handout, self._style)
        self._ask_for_file(f"{handout.file_name}.pdf", "PDF 文件 (*.pdf)", content)

    def _on_made_to_remind(self, reminders: Sequence[Reminder], handout: Handout) -> None:
        from yibao_desktop.services.calendar_file import calendar_file

        content = partial(calendar_file, reminders, self._context.services.clock.now())
        self._ask_for_file(f"{handout.file_name}.ics", "日历文件 (*.ics)", content)

    def _on_made_to_copy(self, handout: Handout) -> None:
        QGuiApplication.clipboard().setText(handout.text)
        self._say("已经复制成文字，可以粘贴到微信里发给家人。")

    def _ask_for_file(self, name: str, kind: str, content: Callable[[], bytes]) -> None:
        from yibao_desktop.ui.takeaway.file_dialog import dialog_to_save

        dialog = dialog_to_save("存到哪里", name, kind, self._page.window())
        dialog.fileSelected.connect(partial(self._on_file_chosen, content))
        dialog.open()

    def _on_file_chosen(self, content: Callable[[], bytes], chosen: str) -> None:
        path = path_from_qt(chosen)
        write = partial(write_file, path, content())
        self._context.tasks.run(write, partial(self._on_saved, path), self, lane=Lane.CONTENT)

    def _on_saved(self, path: Path, _: None) -> None:
        self._context.events.message_requested.emit(saved_message(path, self._context.events))

    def _on_printed(self) -> None:
        self._say("已经交给打印机了。")

    def _on_failed(self, error: YibaoError) -> None:
        self._context.events.message_requested.emit(Message.of(error))

    def _say(self, text: str) -> None:
        self._context.events.message_requested.emit(Message(text))
