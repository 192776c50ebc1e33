"""Where pages may end: what stays together, and what goes to the next one."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextTable,
)

from yibao_desktop.ui.takeaway.paper_html import KEPT

KEPT_STATE = 1
"""Noted of a paragraph that stays with what follows it."""


def take_marks(document: QTextDocument) -> None:
    """Note which blocks are kept; paper needs no anchors and no enlarged headings."""
    block = document.begin()
    while block.isValid():
        frame = QTextCursor(block).currentFrame()
        if not block.text().strip() and not isinstance(frame, QTextTable):
            block.setUserState(KEPT_STATE)  # the room above a table
        for fragment in list(_fragments(block)):
            form = fragment.charFormat()
            if KEPT in form.anchorNames():
                block.setUserState(KEPT_STATE)
            form.setAnchor(False)
            form.setAnchorHref("")
            form.setAnchorNames([])
            form.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            cursor = QTextCursor(document)
            cursor.setPosition(fragment.position())
            end = fragment.position() + fragment.length()
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(form)
        block = block.next()


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    runs = block.begin()
    while not runs.atEnd():
        yield runs.fragment()
        runs += 1


def row_of(block: QTextBlock) -> QTextTable | None:
    """The boxes side by side among which a block stands; they go to another page together."""
    frame = QTextCursor(block).currentFrame()
    if not isinstance(frame, QTextTable):
        return None
    return frame if frame.rows() == 1 < frame.columns() else None


def break_before(block: QTextBlock) -> None:
    """Begin a new page with a block; a long table goes on wherever a line of it ends."""
    cursor = QTextCursor(block)
    frame = cursor.currentFrame()
    if not isinstance(frame, QTextTable):
        form = QTextBlockFormat()
        form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.mergeBlockFormat(form)
    elif frame.rows() == 1:
        framed = frame.format().toTableFormat()
        framed.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        frame.setFormat(framed)
