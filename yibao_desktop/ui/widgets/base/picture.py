"""A drawing beside text: what to bring, where to go, which card is meant."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from yibao_desktop.domain.guide.pictures import Picture
from yibao_desktop.ui.common.context import UiContext

IN_CHARACTERS = 2.0
"""Side of a drawing in characters of body text, so that it grows with the text."""


def picture_label(picture: Picture, context: UiContext) -> QLabel:
    """The drawing; the words beside it say the same, so it is not read aloud."""
    theme = context.theme
    side = round(theme.metrics.body * IN_CHARACTERS)
    label = QLabel()
    label.setPixmap(context.icon(picture, theme.colors.accent).pixmap(side, side))
    label.setFixedWidth(side)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
