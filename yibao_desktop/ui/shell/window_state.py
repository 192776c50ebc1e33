"""Where the window stood and what it showed, from one start to the next."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from yibao_desktop.own_files import make_way
from yibao_desktop.ui.common.navigation import Location, Place, Position
from yibao_desktop.ui.looks.qt_paths import qt_path

_PLACE, _VALUE, _POSITION, _GEOMETRY = "place", "value", "position", "geometry"


class WindowState:
    """One small file beside the settings; what it cannot tell counts as nothing."""

    def __init__(self, path: Path) -> None:
        make_way(path)
        self._file = QSettings(qt_path(path), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window stood; None where that is not known."""
        kept = self._file.value(_GEOMETRY)
        return kept if isinstance(kept, QByteArray) else None

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Note where the window stands."""
        self._file.setValue(_GEOMETRY, geometry)

    @property
    def left_at(self) -> tuple[Location, Position] | None:
        """The page shown last and how far it was scrolled; None where that is not known."""
        try:
            location = Location(Place(self._file.value(_PLACE)), str(self._file.value(_VALUE, "")))
            numbers = map(int, str(self._file.value(_POSITION, "")).split())
            return location, Position(*numbers)
        except (ValueError, TypeError):
            return None

    def keep_left_at(self, location: Location, position: Position) -> None:
        """Note the page shown and how far it is scrolled."""
        self._file.setValue(_PLACE, str(location.place))
        self._file.setValue(_VALUE, location.value)
        self._file.setValue(_POSITION, " ".join(str(number) for number in astuple(position)))

    def forget_left_at(self) -> None:
        """Note no page."""
        for name in (_PLACE, _VALUE, _POSITION):
            self._file.remove(name)

    def save(self) -> None:
        """Put it on disk at once."""
        self._file.sync()
