"""The glossary: every term with what it means and how people call it."""

from __future__ import annotations

from functools import partial

from yibao_desktop.domain.guide.items import Kind, Term
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import KIND_ICONS
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.work.tasks import Lane


class TermsPage(ColumnPage):
    """One tile a term."""

    def load(self) -> None:
        """Show every term."""
        terms = self._context.services.guide.terms
        self._context.tasks.run(terms, self._on_read, self, lane=Lane.CONTENT)

    def _on_read(self, terms: list[Term]) -> None:
        self._begin()
        self._column.add(text_label("名词解释", "h1"))
        self._column.add(text_label("点一个词，看它的出处。", "quiet"))
        for term in terms:
            self._column.add(_tile(term, self._context))


def _tile(term: Term, context: UiContext) -> Tile:
    names = f"{term.title}（也叫{'、'.join(term.aliases)}）" if term.aliases else term.title
    icon = context.icon(KIND_ICONS[Kind.TERM], context.theme.colors.accent)
    tile = Tile(names, term.text.plain, icon, context.theme.metrics.icon)
    tile.clicked.connect(partial(context.events.open_item, term.id))
    return tile
