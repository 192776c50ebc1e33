"""Where a bookmark's folder and note are written, and where a folder gets another name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from yibao_desktop.domain.records.kept_text import FOLDER
from yibao_desktop.domain.records.reading import Bookmark
from yibao_desktop.services.changes import Changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.form_dialog import FormDialog
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.base.labels import text_label

NOTE_LINES = 3


class BookmarkDialog(FormDialog):
    """Folder and note of one bookmark."""

    def __init__(
        self, bookmark: Bookmark, folders: Sequence[str], context: UiContext, parent: QWidget
    ) -> None:
        super().__init__(context, parent)
        self._bookmark = bookmark
        self.setWindowTitle("收藏：备注和文件夹")
        self.column.add(text_label(bookmark.title, "h2"))
        self._build_note(bookmark.note)
        self._build_folder(bookmark.folder, folders)
        self._note.setFocus()

    def _build_note(self, note: str) -> None:
        self._note = QPlainTextEdit(note)
        self._note.setAccessibleName("备注")
        self._note.setPlaceholderText("想记点什么，写在这里")
        self._note.setTabChangesFocus(True)
        line = self._context.theme.metrics.line_spacing
        self._note.setFixedHeight((NOTE_LINES + 1) * line)
        self.column.add(text_label("备注（可以不写）", "strong"))
        self.add_field(self._note)

    def _build_folder(self, folder: str, folders: Sequence[str]) -> None:
        self._folder = QLineEdit(folder)
        self._folder.setMaxLength(FOLDER.most)
        self._folder.setAccessibleName("文件夹")
        self._folder.setPlaceholderText("例如：妈妈的事")
        self.column.add(text_label("放进文件夹（可以不写）", "strong"))
        self.add_field(self._folder)
        if folders:
            names = {"": "不放"} | {name: name for name in folders}
            row = ChoiceRow[str]("文件夹", names, self._folder.setText, self._context, self)
            row.show_chosen(folder)
            self._folder.textChanged.connect(partial(_show_typed, row))
            self.column.add(row)

    def _call(self) -> Callable[[], Changes]:
        note = self._note.toPlainText().strip()
        folder = self._folder.text().strip()
        bookmark = replace(self._bookmark, note=note, folder=folder)
        return partial(self._context.services.reading.put_bookmark, bookmark)


class FolderDialog(FormDialog):
    """Another name for a folder."""

    def __init__(self, folder: str, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._old = folder
        self.setWindowTitle("文件夹改名")
        self.column.add(text_label(f"“{folder}”改成什么名字？", "h2"))
        self._name = QLineEdit(folder)
        self._name.setMaxLength(FOLDER.most)
        self._name.setAccessibleName("文件夹的新名字")
        self.add_field(self._name)
        self.column.add(
            text_label(
                "改成已经有的名字，两个文件夹就合成一个；空着，里面的就不在文件夹里了。",
                "quiet",
            )
        )
        self._name.setFocus()
        self._name.selectAll()

    def _call(self) -> Callable[[], Changes]:
        rename = self._context.services.reading.rename_folder
        return partial(rename, self._old, self._name.text().strip())


def _show_typed(row: ChoiceRow[str], typed: str) -> None:
    row.show_chosen(typed.strip())
