"""Where the window stood and what it showed, from one start to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from yibao_desktop.ui.navigation import Location, Place

_PLACE, _VALUE, _SCROLLED, _GEOMETRY = "place", "value", "scrolled", "geometry"


class WindowState:
    """One small file beside the settings; what it cannot tell counts as nothing."""

    def __init__(self, path: Path) -> None:
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window stood; None where that is not known."""
        kept = self._file.value(_GEOMETRY)
        return kept if isinstance(kept, QByteArray) else None

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Note where the window stands."""
        self._file.setValue(_GEOMETRY, geometry)

    @property
    def left_at(self) -> tuple[Location, float] | None:
        """The page shown last and how far it was scrolled; None where that is not known."""
        try:
            location = Location(Place(self._file.value(_PLACE)), str(self._file.value(_VALUE, "")))
            return location, min(1.0, max(0.0, float(str(self._file.value(_SCROLLED, 0)))))
        except ValueError:
            return None

    def keep_left_at(self, location: Location, scrolled: float) -> None:
        """Note the page shown and how far it is scrolled, from 0 to 1."""
        self._file.setValue(_PLACE, str(location.place))
        self._file.setValue(_VALUE, location.value)
        self._file.setValue(_SCROLLED, scrolled)

    def forget_left_at(self) -> None:
        """Note no page."""
        for name in (_PLACE, _VALUE, _SCROLLED):
            self._file.remove(name)

    def save(self) -> None:
        """Put it on disk at once."""
        self._file.sync()
