"""Where a window may stand: whole on its screen, however small that is."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize

FIRST_SIZE = QSize(1180, 800)
FRAME = QMargins(8, 40, 8, 8)
"""What a desktop draws around a window that is not shown yet: its title above, edges besides."""


def first_place(available: QRect) -> QRect:
    """Where a window stands that was never shown before: in the middle, as large as is good.

    Args:
        available: the part of the screen that the desktop leaves to windows.
    """
    room = available.marginsRemoved(FRAME)
    place = QRect(room.topLeft(), FIRST_SIZE.boundedTo(room.size()))
    place.moveCenter(room.center())
    return place


def kept_place(place: QRect, available: QRect) -> QRect:
    """Where a window stands that was somewhere before; what is out of sight comes back.

    Args:
        place: where it was, without the frame.
        available: the part of the screen that the desktop leaves to windows.
    """
    room = available.marginsRemoved(FRAME)
    kept = QRect(place.topLeft(), place.size().boundedTo(room.size()))
    kept.moveLeft(max(room.left(), min(kept.left(), room.right() - kept.width() + 1)))
    kept.moveTop(max(room.top(), min(kept.top(), room.bottom() - kept.height() + 1)))
    return kept
