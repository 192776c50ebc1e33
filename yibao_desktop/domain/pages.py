"""The kinds of page, told apart by type."""

from __future__ import annotations

from yibao_desktop.domain.guide.items import Answer, Article, Kind, Term
from yibao_desktop.domain.procedure.model import Procedure

Page = Article | Procedure | Answer | Term

PAGE_TYPES: dict[Kind, type[Page]] = {
    Kind.ARTICLE: Article,
    Kind.PROCEDURE: Procedure,
    Kind.ANSWER: Answer,
    Kind.TERM: Term,
}


def kind_of(page: Page) -> Kind:
    """The kind of a page."""
    return next(kind for kind, cls in PAGE_TYPES.items() if isinstance(page, cls))
