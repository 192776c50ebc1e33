"""Remarks set apart: something to beware of, a doubt, something good to know."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.doubts import DOUBTS_TITLE, Doubt
from yibao_desktop.domain.guide.text import CALLOUT_NAMES
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.doubt_html import FOLD, UNFOLD, folded_lines, short_line
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import RichLabel

_ICONS = {"note": "info", "caution": "triangle-alert", "doubt": "shield-question-mark"}


class CalloutBox(QFrame):
    """An icon, a name and lines of text; never told by colour alone.

    Signals:
        link_requested: id of the item a clicked link points to.
    """

    link_requested = Signal(str)

    def __init__(
        self,
        tone: str,
        name: str,
        lines: Sequence[RichLabel | DoubtRow],
        context: UiContext,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", tone)
        colors, side = context.theme.colors, context.theme.metrics.icon
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        row.setSpacing(SPACE + 4)
        picture = QLabel()
        border = {"note": colors.note_border, "caution": colors.caution_border}
        icon = context.icon(_ICONS[tone], border.get(tone, colors.doubt_border))
        picture.setPixmap(icon.pixmap(side, side))
        picture.setContentsMargins(0, 2, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(SPACE // 2)
        head = QLabel(name)
        head.setProperty("role", "strong")
        column.addWidget(head)
        for line in lines:
            line.link_requested.connect(self.link_requested)
            column.addWidget(line)
        pictures = QVBoxLayout()
        pictures.addWidget(picture)
        pictures.addStretch(1)
        row.addLayout(pictures)
        row.addLayout(column, 1)


class DoubtRow(QWidget):
    """A doubt in a line, with a button that shows what stands behind it.

    Signals:
        link_requested: id of the item a clicked link points to.
    """

    link_requested = Signal(str)

    def __init__(self, doubt: Doubt, context: UiContext) -> None:
        super().__init__()
        theme = context.theme
        html, plain = short_line(doubt, theme.colors)
        short = RichLabel(html, plain, theme)
        self._rest = [RichLabel(h, p, theme) for h, p in folded_lines(doubt, theme.colors)]
        self._fold = QPushButton(UNFOLD)
        self._fold.setProperty("role", "link")
        self._fold.setCheckable(True)
        self._fold.setAccessibleName(f"{UNFOLD}：{plain}")
        self._fold.toggled.connect(self._on_fold_toggled)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE // 2)
        row = QHBoxLayout()
        row.addWidget(short, 1)
        row.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(row)
        for label in (short, *self._rest):
            label.link_requested.connect(self.link_requested)
        for label in self._rest:
            label.hide()
            rows.addWidget(label)

    def _on_fold_toggled(self, unfolded: bool) -> None:
        self._fold.setText(FOLD if unfolded else UNFOLD)
        for label in self._rest:
            label.setVisible(unfolded)


def doubts_box(doubts: Sequence[Doubt], context: UiContext) -> CalloutBox:
    """What is doubtful about one thing, at least one doubt, a line each with the rest folded away.

    Whatever the doubt, it looks the same; how grave it is, its name says.
    """
    return CalloutBox(
        "doubt", DOUBTS_TITLE, [DoubtRow(doubt, context) for doubt in doubts], context
    )


def caution_box(text: str, context: UiContext) -> CalloutBox:
    """A plain sentence to beware of."""
    line = RichLabel(escape(text), text, context.theme)
    return CalloutBox("caution", CALLOUT_NAMES["caution"], [line], context)
