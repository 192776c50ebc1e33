"""Typical questions asked of a guide that does not have them: does each find its own passage?

A question that is in the index finds itself, which proves nothing. So the guide is built several
times, each time with a part of the questions left out, and asked those.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.library import write_library
from tests.conftest import ROOT
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.content.loader import Seeds, load_seeds
from yibao_desktop.domain.guide.items import Kind, page_id
from yibao_desktop.paths import Paths

PARTS = 8
"""So many times the guide is built; each time every eighth question of a passage is left out."""

LOOKED_AT = 5
"""So many results of a question are looked through."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question and where its own passage, or another of the same page, came; 0 is first."""

    question: str
    item: str
    kind: Kind
    found: tuple[str, ...]

    @property
    def rank(self) -> int:
        """Place of its own passage; ``LOOKED_AT`` where it is not among the results."""
        return self.found.index(self.item) if self.item in self.found else LOOKED_AT

    @property
    def page_rank(self) -> int:
        """Place of the first passage of its page."""
        pages = [page_id(item) for item in self.found]
        page = page_id(self.item)
        return pages.index(page) if page in pages else LOOKED_AT


def ask_left_out(shipped: Paths, parts: Iterable[int] = range(PARTS)) -> Iterator[LeftOut]:
    """The typical questions of these parts, asked of a guide that was built without them."""
    for part in parts:
        with tempfile.TemporaryDirectory() as folder:
            seeds, left_out = _without(load_seeds(shipped.seeds), part)
            paths = write_library(seeds, shipped, Path(folder) / "bundle")
            yield from _ask(paths, left_out)


def _without(seeds: Seeds, part: int) -> tuple[Seeds, list[tuple[str, str]]]:
    """The seeds with a part of each passage's questions gone, and those with their passages."""
    left_out = []
    for place, seed in enumerate(seeds.questions):
        asked = seed.value.questions
        gone = [q for number, q in enumerate(asked) if number % PARTS == part]
        left_out += [(question, seed.value.item) for question in gone]
        kept = tuple(q for q in asked if q not in gone)
        value = dataclasses.replace(seed.value, questions=kept)
        seeds.questions[place] = dataclasses.replace(seed, value=value)
    return seeds, left_out


def _ask(paths: Paths, questions: Sequence[tuple[str, str]]) -> Iterator[LeftOut]:
    services = ContentServices(paths)
    try:
        kinds = {item.id: item.kind for item in services.content.items()}
        for question, item in questions:
            hits = services.search.search(question, limit=LOOKED_AT).hits
            found = tuple(hit.passage.item_id for hit in hits)
            yield LeftOut(question, item, kinds[item], found)
    finally:
        services.close()


def share_found(asked: Sequence[LeftOut], first: int) -> float:
    """The share whose own passage is among the first so many results."""
    return sum(one.rank < first for one in asked) / len(asked)


def table(asked: Sequence[LeftOut]) -> Iterator[str]:
    """The shares found first, and among the first three, by kind of passage."""
    by_kind: dict[str, list[LeftOut]] = defaultdict(list)
    for one in asked:
        by_kind[one.kind].append(one)
        by_kind["all"].append(one)
    yield f"{'kind':<10} {'asked':>6} {'own first':>10} {'own in 3':>9} {'page first':>11}"
    for kind, ones in by_kind.items():
        first, three = share_found(ones, 1), share_found(ones, 3)
        page = sum(one.page_rank == 0 for one in ones) / len(ones)
        yield f"{kind:<10} {len(ones):>6} {first:>10.3f} {three:>9.3f} {page:>11.3f}"


if __name__ == "__main__":
    results = list(ask_left_out(Paths(ROOT, ROOT)))
    print("\n".join(table(results)))
    for one in [one for one in results if one.page_rank == LOOKED_AT][:40]:
        print(one.question, one.item, one.found[:2])
