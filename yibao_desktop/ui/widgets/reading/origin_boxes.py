"""Boxes that say whose word a page is, what is different in a place, and what may be over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from yibao_desktop.domain.guide.text import CALLOUT_NAMES
from yibao_desktop.services.guide_service import PageView
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.page_html import LOCAL_NAME
from yibao_desktop.ui.widgets.base.callout import CalloutBox
from yibao_desktop.ui.widgets.base.labels import RichLabel


def local_box(local: Sequence[str], context: UiContext) -> CalloutBox:
    """What packs made different on a page, a line each."""
    return _box("note", LOCAL_NAME, local, context)


def origin_boxes(view: PageView, context: UiContext) -> Iterator[CalloutBox]:
    """Nothing for a page of the guide that no pack changed."""
    origin, today = view.item.origin, context.services.clock.today()
    for tone, name, lines in (
        ("note", origin.name, () if origin.is_guide else (origin.notice,)),
        ("caution", CALLOUT_NAMES["caution"], view.cautions(today)),
        ("note", LOCAL_NAME, view.local),
    ):
        if lines:
            yield _box(tone, name, lines, context)


def _box(tone: str, name: str, lines: Sequence[str], context: UiContext) -> CalloutBox:
    labels = [RichLabel(escape(line), line, context.theme) for line in lines]
    return CalloutBox(tone, name, labels, context)
