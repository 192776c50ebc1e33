"""Icons of the bundled set, drawn in the colours of the theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from yibao_desktop.domain.guide.kinds import Kind
from yibao_desktop.domain.guide.origin import OriginKind

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.items import Item

GAP = 0.25
"""Free room between an icon and the text beside it, in sides of the icon."""

KIND_ICONS = {
    Kind.TOPIC: "folder-open",
    Kind.PROCEDURE: "list-checks",
    Kind.ARTICLE: "file-text",
    Kind.SECTION: "file-text",
    Kind.STEP: "list-checks",
    Kind.ANSWER: "message-circle-question-mark",
    Kind.TERM: "info",
}
"""The picture of each kind of item; parts have that of their page."""

OWN_ICON = "file-user"
"""The picture of documents of the user's own."""

_DISABLED_OPACITY = 0.4


def page_icon(kind: Kind, picture: str | None) -> str:
    """Name of the icon a page is known by: its own drawing, or the picture of its kind."""
    return picture or KIND_ICONS[kind]


def item_icon(item: Item) -> str:
    """Name of the icon an entry is known by; the user's own have another."""
    if item.origin.kind is OriginKind.OWN and item.kind is not Kind.TOPIC:
        return OWN_ICON
    return page_icon(item.kind, item.picture)


def beside_text(side: int) -> QSize:
    """Room for an icon and the gap to the text on its right, which Qt leaves too small."""
    return QSize(side + round(GAP * side), side)


def with_room(icon: QIcon, side: int, room: int, ratio: float) -> QIcon:
    """An icon in the middle of free room, for where Qt makes what is clicked as large as the icon.

    Args:
        icon: the drawing.
        side: its side in logical pixels.
        room: side of what is clicked.
        ratio: pixels of the screen to a logical one.
    """
    pixmap = QPixmap(round(room * ratio), round(room * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    at = (room - side) // 2
    icon.paint(painter, QRect(at, at, side, side))
    painter.end()
    return QIcon(pixmap)


class IconLoader:
    """Loads icons by name; each is read once for each colour.

    An icon is drawn as long as its loader remembers it. What it remembers must go by ``forget``: an
    engine and its icon that are found as garbage together may be cleared in the wrong order, and
    the icon would be deleted with an engine that is gone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: dict[tuple[str, str], QIcon] = {}

    def load(self, name: str, color: str) -> QIcon:
        """The icon in a colour given as ``#RRGGBB``.

        Raises:
            FileNotFoundError: there is no such icon.
        """
        key = (name, color)
        if key not in self._loaded:
            self._loaded[key] = QIcon(_SvgEngine(self._svg(name, color)))
        return QIcon(self._loaded[key])  # whoever keeps it does not keep the engine

    def image(self, name: str, color: str, side: int) -> QImage:
        """The icon drawn in so many dots, for paper.

        Raises:
            FileNotFoundError: there is no such icon.
        """
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(self._svg(name, color)).render(painter)
        painter.end()
        return image

    def forget(self) -> None:
        """Nobody draws any more."""
        self._loaded.clear()

    def _svg(self, name: str, color: str) -> QByteArray:
        svg = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return QByteArray(svg.replace("currentColor", color).encode())


class _SvgEngine(QIconEngine):
    """Draws in whatever size is asked for, and only then."""

    def __init__(self, svg: QByteArray) -> None:
        super().__init__()
        self._svg = svg
        self._drawn: dict[tuple[int, int, QIcon.Mode], QPixmap] = {}

    def clone(self) -> QIconEngine:
        """Another engine for the same drawing."""
        return _SvgEngine(self._svg)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw within a rectangle, as large as fits, on the left where it is too wide."""
        side = min(rect.width(), rect.height())
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(rect).center())
        place.moveLeft(rect.left())
        painter.save()
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(_DISABLED_OPACITY)
        QSvgRenderer(self._svg).render(painter, place)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The drawing in a size given in pixels of the screen."""
        key = (size.width(), size.height(), mode)
        if key not in self._drawn:
            pixmap = QPixmap(size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
            painter.end()
            self._drawn[key] = pixmap
        return self._drawn[key]
