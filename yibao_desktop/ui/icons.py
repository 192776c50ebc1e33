"""Icons of the bundled set, drawn in the colours of the theme."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_DRAWN_AT = (20, 32, 64)


class IconLoader:
    """Loads icons by name; each colour is drawn once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn: dict[tuple[str, str], QIcon] = {}

    def load(self, name: str, color: str) -> QIcon:
        """The icon in a colour given as ``#RRGGBB``.

        Raises:
            FileNotFoundError: there is no such icon.
        """
        key = (name, color)
        if key not in self._drawn:
            svg = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
            data = QByteArray(svg.replace("currentColor", color).encode())
            icon = QIcon()
            for side in _DRAWN_AT:
                icon.addPixmap(_draw(data, side))
            self._drawn[key] = icon
        return self._drawn[key]


def _draw(svg: QByteArray, side: int) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(svg).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
