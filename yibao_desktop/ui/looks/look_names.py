"""What text sizes and themes are called, wherever they are chosen or told."""

from __future__ import annotations

from yibao_desktop.settings import TextSize, Theme

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
