"""Asking for a file, in Chinese throughout and among the user's documents first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from yibao_desktop.ui.looks.qt_paths import qt_folder

DIALOG_SHARE = 0.9
"""Of the window, where the system offers no dialog of its own."""

_LABELS = {
    QFileDialog.DialogLabel.LookIn: "文件夹：",
    QFileDialog.DialogLabel.FileName: "文件名：",
    QFileDialog.DialogLabel.FileType: "种类：",
    QFileDialog.DialogLabel.Reject: "取消",
}
"""Qt's own dialog is in part left in English."""


def documents() -> Path:
    """The user's folder for documents, or his own where there is none.

    Qt does not find those of a home whose name is no UTF-8.
    """
    location = QStandardPaths.StandardLocation
    places = (location.DocumentsLocation, location.HomeLocation)
    folders = [Path(QStandardPaths.writableLocation(place)) for place in places]
    home = Path.home()
    folders += [*(home / name for name in ("文档", "Documents")), home]
    return next((folder for folder in folders if folder.is_dir()), home)


def dialog_to_open(title: str, kinds: str, parent: QWidget) -> QFileDialog:
    """Asks for a file that is there; ``setFileMode`` makes it ask for several, or a folder.

    What its signals name is read by ``path_from_qt``.

    Args:
        title: what for.
        kinds: as Qt filters them: ``医保指南的记录 (*.json)``.
        parent: the window or dialog over which it opens.
    """
    dialog = _dialog(title, kinds, "打开", parent)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def dialog_to_save(title: str, name: str, kinds: str, parent: QWidget) -> QFileDialog:
    """Asks where a new file is to be; ``name`` is offered, its ending added where none is typed."""
    dialog = _dialog(title, kinds, "存在这里", parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.selectFile(name)
    return dialog


def _dialog(title: str, kinds: str, accept: str, parent: QWidget) -> QFileDialog:
    dialog = QFileDialog(parent, title, qt_folder(documents()), kinds)
    dialog.setViewMode(QFileDialog.ViewMode.List)
    for label, text in {**_LABELS, QFileDialog.DialogLabel.Accept: accept}.items():
        dialog.setLabelText(label, text)
    dialog.resize(parent.window().size() * DIALOG_SHARE)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
