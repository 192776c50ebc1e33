"""How sources are named on pages."""

from __future__ import annotations

from collections.abc import Iterable

from yibao_desktop.domain.sources import SNIPPET
from yibao_desktop.services.guide_service import SourceView


def source_line(source: SourceView) -> str:
    """One cited passage with its document and date."""
    document = source.key.partition("#")[0]
    return f"文章 {document}《{source.document}》 · {source.title} · {source.date}"


def keys_line(keys: Iterable[str]) -> str:
    """Several cited passages in one quiet line."""
    names = []
    for key in keys:
        document, _, title = key.partition("#")
        names.append(f"文章 {document} · {title.removeprefix(SNIPPET)}")
    return f"来源：{'；'.join(names)}"
