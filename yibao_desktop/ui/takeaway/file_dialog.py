"""Asking for a file, in Chinese throughout and among the user's documents first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

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
    """The user's folder for documents, or his own where there is none."""
    location = QStandardPaths.StandardLocation
    places = (location.DocumentsLocation, location.HomeLocation)
    folders = [Path(QStandardPaths.writableLocation(place)) for place in places]
    return next((folder for folder in folders if folder.is_dir()), folders[-1])


def dialog_to_open(title: str, kinds: str, parent: QWidget) -> QFileDialog:
    """Asks for a file that is there.

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
    dialog = QFileDialog(parent, title, str(documents()), kinds)
    dialog.setViewMode(QFileDialog.ViewMode.List)
    for label, text in {**_LABELS, QFileDialog.DialogLabel.Accept: accept}.items():
        dialog.setLabelText(label, text)
    dialog.resize(parent.window().size() * DIALOG_SHARE)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
