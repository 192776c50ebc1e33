"""The user's records as a whole: backups to go back to, and one file to take along."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.services.backup_service import (
    BackupView,
    ImportPlan,
    moment_text,
    preview_lines,
)
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.dialogs.import_dialog import ImportDialog
from yibao_desktop.ui.dialogs.restore_dialog import RestoreDialog
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.looks.qt_paths import path_from_qt
from yibao_desktop.ui.takeaway.file_dialog import dialog_to_open
from yibao_desktop.ui.takeaway.records_export import FILE_KINDS, RecordsExport
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.message_bar import MessageBar


class RecordsDialog(TextDialog):
    """Lists the backups and what each holds; exports and imports."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._context = context
        self._titles: dict[str, str] = {}
        self._regions: dict[str, str] = {}
        self.setWindowTitle("备份与恢复")
        self.message = MessageBar(context)
        self.layout().insertWidget(0, self.message)  # type: ignore[union-attr]
        context.tasks.failed.connect(self._on_task_failed)
        self._export = RecordsExport(context, self)
        self._export.exported.connect(self._tell)
        self._load()

    def _load(self) -> None:
        self._context.tasks.run(self._read, self._on_read, self)

    def _read(self) -> tuple[list[BackupView], dict[str, str], dict[str, str]]:
        services = self._context.services
        titles = {p.id: p.title for p in services.procedures.procedures()}
        regions = {region.code: region.name for region in services.guide.regions()}
        return services.records.backups(), titles, regions

    def _on_read(self, read: tuple[list[BackupView], dict[str, str], dict[str, str]]) -> None:
        backups, self._titles, self._regions = read
        self.column.clear()
        self.column.add(text_label("备份与恢复", "h2"))
        self._add_taking_along()
        self.column.add(text_label("自动备份", "h3"))
        if not backups:
            text = "还没有备份。关掉医保指南的时候，记录有变化就会自动备份。"
            self.column.add(text_label(text, "quiet"))
        for backup in backups:
            self._add_backup(backup)

    def _add_taking_along(self) -> None:
        self.column.add(
            text_label(
                "办理、收藏和设置都存在这台电脑上。要换电脑、要另外留一份，可以存成一个文件。"
            )
        )
        out = QPushButton("把记录存成一个文件…")
        out.clicked.connect(self._export.ask)
        into = QPushButton("读入存好的文件…")
        into.clicked.connect(self._on_import_clicked)
        for button in (out, into):
            self.column.add_button(button)

    def _add_backup(self, backup: BackupView) -> None:
        when = moment_text(backup.made_at)
        self.column.add(text_label(f"{when}　{backup.reason}", "strong"))
        held = "\n".join(preview_lines(backup.preview, self._titles))
        self.column.add(text_label(held, "quiet"))
        if backup.preview is not None:
            restore = QPushButton("恢复这一份")
            restore.setAccessibleName(f"恢复这一份：{when}")
            restore.clicked.connect(partial(self._on_restore_clicked, backup))
            self.column.add_button(restore)

    # -- restoring ------------------------------------------------------------------------------

    def _on_restore_clicked(self, backup: BackupView, _checked: bool = False) -> None:
        dialog = RestoreDialog(self._context, backup, self)
        dialog.accepted.connect(partial(self._restore, backup))
        dialog.open()

    def _restore(self, backup: BackupView) -> None:
        call = partial(self._context.services.records.restore, backup.name)
        self._context.write(call, self, partial(self._on_restored, backup))

    def _on_restored(self, backup: BackupView, _changes: Changes) -> None:
        when = moment_text(backup.made_at)
        self._tell(f"已经恢复成 {when} 的样子；刚才的也备份了一份。")
        self._load()

    # -- one file -------------------------------------------------------------------------------

    def _on_import_clicked(self) -> None:
        dialog = dialog_to_open("读入存好的文件", FILE_KINDS, self)
        dialog.fileSelected.connect(self._on_import_chosen)
        dialog.open()

    def _on_import_chosen(self, file: str) -> None:
        call = partial(self._context.services.records.read_file, path_from_qt(file))
        self._context.tasks.run(call, self._on_file_read, self)

    def _on_file_read(self, plan: ImportPlan) -> None:
        dialog = ImportDialog(self._context, plan, self._titles, self._regions, self)
        dialog.imported.connect(self._on_imported)
        dialog.open()

    def _on_imported(self) -> None:
        self._tell("读入了。读入之前的记录也备份了一份。")
        self._load()

    # -- news -----------------------------------------------------------------------------------

    def _tell(self, text: str) -> None:
        self.message.show_message(Message(text))

    def _on_task_failed(self, error: Exception) -> None:
        self.message.show_message(Message.of(error))  # type: ignore[arg-type]
