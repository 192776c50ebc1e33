"""Links the first mention of each glossary term on a page to what the term means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from yibao_desktop.domain.guide.items import Term
from yibao_desktop.domain.guide.text import RichText, Span, SpanKind

T = TypeVar("T")


def link_terms(page: T, terms: Iterable[Term], own_id: str) -> T:
    """The same page with links; its own term, labels and links are left as they are."""
    names = {n: t.id for t in terms if t.id != own_id for n in (t.title, *t.linked_as)}
    return _Linker(names).link(page)


class _Linker:
    """Goes through one page in reading order; ``_names`` are those not met yet."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def link(self, value: T) -> T:
        if isinstance(value, RichText):
            return RichText(tuple(s for span in value.spans for s in self._split(span)))  # type: ignore[return-value]
        if isinstance(value, tuple):
            return type(value)(self.link(item) for item in value)
        if is_dataclass(value) and not isinstance(value, type):
            changed = {f.name: self.link(getattr(value, f.name)) for f in fields(value)}
            return replace(value, **changed)
        return value

    def _split(self, span: Span) -> list[Span]:
        if span.kind is not SpanKind.TEXT or not self._names:
            return [span]
        longest_first = sorted(self._names, key=len, reverse=True)
        found = re.search("|".join(map(re.escape, longest_first)), span.text)
        if found is None:
            return [span]
        target = self._names[found[0]]
        self._names = {n: t for n, t in self._names.items() if t != target}
        before, after = span.text[: found.start()], span.text[found.end() :]
        head = [replace(span, text=before)] if before else []
        tail = self._split(replace(span, text=after)) if after else []
        return [*head, Span(SpanKind.LINK, found[0], target), *tail]
