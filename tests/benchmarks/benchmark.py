"""What is measured: the shipped guide, and libraries of any size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks import first_query
from tests.benchmarks.library import index_bytes, item_id, seeds_with, write_library
from tests.benchmarks.pages import material, pages
from tests.benchmarks.plain_index import PlainIndex
from tests.benchmarks.questions import QUESTIONS
from tests.benchmarks.report import Row, megabytes, speed
from tests.benchmarks.timing import Asked, compare
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.paths import Paths

FIRST_QUERY_GOAL = 1 / 5
"""The first query takes at most five times as long as later ones."""

LARGE_GOAL = 3.0
"""How many times faster than the plain index search is in a large library, at the 95th percentile."""

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Effort:
    """How thoroughly to measure.

    Attributes:
        runs: times each query is asked.
        processes: fresh processes the first query is asked in; two do for a large library.
        known: made-up pages that are looked for.
    """

    runs: int = 3
    processes: int = 5
    known: int = 40


@dataclass(frozen=True, slots=True)
class Size:
    """What is compared between libraries of different sizes, the guide's and the plain index's."""

    pages: int
    index: tuple[int, int]
    build: tuple[float, float]
    asked: tuple[Asked, Asked]


@contextmanager
def _opened(paths: Paths, plain: Path) -> Iterator[tuple[ContentServices, PlainIndex]]:
    with closing(ContentServices(paths)) as guide, closing(PlainIndex(plain)) as index:
        yield guide, index


def _compare(
    guide: ContentServices, plain: PlainIndex, queries: Sequence[str], runs: int
) -> tuple[Asked, Asked]:
    def ours(query: str) -> list[int]:
        return [hit.passage.number for hit in guide.search.search(query, SHOWN).hits]

    return compare(ours, lambda query: plain.search(query, SHOWN), queries, runs)


def _percentiles(what: str, asked: tuple[Asked, Asked], goal: float | None = None) -> Iterator[Row]:
    ours, plain = asked
    yield speed(f"{what}, p50", ours.percentile(50), plain.percentile(50))
    yield speed(f"{what}, p95", ours.percentile(95), plain.percentile(95), goal)


def _first_query(bundle: Path, processes: int) -> Row:
    measured = first_query.measure(bundle, processes)
    first, later = median(m[0] for m in measured), median(m[1] for m in measured)
    return speed("first query, against later ones", first, later, FIRST_QUERY_GOAL)


def shipped(paths: Paths, folder: Path, effort: Effort) -> list[Row]:
    """The guide as it is, with everyday questions."""
    with _opened(paths, folder / "shipped.sqlite3") as (guide, plain):
        plain.fill(guide.content.passages())
        asked = _compare(guide, plain, QUESTIONS, effort.runs)
    return [
        *_percentiles("question with snippets", asked),
        _first_query(paths.bundle, effort.processes),
    ]


def library(
    count: int, paths: Paths, folder: Path, effort: Effort, messages: Path | None
) -> tuple[Size, list[Row]]:
    """The guide with so many made-up pages more: questions, known items, size and building."""
    with closing(ContentServices(paths)) as guide:
        made = list(pages(count, material(guide.content.passages(), messages)))
    known = dict(list(enumerate(made))[:: max(1, count // effort.known)][: effort.known])
    seeds = seeds_with(made, paths)
    started = perf_counter()
    large = write_library(seeds, paths, folder / f"library-{count}")
    build = perf_counter() - started
    del made, seeds
    plain_path = folder / f"plain-{count}.sqlite3"
    with _opened(large, plain_path) as (guide, plain):
        passages = guide.content.passages()
        started = perf_counter()
        plain.fill(passages)
        builds = build, perf_counter() - started
        numbers = {p.item_id: p.number for p in passages}
        del passages
        asked = _compare(guide, plain, QUESTIONS, effort.runs)
        searches = [query for page in known.values() for query in page.searches]
        looked_for = _compare(guide, plain, searches, effort.runs)
    targets = [numbers[item_id(n)] for n, page in known.items() for _ in page.searches]
    index = index_bytes(large.content_database), index_bytes(plain_path)
    size = Size(count, index, builds, asked)
    first = _first_query(large.bundle, min(2, effort.processes))
    return size, [*_library_rows(size, looked_for, targets), first]


def _library_rows(
    size: Size, looked_for: tuple[Asked, Asked], targets: Sequence[int]
) -> Iterator[Row]:
    yield from _percentiles("question", size.asked, LARGE_GOAL)
    yield from _percentiles("known item", looked_for, LARGE_GOAL)
    yield _found(looked_for, targets)
    yield _rate(size)
    ours, plain = size.index
    yield Row("index", megabytes(ours), megabytes(plain), plain / ours, ("smaller", "as big"))


def _found(looked_for: tuple[Asked, Asked], targets: Sequence[int]) -> Row:
    ours, plain = (
        sum(target in answer for target, answer in zip(targets, asked.answers, strict=True))
        for asked in looked_for
    )
    return Row(
        f"known items in the first {SHOWN}",
        f"{ours} of {len(targets)}",
        f"{plain} of {len(targets)}",
        ours / max(plain, 1),
        ("as many", "fewer"),
        1.0,
    )


def _rate(size: Size) -> Row:
    ours, plain = (size.pages / seconds for seconds in size.build)
    return Row("building", f"{ours:.0f} pages/s", f"{plain:.0f} pages/s", ours / plain)


def growth(small: Size, large: Size) -> list[Row]:
    """How much more the larger library costs, beside how much more it costs the plain index."""
    pairs = {
        "index": (small.index, large.index),
        "building": (small.build, large.build),
        "question, p95": tuple(
            tuple(asked.percentile(95) for asked in size.asked) for size in (small, large)
        ),
    }
    rows = []
    for name, (before, after) in pairs.items():
        ours, plain = (b / a for a, b in zip(before, after, strict=True))
        words = ("less growth", "more growth")
        rows.append(Row(name, f"{ours:.1f}×", f"{plain:.1f}×", plain / ours, words))
    return rows
