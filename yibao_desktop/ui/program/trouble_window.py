"""What opens where the guide itself cannot be read: why, what to do, and what the user has."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.wording.case_lines import case_lines, case_name
from yibao_desktop.errors import YibaoError
from yibao_desktop.reports import program_line
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.takeaway.records_export import RecordsExport
from yibao_desktop.ui.widgets.base.button_row import ButtonRow
from yibao_desktop.ui.widgets.base.column import Column
from yibao_desktop.ui.widgets.base.grid import InColumn
from yibao_desktop.ui.widgets.base.labels import breakable, text_label
from yibao_desktop.ui.widgets.base.message_bar import MessageBar

WIDTH_IN_CHARACTERS = 52
HEIGHT_IN_CHARACTERS = 42


class TroubleWindow(QMainWindow):
    """Says in plain words that the program has to be installed again; the records can be read.

    Attributes:
        message: what just happened.
    """

    def __init__(self, error: YibaoError, context: UiContext) -> None:
        super().__init__()
        self._error = error
        self._context = context
        self._build_ui()
        self._connect_signals()

    def _build_ui(self) -> None:
        self.setWindowTitle("医保指南打不开")
        whole = QWidget(self)
        self.setCentralWidget(whole)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 2 * SPACE)
        self.message = MessageBar(self._context, whole)
        self._column = Column(whole)
        rows.addWidget(self.message)
        rows.addWidget(self._column, 1)
        rows.addWidget(self._buttons())
        self._column.clear(self._context.theme.metrics.column)
        self._add_what_happened()
        self._add_records()
        self._fit()

    def _fit(self) -> None:
        """Take the room the text would like, as far as the screen has it."""
        body = self._context.theme.metrics.body
        room = self.screen().availableSize()
        self.resize(
            min(body * WIDTH_IN_CHARACTERS, room.width() - 6 * SPACE),
            min(body * HEIGHT_IN_CHARACTERS, room.height() - 8 * SPACE),
        )

    def _buttons(self) -> QWidget:
        self._export_button = QPushButton("把记录存成一个文件…")
        self._folder_button = QPushButton("打开放记录的文件夹")
        self._copy_button = QPushButton("复制详细情况")
        self._close_button = QPushButton("关闭")
        row = ButtonRow(
            self._close_button, self._export_button, self._folder_button, self._copy_button
        )
        holder = InColumn(row, SPACE)
        holder.set_column(self._context.theme.metrics.column)
        return holder

    def _connect_signals(self) -> None:
        self._export = RecordsExport(self._context, self)
        self._export.exported.connect(self._tell)
        self._context.tasks.failed.connect(self._on_task_failed)
        self._export_button.clicked.connect(lambda: self._export.ask())
        self._folder_button.clicked.connect(self._on_folder_clicked)
        self._copy_button.clicked.connect(self._on_copy_clicked)
        self._close_button.clicked.connect(self.close)

    def _add_what_happened(self) -> None:
        add = self._column.add
        add(text_label("指南的资料坏了，现在查不了，也办不了", "h2"))
        add(text_label("存资料的文件坏了或者不见了，备用的一份也用不了。这不是您的问题。"))
        add(text_label("怎么办", "h3"))
        add(
            text_label(
                "把医保指南重新安装一遍就好：找到安装包，再装一次，不用先卸载。"
                "装的时候不会动您的记录。不会装的，请家人帮忙；"
                "急着办事，请直接问当地医保部门。"
            )
        )

    def _add_records(self) -> None:
        """All that was ticked and noted, so that nobody has to wait for the new installation."""
        services = self._context.services
        add = self._column.add
        add(text_label("您的记录", "h3"))
        if services.records.news:
            add(text_label(services.records.news))
        cases, bookmarks = services.records.cases(), services.reading.bookmarks()
        if cases or bookmarks:
            add(text_label("都还在，先在这里看；要带走，可以存成一个文件。"))
        else:
            add(text_label("还没有记录。", "quiet"))
        for case in cases:
            add(text_label(case_name(case), "strong"))
            add(text_label("\n".join(case_lines(case))))
        if bookmarks:
            add(text_label("收藏", "strong"))
            add(text_label("；".join(bookmark.title for bookmark in bookmarks)))

    @property
    def _details(self) -> str:
        paths = self._context.services.paths
        return "\n".join(
            (
                program_line(),
                f"{self._error}{self._error.hint}",
                f"记录在：{paths.user}",
                f"出错时的记录：{paths.log}",
            )
        )

    def _on_folder_clicked(self) -> None:
        folder = self._context.services.paths.user
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._tell(f"打不开文件夹，它在：{breakable(str(folder))}")

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._tell("复制好了，可以贴给帮您看的人。")

    def _on_task_failed(self, error: YibaoError) -> None:
        self.message.show_message(Message.of(error))

    def _tell(self, text: str) -> None:
        self.message.show_message(Message(text))
