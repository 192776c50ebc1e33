"""How sources are named on pages."""

from __future__ import annotations

from collections.abc import Iterable

from yibao_desktop.domain.sources import SNIPPET
from yibao_desktop.services.guide_service import SourceView


def source_line(source: SourceView) -> str:
    """One cited passage with its document and date."""
    return source.line


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
