"""How sources are named on pages."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from yibao_desktop.domain.guide.sources import SNIPPET
from yibao_desktop.services.guide_service import PageView, SourceView


def source_lines(sources: Iterable[SourceView]) -> list[str]:
    """A line a document, with its date and all that is cited of it."""
    cited: dict[tuple[str, datetime.date], list[str]] = {}
    for source in sources:
        cited.setdefault((source.document_name, source.date), []).append(source.title)
    return [f"{name} · {date}：{'；'.join(titles)}" for (name, date), titles in cited.items()]


def dates_text(sources: Iterable[SourceView]) -> str:
    """When the cited passages stood on the web, from first to last."""
    days = sorted({source.date for source in sources})
    return f"网页日期 {days[0]}" + (f" 至 {days[-1]}" if len(days) > 1 else "")


def documents_text(sources: Collection[SourceView]) -> str:
    """The documents of some passages by number, with their web dates."""
    names = "、".join(sorted({source.key.partition("#")[0] for source in sources}))
    return f"文章 {names}，{dates_text(sources)}"


def provenance(view: PageView) -> str:
    """What goes along with a text that is copied from a page."""
    documents = sorted({(s.key.partition("#")[0], s.document) for s in view.sources})
    names = "、".join(f"文章 {number}《{title}》" for number, title in documents)
    origin = view.item.origin
    said = f"——摘自“医保指南”{'' if origin.is_guide else f'（{origin.name}）'}：{view.item.title}"
    sources = f"来源：{names}，{dates_text(view.sources)}\n" if view.sources else ""
    return f"{said}\n{sources}{origin.notice}"


def keys_text(keys: Iterable[str]) -> str:
    """Several cited passages, by document and heading."""
    names = []
    for key in keys:
        document, _, title = key.partition("#")
        names.append(f"文章 {document} · {title.removeprefix(SNIPPET)}")
    return "；".join(names)


def keys_line(keys: Iterable[str]) -> str:
    """Several cited passages in one quiet line."""
    return f"来源：{keys_text(keys)}"
