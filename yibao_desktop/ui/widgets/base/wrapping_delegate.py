"""Lets long titles in the tree take more than one line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from yibao_desktop.ui.looks.theme import SPACE


class WrappingDelegate(QStyledItemDelegate):
    """Rows as high as their wrapped text, never less than what can be clicked with ease."""

    def __init__(self, view: QTreeView, least_height: int) -> None:
        super().__init__(view)
        self._view = view
        self.least_height = least_height

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Height of the text in the width the row has."""
        depth = 1
        parent = index.parent()
        while parent.isValid():
            depth += 1
            parent = parent.parent()
        width = self._view.viewport().width() - depth * self._view.indentation() - 2 * SPACE
        if index.data(Qt.ItemDataRole.DecorationRole) is not None:
            width -= self._view.iconSize().width() + SPACE
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        text = self._view.fontMetrics().boundingRect(
            QRect(0, 0, max(width, 40), 10_000), flags, index.data()
        )
        return QSize(width, max(self.least_height, text.height() + SPACE + SPACE // 2))
