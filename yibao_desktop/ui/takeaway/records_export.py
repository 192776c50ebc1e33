"""Putting all records into one file, wherever the window offers it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from yibao_desktop.services.backup_service import Exported
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.qt_paths import path_from_qt
from yibao_desktop.ui.takeaway.file_dialog import dialog_to_save
from yibao_desktop.ui.widgets.base.labels import breakable

FILE_NAME = "医保指南的记录.json"
FILE_KINDS = "医保指南的记录 (*.json)"


class RecordsExport(QObject):
    """Asks for a file and writes all records into it.

    Signals:
        exported: a sentence that says where to, once everything is on disk.
    """

    exported = Signal(str)

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def ask(self) -> None:
        """Ask for the file; what stands in the way of writing it is told by the tasks."""
        dialog = dialog_to_save("存成一个文件", FILE_NAME, FILE_KINDS, self._window)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, chosen: str) -> None:
        file = path_from_qt(chosen)
        services = self._context.services
        settings = services.settings.current
        call = partial(services.records.export, file, settings, overwrite=True)
        self._context.tasks.run(call, partial(self._on_exported, file), self)

    def _on_exported(self, file: Path, done: Exported) -> None:
        said = (
            f"存好了，办理 {done.cases} 件：{breakable(str(file))}。里面有家人的称呼，请自己收好。"
        )
        self.exported.emit(said + "".join(done.remarks))
