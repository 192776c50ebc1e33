"""When something is wrong: the report of it, to be read, and kept as one file if one likes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from yibao_desktop.errors import YibaoError
from yibao_desktop.services.problem_report import FILE_NAME, ProblemReport
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.looks.qt_paths import path_from_qt
from yibao_desktop.ui.takeaway.file_dialog import dialog_to_save
from yibao_desktop.ui.widgets.base.labels import breakable, text_label
from yibao_desktop.ui.widgets.base.message_bar import MessageBar

WHAT_TO_DO = (
    "哪里不对，先关掉程序再打开试试；您打过的勾和写的备注都存好了。",
    "还是不对，可以存一份问题报告，发给帮您弄电脑的人。里面是程序和电脑的版本、检查的结果和出错时的记录，"
    "没有您搜过、写过、办过的内容。程序不联网，不会自己发出去。",
)


class ReportDialog(TextDialog):
    """Says what to do, and shows the whole report before it is kept."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._context = context
        self._report = ProblemReport(context.services.paths, context.services.clock)
        self.setWindowTitle("出了问题")
        self.message = MessageBar(context)
        self.layout().insertWidget(0, self.message)  # type: ignore[union-attr]
        self.column.add(text_label("出了问题怎么办", "h2"))
        for line in WHAT_TO_DO:
            self.column.add(text_label(line))
        self._shown = QPlainTextEdit(readOnly=True)
        self._shown.setAccessibleName("问题报告的内容")
        self._shown.setPlaceholderText("正在整理……")
        self._shown.setMinimumHeight(context.theme.metrics.body * 14)
        self.column.add(self._shown)
        copy, keep = QPushButton("复制"), QPushButton("存一份问题报告")
        copy.clicked.connect(self._on_copy_clicked)
        keep.clicked.connect(self._on_keep_clicked)
        for button in (copy, keep):
            self.buttons.add(button)
        context.tasks.run(self._report.text, self._shown.setPlainText, self)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._shown.toPlainText())
        announce(self, "已经复制")

    def _on_keep_clicked(self) -> None:
        dialog = dialog_to_save("存一份问题报告", FILE_NAME, "文本文件 (*.txt)", self)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, chosen: str) -> None:
        file = path_from_qt(chosen)
        save = partial(self._report.save, file)
        self._context.tasks.run(
            save, partial(self._on_kept, file), self, on_refused=self._on_refused
        )

    def _on_refused(self, error: YibaoError) -> None:
        self.message.show_message(Message.of(error))

    def _on_kept(self, file: Path, _: None) -> None:
        self.message.show_message(Message(f"存好了，在 {breakable(str(file))}"))
