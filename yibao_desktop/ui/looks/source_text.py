"""How sources are named on pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from yibao_desktop.domain.guide.sources import SourceDocument, source_title
from yibao_desktop.services.guide_service import PageView, SourceView


def source_lines(sources: Iterable[SourceView]) -> list[str]:
    """A line a document, with its date and all that is cited of it."""
    cited: dict[tuple[str, datetime.date], list[str]] = {}
    for source in sources:
        cited.setdefault((source.document_name, source.date), []).append(source.title)
    return [f"{name} · {date}：{'；'.join(titles)}" for (name, date), titles in cited.items()]


def documents_text(sources: Iterable[SourceView]) -> str:
    """The documents of some passages, each with its newest web date."""
    dates: dict[str, datetime.date] = {}
    for source in sources:
        name = source.document_name
        dates[name] = max(source.date, dates.get(name, source.date))
    return "、".join(f"{name} {date}" for name, date in dates.items())


def provenance(view: PageView) -> str:
    """What goes along with a text that is copied from a page."""
    origin = view.item.origin
    said = f"——摘自“医保指南”{'' if origin.is_guide else f'（{origin.name}）'}：{view.item.title}"
    sources = f"来源：{documents_text(view.sources)}\n" if view.sources else ""
    return f"{said}\n{sources}{origin.notice}"


def keys_text(keys: Iterable[str]) -> str:
    """Several cited passages, by their titles."""
    return "、".join(f"《{source_title(key)}》" for key in keys)


def keys_line(keys: Iterable[str], documents: Mapping[str, SourceDocument]) -> str:
    """The documents of several cited passages in one quiet line, with their web dates.

    Of a document that is not in the content, as while a pack is being made, the passage is named.
    """
    names = dict.fromkeys(_document_name(key, documents) for key in keys)
    return f"来源：{'、'.join(names)}"


def _document_name(key: str, documents: Mapping[str, SourceDocument]) -> str:
    document = documents.get(key.partition("#")[0])
    return f"《{document.title}》 {document.web_date}" if document else keys_text([key])
