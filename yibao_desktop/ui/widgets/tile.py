"""A large button with a title and a few words below it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.labels import text_label


class Tile(QPushButton):
    """A button as wide as its place and as high as its text needs."""

    def __init__(
        self,
        title: str,
        text: str = "",
        icon: QIcon | None = None,
        icon_size: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.setAccessibleName(f"{title}。{text}" if text else title)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        row.setSpacing(2 * SPACE)
        if icon is not None:
            picture = QLabel()
            picture.setPixmap(icon.pixmap(QSize(icon_size, icon_size)))
            row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(SPACE // 2)
        words.addWidget(text_label(title, "strong"))
        if text:
            words.addWidget(text_label(text, "quiet"))
        words.addStretch(1)
        row.addLayout(words, 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hasHeightForWidth(self) -> bool:
        """The text wraps, so that height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height the text needs."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Size the text would like."""
        layout = self.layout()
        return layout.totalSizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Least size; the height is set by ``heightForWidth``."""
        layout = self.layout()
        return layout.totalMinimumSize() if layout else super().minimumSizeHint()
