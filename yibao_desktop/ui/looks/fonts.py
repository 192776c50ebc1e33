"""Choosing a font that has Chinese characters, whatever the system offers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from yibao_desktop.ui.looks.qt_paths import qt_path

BUNDLED_FAMILY = "Yibao Sans"
BUNDLED_NAME = "YibaoSans-Regular"
"""As files call the font."""

SYSTEM_FAMILIES = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)
TABULAR_FIGURES = "tnum"
"""The font's feature that makes all figures equally wide, so that they stand below each other."""

SAMPLE = "医保卡补办挂失激活共济，。：；？（）“”‘’…—0123456789"
"""Characters no page can do without."""


def use_chinese_font(app: QApplication, fonts: Path) -> str:
    """Give the program a font with Chinese characters; its family.

    The bundled font is always registered, so that printing can rely on it; it is used on screen
    where the system has none of the well-known families.
    """
    QFontDatabase.addApplicationFont(qt_path(fonts / "YibaoSans-Regular.otf"))
    installed = set(QFontDatabase.families())
    family = next((f for f in SYSTEM_FAMILIES if f in installed), BUNDLED_FAMILY)
    font = QFont(app.font())
    font.setFamilies([family, BUNDLED_FAMILY])
    if hasattr(QFont.Tag, "fromString"):  # before PySide6 6.8 a feature's name cannot be told
        font.setFeature(QFont.Tag(TABULAR_FIGURES), 1)
    app.setFont(font)
    return family


def missing_characters(font: QFont, text: str) -> list[str]:
    """Characters of the text the font has no glyph for."""
    metrics = QFontMetrics(font)
    return [c for c in dict.fromkeys(text) if not c.isspace() and not metrics.inFontUcs4(ord(c))]
