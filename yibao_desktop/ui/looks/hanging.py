"""Points of a list: their further lines stand below the first one's words."""

from __future__ import annotations

import re

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

_MARK = re.compile(r"[·→] ")


def hanging_style(plain: str) -> str:
    """How a paragraph of rich text is indented whose plain text begins with the sign of a point.

    Any other paragraph is not.
    """
    mark = _MARK.match(plain)
    hang = QFontMetrics(QApplication.font()).horizontalAdvance(mark[0]) if mark else 0
    return f"margin-left:{hang}px; text-indent:-{hang}px;"
