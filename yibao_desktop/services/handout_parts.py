"""What pages and plans on paper have in common: sources counted by document, doubts, paragraphs."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator

from yibao_desktop.domain.guide.doubts import DOUBTS_TITLE, Doubt
from yibao_desktop.domain.guide.text import Block, Paragraph, RichText
from yibao_desktop.domain.wording.handout import Detail, Doubtful, Handout, Part, cited
from yibao_desktop.services.guide_service import PageView


class Citations:
    """Numbers the documents in the order in which passages of them are cited."""

    def __init__(self, views: Iterable[PageView], *, numbered: bool = True) -> None:
        """Begin to count; where everything is of one document it need not be ``numbered``.

        ``views`` are the pages whose sources may be cited.
        """
        self._known = {
            source.key: source for view in views for source in (*view.sources, *view.doubt_sources)
        }
        self._numbered = numbered
        self._numbers: dict[str, int] = {}
        self._dates: dict[str, datetime.date] = {}

    def numbers(self, keys: Iterable[str]) -> tuple[int, ...]:
        """Numbers of the documents these passages stand in, smallest first."""
        found = {self._number(key) for key in keys}
        return tuple(sorted(found)) if self._numbered else ()

    def _number(self, key: str) -> int:
        source = self._known[key]
        name = source.document_name
        self._dates[name] = max(source.date, self._dates.get(name, source.date))
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    def cited(self, text: RichText, keys: Iterable[str]) -> RichText:
        """A statement with the numbers of the documents it rests on."""
        return cited(text, self.numbers(keys))

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents cited, a line each with the date of the newest passage cited."""
        return tuple(f"{name} · {self._dates[name]}" for name in self._numbers)


def with_sources(make: Callable[[Citations], Handout], *views: PageView) -> Handout:
    """What ``make`` makes of the views; the only document there is is named and not counted."""
    handout = make(Citations(views))
    return handout if len(handout.sources) > 1 else make(Citations(views, numbered=False))


def doubt_parts(doubts: Iterable[Doubt], cite: Citations) -> list[Part]:
    """The part that tells what is doubtful; none where nothing is."""
    blocks = tuple(block for doubt in doubts for block in doubt_blocks(doubt, cite))
    return [Part(DOUBTS_TITLE, blocks)] if blocks else []


def doubt_blocks(doubt: Doubt, cite: Citations) -> Iterator[Detail]:
    """One doubt in a line; who says what is read in the guide."""
    sources = doubt.sources or tuple(key for claim in doubt.claims for key in claim.sources)
    yield Doubtful(cite.cited(doubt.short.after(f"【{doubt.name}】"), sources))


def paragraphs(lines: Iterable[str]) -> tuple[Block, ...]:
    """A paragraph for each line."""
    return tuple(Paragraph(RichText.of(line)) for line in lines)
