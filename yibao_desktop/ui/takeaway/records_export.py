"""Putting all records into one file, wherever the window offers it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.qt_paths import path_from_qt
from yibao_desktop.ui.takeaway.file_dialog import dialog_to_save
from yibao_desktop.ui.widgets.base.labels import breakable
from yibao_desktop.ui.work.tasks import Lane

FILE_NAME = "医保指南的记录.json"
FILE_KINDS = "医保指南的记录 (*.json)"
PARCEL_NAME = "医保指南的记录和资料.zip"
PARCEL_KINDS = "医保指南的记录和资料 (*.zip)"
ALL_KINDS = "医保指南存出来的 (*.json *.zip)"


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

    def ask(self, with_documents: bool = False) -> None:
        """Ask for the file; what stands in the way of writing it is told by the tasks."""
        name, kinds = (PARCEL_NAME, PARCEL_KINDS) if with_documents else (FILE_NAME, FILE_KINDS)
        dialog = dialog_to_save("存成一个文件", name, kinds, self._window)
        dialog.fileSelected.connect(partial(self._on_chosen, with_documents))
        dialog.open()

    def _on_chosen(self, with_documents: bool, chosen: str) -> None:
        file = path_from_qt(chosen)
        call = partial(self._write_everything if with_documents else self._write, file)
        lane = Lane.DOCUMENTS if with_documents else Lane.RECORDS
        self._context.tasks.run(call, partial(self._on_written, file), self, lane=lane)

    def _write(self, file: Path) -> _Written:
        services = self._context.services
        done = services.records.export(file, services.settings.current, overwrite=True)
        return _Written(f"办理 {done.cases} 件", done.remarks)

    def _write_everything(self, file: Path) -> _Written:
        from yibao_desktop.services.own_transfer import write_everything

        services, settings = self._context.services, self._context.services.settings.current
        done, along = write_everything(services.own, services.records, settings, file, True)
        remarks = (*done.remarks, *along.remarks)
        return _Written(f"办理 {done.cases} 件、本地资料 {along.documents} 份", remarks)

    def _on_written(self, file: Path, written: _Written) -> None:
        said = f"存好了，{written.said}：{breakable(str(file))}。里面有家人的称呼，请自己收好。"
        self.exported.emit(said + "".join(written.remarks))


@dataclass(frozen=True, slots=True)
class _Written:
    """What went into a file, in a few words, and what could not, in sentences."""

    said: str
    remarks: tuple[str, ...]
