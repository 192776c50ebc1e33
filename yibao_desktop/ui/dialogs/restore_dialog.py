"""Asks before a backup takes the place of the records."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.services.backup_service import BackupView, drafts_text, moment_text, preview_text
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.button_row import ButtonRow
from yibao_desktop.ui.widgets.base.labels import text_label


class RestoreDialog(QDialog):
    """Says what will be there afterwards, and that nothing is lost."""

    def __init__(self, context: UiContext, backup: BackupView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("恢复备份")
        self.setMinimumWidth(min(context.theme.metrics.body * 26, parent.width() - 4 * SPACE))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        rows.setSpacing(2 * SPACE)
        when = moment_text(backup.made_at)
        rows.addWidget(text_label(f"恢复成 {when} 的样子？", "h2"))
        rows.addWidget(text_label(f"恢复以后有：{preview_text(backup.preview)}。"))
        if drafts := drafts_text(backup):
            rows.addWidget(text_label(drafts))
        rows.addWidget(text_label("现在的记录会先备份一份，恢复错了还能换回来。", "quiet"))
        stay = QPushButton("不恢复")
        stay.clicked.connect(self.reject)
        restore = QPushButton("恢复")
        restore.clicked.connect(self.accept)
        rows.addStretch(1)
        rows.addWidget(ButtonRow(restore, stay))
        stay.setFocus()
