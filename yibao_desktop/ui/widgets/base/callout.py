"""Remarks set apart: something to beware of, a doubt, something good to know."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.doubts import DOUBTS_TITLE, Doubt, is_warning
from yibao_desktop.domain.guide.text import CALLOUT_NAMES
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.rich_text import inline_html
from yibao_desktop.ui.looks.source_text import keys_text
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
        lines: list[RichLabel],
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


def doubt_box(doubt: Doubt, context: UiContext, elsewhere: bool = False) -> CalloutBox:
    """A doubt as the reader sees it: what, who says what, what to do.

    Args:
        doubt: what is doubtful.
        context: looks.
        elsewhere: whether it stands on a page told for a place that is not the reader's.
    """
    theme = context.theme
    lines = [RichLabel.of(doubt.text, theme)]
    for claim in doubt.claims:
        where = f"（{keys_text(claim.sources)}）"
        html = f"· {inline_html(claim.text, theme.colors)}{escape(where)}"
        lines.append(RichLabel(html, claim.text.plain + where, theme))
    lines.append(RichLabel.of(doubt.advice, theme, "→ "))
    tone = "doubt" if is_warning(doubt, elsewhere) else "note"
    return CalloutBox(tone, doubt.name, lines, context)


def doubt_names_box(
    doubts: Sequence[Doubt], context: UiContext, elsewhere: bool = False
) -> CalloutBox:
    """What is doubtful, a line each; who says what is told further down."""
    theme = context.theme
    lines = [RichLabel.of(doubt.text, theme, f"· {doubt.name}：") for doubt in doubts]
    below = "→ 谁怎么说、该怎么办，看下面"
    lines.append(RichLabel(below, below, theme))
    tone = "doubt" if any(is_warning(doubt, elsewhere) for doubt in doubts) else "note"
    return CalloutBox(tone, DOUBTS_TITLE, lines, context)


def caution_box(text: str, context: UiContext) -> CalloutBox:
    """A plain sentence to beware of."""
    line = RichLabel(escape(text), text, context.theme)
    return CalloutBox("caution", CALLOUT_NAMES["caution"], [line], context)
