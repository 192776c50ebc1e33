"""What text sizes and themes are called, wherever they are chosen or told."""

from __future__ import annotations

from PySide6.QtGui import QFont

from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.ui.looks.theme import BODY_PX

TEXT_SIZE_NAMES = {
    TextSize.STANDARD: "标准",
    TextSize.LARGE: "大字",
    TextSize.LARGER: "特大",
    TextSize.ELDER: "长辈版",
}
THEME_NAMES = {
    Theme.SYSTEM: "跟随系统",
    Theme.LIGHT: "浅色",
    Theme.DARK: "深色",
    Theme.CONTRAST: "高对比",
}


def sample_font(size: TextSize) -> QFont:
    """The font a size's name is written in where one chooses: it shows what one gets."""
    font = QFont()
    font.setPixelSize(BODY_PX[size])
    return font
