"""Text on pages: plain roles, and lines with links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from yibao_desktop.domain.guide.text import LINK_SCHEME
from yibao_desktop.own_files import old_names_read
from yibao_desktop.ui.looks.hanging import hanging_style
from yibao_desktop.ui.looks.theme import LABEL_LINES, ThemeManager

if TYPE_CHECKING:
    from yibao_desktop.domain.guide.text import RichText

ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD = re.compile(r"[\x21-\x7e]{20,}")


class TextLabel(QLabel):
    """A label that remembers how high it is at which width.

    A page asks each of its labels a hundred times while it is laid out, and Qt breaks the text
    into lines anew each time.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._heights: dict[int, int] = {}

    def heightForWidth(self, width: int) -> int:
        """Height the text needs."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = super().heightForWidth(width)
        return height

    def setText(self, text: str) -> None:
        """Show another text."""
        self._heights.clear()
        super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style makes for another height."""
        self._heights.clear()
        super().changeEvent(event)


class LineLabel(TextLabel):
    """Plain text that would like to stand in one line, and wraps where there is no room for it."""

    def __init__(self, text: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def sizeHint(self) -> QSize:
        """All of the text in one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, self.fontMetrics().lineSpacing())


def text_label(text: str, role: str = "", parent: QWidget | None = None) -> QLabel:
    """A label of plain text that wraps; ``role`` is its style in the style sheet."""
    label = TextLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget the looks of another role."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Give a widget the looks its properties ask for by now."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def breakable(text: str) -> str:
    """The text so that even a long word without spaces can go on in the next line.

    Names of files that are no UTF-8, which Qt cannot show, are read as what they most likely are.
    """
    return _LONG_WORD.sub(lambda word: ZERO_WIDTH_SPACE.join(word[0]), old_names_read(text))


class RichLabel(TextLabel):
    """A paragraph of rich text; links within the guide are told, others do nothing.

    Where it begins with the sign of a list, its other lines stand below the first one's words.

    Signals:
        link_requested: id of the item a clicked link points to.
    """

    link_requested = Signal(str)

    def __init__(
        self, html: str, plain: str, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        height = theme.metrics.line_height(LABEL_LINES)
        place = f"margin:0; {hanging_style(plain)}"
        self.setText(f'<p style="line-height:{height}%; {place}">{html}</p>')
        self.setAccessibleName(plain)
        self.setWordWrap(True)
        self.setOpenExternalLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        if "<a " in html:
            self.setProperty("role", "linked")
            self.setIndent(0)  # the frame for the focus would move the text
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.linkActivated.connect(self._on_link_activated)

    @classmethod
    def of(cls, text: RichText, theme: ThemeManager, lead: str = "") -> RichLabel:
        """A line of text, with a few plain words before it."""
        from yibao_desktop.ui.looks.rich_text import inline_html

        return cls(lead + inline_html(text, theme.colors), lead + text.plain, theme)

    def _on_link_activated(self, target: str) -> None:
        if target.startswith(LINK_SCHEME):
            self.link_requested.emit(target.removeprefix(LINK_SCHEME))
