"""The user's records as a whole: backups to go back to, and one file to take along."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.errors import DataError
from yibao_desktop.services.backup_service import (
    BackupView,
    ImportPlan,
    drafts_text,
    moment_text,
    preview_lines,
)
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.own_service import Added
from yibao_desktop.services.own_shelf import Size, size_text
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.dialogs.add_documents_dialog import AddDocumentsDialog
from yibao_desktop.ui.dialogs.import_dialog import ImportDialog
from yibao_desktop.ui.dialogs.restore_dialog import RestoreDialog
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.looks.qt_paths import path_from_qt
from yibao_desktop.ui.takeaway.file_dialog import dialog_to_open
from yibao_desktop.ui.takeaway.records_export import ALL_KINDS, RecordsExport
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.message_bar import MessageBar
from yibao_desktop.ui.widgets.base.switch import Switch

_NOT_IN_IT = (
    "编到一半的内容包和签名的密钥（密码锁着）在备份里，不在这个文件里；装上的内容包都不在，"
    "发的人那里有。要另外留一份，请关掉医保指南，把这个文件夹里的 packs 和 drafts 抄走："
)

_Read = tuple[list[BackupView], dict[str, str], dict[str, str], Size]


class RecordsDialog(TextDialog):
    """Lists the backups and what each holds; exports and imports."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._context = context
        self._titles: dict[str, str] = {}
        self._regions: dict[str, str] = {}
        self._own = Size(0, 0)
        self._with_documents = True
        self.setWindowTitle("备份与恢复")
        self.message = MessageBar(context)
        self.layout().insertWidget(0, self.message)  # type: ignore[union-attr]
        context.tasks.failed.connect(self._on_task_failed)
        self._export = RecordsExport(context, self)
        self._export.exported.connect(self._tell)
        self._load()

    def _load(self) -> None:
        self._context.tasks.run(self._read, self._on_read, self)

    def _read(self) -> _Read:
        services = self._context.services
        own = Size(0, 0)
        with suppress(DataError):  # this is where one comes when something is damaged
            own = services.own.size()
        titles = {p.id: p.title for p in services.procedures.procedures()}
        regions = {region.code: region.name for region in services.guide.regions()}
        return services.records.backups(), titles, regions, own

    def _on_read(self, read: _Read) -> None:
        backups, self._titles, self._regions, self._own = read
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
        out.clicked.connect(self._on_export_clicked)
        into = QPushButton("读入存好的文件…")
        into.clicked.connect(self._on_import_clicked)
        if self._own.documents:
            self.column.add(self._documents_switch())
        for button in (out, into):
            self.column.add_button(button)
        paths = self._context.services.paths
        if paths.packs.is_dir() or paths.drafts.is_dir():
            self.column.add(text_label(f"{_NOT_IN_IT}{paths.user}", "quiet"))

    def _documents_switch(self) -> Switch:
        size = f"{self._own.documents} 份，{size_text(self._own.bytes)}"
        name, meaning = f"连同本地资料（{size}）一起", "连同原件存在同一个文件里"
        switch = Switch(name, meaning, self._context, self)
        switch.asked.connect(partial(self._on_documents_asked, switch))
        switch.show_on(self._with_documents)
        return switch

    def _on_documents_asked(self, switch: Switch, on: bool) -> None:
        self._with_documents = on
        switch.show_on(on)

    def _on_export_clicked(self) -> None:
        self._export.ask(self._with_documents and self._own.documents > 0)

    def _add_backup(self, backup: BackupView) -> None:
        when = moment_text(backup.made_at)
        self.column.add(text_label(f"{when}　{backup.reason}", "strong"))
        lines = preview_lines(backup.preview, self._titles)
        held = "\n".join([*lines, *filter(None, [drafts_text(backup)])])
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
        dialog = dialog_to_open("读入存好的文件", ALL_KINDS, self)
        dialog.fileSelected.connect(self._on_import_chosen)
        dialog.open()

    def _on_import_chosen(self, chosen: str) -> None:
        file = path_from_qt(chosen)
        self._context.tasks.run(
            partial(self._read_file, file), partial(self._on_file_read, file), self
        )

    def _read_file(self, file: Path) -> tuple[ImportPlan, int]:
        from yibao_desktop.services.own_parcel import documents_in

        return self._context.services.records.read_file(file), documents_in(file)

    def _on_file_read(self, file: Path, read: tuple[ImportPlan, int]) -> None:
        plan, documents = read
        dialog = ImportDialog(self._context, plan, self._titles, self._regions, self, documents)
        dialog.imported.connect(self._on_imported)
        dialog.documents_requested.connect(partial(self._show_documents, file))
        dialog.open()

    def _on_imported(self) -> None:
        self._tell("读入了。读入之前的记录也备份了一份。")
        self._load()

    # -- documents in it ------------------------------------------------------------------------

    def _show_documents(self, file: Path) -> None:
        dialog = AddDocumentsDialog(self._context, self, [file])
        dialog.added.connect(self._on_documents_added)
        dialog.open_requested.connect(self._on_document_requested)
        dialog.open()

    def _on_documents_added(self, added: Added) -> None:
        self._context.events.changed.emit(added.changes)
        self._tell(f"读入了，本地资料加了 {len(added.documents)} 份。")
        self._load()

    def _on_document_requested(self, document_id: str) -> None:
        self._context.events.open_item(document_id)
        self.accept()

    # -- news -----------------------------------------------------------------------------------

    def _tell(self, text: str) -> None:
        self.message.show_message(Message(text))

    def _on_task_failed(self, error: Exception) -> None:
        self.message.show_message(Message.of(error))  # type: ignore[arg-type]
