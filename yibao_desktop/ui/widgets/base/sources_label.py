"""The quiet line under a card that says what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from yibao_desktop.domain.guide.text import LINK_SCHEME
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Place
from yibao_desktop.ui.looks.source_text import keys_line
from yibao_desktop.ui.widgets.base.labels import RichLabel


class SourcesLabel(RichLabel):
    """Title and date of the articles; the link in it leads to what there is about them."""

    def __init__(self, keys: Iterable[str], context: UiContext) -> None:
        text = keys_line(keys, context.services.guide.documents)
        theme = context.theme
        style = f"color:{theme.colors.text_secondary};font-size:{theme.metrics.small}px;"
        link = f'<a href="{LINK_SCHEME}{Place.SOURCES}" style="{style}">{escape(text)}</a>'
        super().__init__(link, text, theme)
