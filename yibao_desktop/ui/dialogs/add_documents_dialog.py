"""Adding documents of one's own: choose, look at all of them once, add."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QProgressBar, QPushButton, QWidget

from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.domain.own.reading import SUFFIXES
from yibao_desktop.errors import YibaoError
from yibao_desktop.services.own_looks import Look, Progress, Verdict
from yibao_desktop.services.own_service import Added
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.document_card import DocumentCard
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.looks.qt_paths import path_from_qt
from yibao_desktop.ui.takeaway.file_dialog import dialog_to_open
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.base.labels import ZERO_WIDTH_SPACE, breakable, text_label
from yibao_desktop.ui.work.tasks import Lane

MAX_FOLDER = 40


class AddDocumentsDialog(TextDialog):
    """Begins with files that were dropped, or asks for some.

    Signals:
        added: ``Added``, once everything chosen is on disk or was refused.
        open_requested: id of a document that is there already.
    """

    added = Signal(object)
    open_requested = Signal(str)
    _progressed = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget, paths: Sequence[Path] = ()) -> None:
        super().__init__(context, parent)
        self.resize(parent.size())
        self._context = context
        self._stop = Event()
        self._cards: list[DocumentCard] = []
        self._folders: list[str] = []
        self.setWindowTitle("加本地资料")
        self._start = QPushButton("加进来")
        self._start.clicked.connect(self._on_start_clicked)
        self._start.hide()
        self.buttons.lead_with(self._start)
        self._progressed.connect(self._on_progressed)
        if paths:
            self.look_at(paths)
        else:
            self._ask()

    # -- choosing -------------------------------------------------------------------------------

    def _ask(self) -> None:
        kinds = "、".join(SUFFIXES)
        self.column.clear()
        self.column.add(text_label("把自己的资料放进指南", "h2"))
        self.column.add(
            text_label(
                "单位的通知、窗口发的单子，加进来以后跟别的页一样看、一样搜、一样打印。"
                "原件会存一份，原来的文件不动。"
            )
        )
        kinds = kinds.replace("、", f"、{ZERO_WIDTH_SPACE}")  # a full stop would hold them together
        self.column.add(text_label(f"能加的文件：{kinds}。一个文件最多 32 MB。", "quiet"))
        files, folder = QPushButton("选文件…"), QPushButton("选一个文件夹…")
        files.setProperty("role", "primary")
        files.clicked.connect(self._on_files_clicked)
        folder.clicked.connect(self._on_folder_clicked)
        for button in (files, folder):
            self.column.add_button(button)
        self.column.add(text_label("也可以把文件或文件夹直接拖到窗口里。", "quiet"))
        self.column.add(
            text_label(
                f"加进来的只存在这台电脑上，本指南不核对；看的时候一直会标着“{OWN.name}”。", "quiet"
            )
        )
        files.setFocus()

    def _on_files_clicked(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog = dialog_to_open("选要加的文件", f"资料 ({patterns});;所有文件 (*)", self)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_files_chosen)
        dialog.open()

    def _on_folder_clicked(self) -> None:
        dialog = dialog_to_open("选要加的文件夹", "", self)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._on_files_chosen)
        dialog.open()

    def _on_files_chosen(self, files: list[str]) -> None:
        self.look_at([path_from_qt(file) for file in files])

    # -- looking --------------------------------------------------------------------------------

    def look_at(self, paths: Sequence[Path]) -> None:
        """Read files and folders, and show what becomes of each."""
        self._show_progress("正在看这些文件")
        call = partial(self._look, list(paths))
        self._context.tasks.run(
            call, self._on_looked, self, self.reject, Lane.DOCUMENTS, self._on_refused
        )

    def _look(self, paths: list[Path]) -> tuple[list[Look], list[str]]:
        own = self._context.services.own
        return own.look(paths, self._progressed.emit, self._stopped), own.folders()

    def _stopped(self) -> bool:
        return self._stop.is_set() or self._context.tasks.closing

    def _show_progress(self, title: str) -> None:
        self._stop.clear()
        self.column.clear()
        self._start.hide()
        self.closing.setText("停下")
        self.column.add(text_label(title, "h2"))
        self._at = text_label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self.column.add(self._at)
        self.column.add(self._bar)
        self._working = True

    def _on_progressed(self, progress: Progress) -> None:
        self._at.setText(f"第 {progress.done + 1} 个，共 {progress.whole} 个：{progress.name}")
        self._bar.setRange(0, progress.whole)
        self._bar.setValue(progress.done)

    def _on_refused(self, error: YibaoError) -> None:
        self._working = False
        self.column.clear()
        self.closing.setText("关闭")
        self.column.add(text_label("没有加", "h2"))
        self.column.add(text_label(f"{error}{error.hint}"))

    def _on_looked(self, looked: tuple[list[Look], list[str]]) -> None:
        looks, self._folders = looked
        self._working = False
        self.column.clear()
        self.closing.setText("不加了")
        self._cards = [DocumentCard(look, self._context) for look in looks]
        can = sum(look.reading is not None for look in looks)
        stopped = "停下了，" if self._stop.is_set() else ""
        said = f"{stopped}看了 {len(looks)} 个文件，能加的 {can} 个"
        self.column.add(text_label(said, "h2"))
        similar = sum(look.verdict is Verdict.SIMILAR for look in looks)
        if similar:
            undecided = f"其中 {similar} 个跟已有的像是同一份：更新、另存还是不加，请在下面选。"
            self.column.add(text_label(undecided))
        if can:
            self._add_folder()
        for card in self._cards:
            card.decided.connect(self._count)
            card.open_requested.connect(self._on_open_requested)
            self.column.add(card)
        self._start.setVisible(bool(can))
        self._count()
        (self._start if can else self.closing).setFocus()

    def _add_folder(self) -> None:
        self._folder = QLineEdit()
        self._folder.setMaxLength(MAX_FOLDER)
        self._folder.setAccessibleName("归到哪一类")
        self._folder.setPlaceholderText("例如：缴费、门诊")
        self.column.add(text_label("归到哪一类（可以不写）", "strong"))
        self.column.add(self._folder)
        if self._folders:
            names = {name: name for name in self._folders}
            row = ChoiceRow[str]("归到", names, self._folder.setText, self._context, self)
            self.column.add(row)

    def _count(self) -> None:
        wanted = sum(card.is_wanted for card in self._cards)
        self._start.setText(f"加进来（{wanted} 份）")
        self._start.setEnabled(bool(wanted))

    def _on_open_requested(self, document_id: str) -> None:
        self.open_requested.emit(document_id)
        self.reject()

    # -- adding ---------------------------------------------------------------------------------

    def _on_start_clicked(self) -> None:
        folder = self._folder.text()
        choices = [card.choice(folder) for card in self._cards if card.is_wanted]
        self._cards = []
        self._show_progress("正在加进来")
        own = self._context.services.own
        call = partial(own.add, choices, self._progressed.emit, self._stopped)
        self._context.tasks.run(
            call, self._on_added, self, self.reject, Lane.DOCUMENTS, self._on_refused
        )

    def _on_added(self, added: Added) -> None:
        self._working = False
        self.added.emit(added)
        if not added.failed and not added.stopped:
            self.accept()
            return
        self.column.clear()
        self.closing.setText("关闭")
        stopped = "停下了，" if added.stopped else ""
        self.column.add(text_label(f"{stopped}加了 {len(added.documents)} 份", "h2"))
        for name, said in added.failed:
            self.column.add(text_label(breakable(name), "strong"))
            self.column.add(text_label(f"没有加：{said}"))

    def accept(self) -> None:
        """The button below stops what is under way first, and closes after that."""
        if self._working:
            self._stop.set()
            self._at.setText("正在停下……")
            return
        super().accept()

    def reject(self) -> None:
        """Closing stops what is under way; what is on disk by then stays."""
        self._stop.set()
        super().reject()

    _working = False
