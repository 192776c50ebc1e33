"""What documents of one's own cost: answers with both, and adding one more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.pages import material, pages
from tests.benchmarks.questions import QUESTIONS
from tests.benchmarks.report import Row, megabytes, milliseconds, speed
from tests.benchmarks.start import SOURCE, Took, started
from tests.benchmarks.timing import compare
from tests.clock import NOON
from tests.data.documents import docx, p
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.guide.text import Body, Paragraph, RichText
from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.paths import Paths
from yibao_desktop.search.own_index import OwnIndex
from yibao_desktop.services.own_service import Choice

PASSAGES = 10_000
IN_ONE = 100
"""Passages of a document."""

ANSWER_S = 0.1
"""An answer with both takes no longer, at the 95th percentile."""

ADDING_S = 5.0
"""Adding a paper of a hundred pages takes no longer."""

LINES_OF_A_PAGE = 25


def measure(bundle: Path, folder: Path, runs: int, count: int = PASSAGES) -> list[Row]:
    """The guide with so many passages of one's own beside it, and the guide alone."""
    paths = Paths(bundle, folder / "own-user")
    with closing(ContentServices(paths)) as guide:
        filling = _fill(guide, count)
        both = guide.search

        def ours(query: str) -> list[int]:
            results = both.search(query)
            return [hit.passage.number for hit in (*results.hits, *results.own.hits)]

        def alone(query: str) -> list[int]:
            return [hit.passage.number for hit in both._engine.search(query).hits]

        asked = compare(ours, alone, QUESTIONS, runs)
        adding, smaller = _adding(guide, folder)
    return [*_rows(asked[0].percentile(95), asked[1].percentile(95), adding, smaller),
            Row(f"filling {count:,} passages", f"{filling:.1f} s", "", 1.0)]  # fmt: skip


def _rows(ours: float, alone: float, adding: float, small: float) -> Iterator[Row]:
    yield speed("answer with own documents, p95, against the guide alone", ours, alone)
    yield Row(
        "answer with own documents, p95", milliseconds(ours), milliseconds(ANSWER_S),
        ANSWER_S / ours, goal=1.0,
    )  # fmt: skip
    yield Row(
        "adding a paper of 100 pages", f"{adding:.1f} s", f"{ADDING_S:.1f} s",
        ADDING_S / adding, goal=1.0,
    )  # fmt: skip
    yield speed("adding 100 pages, against 1", adding, small)


def starts(bundle: Path, folder: Path, runs: int, count: int = PASSAGES) -> list[Row]:
    """Starts with so many passages of one's own, and starts with none, in turn."""
    homes = folder / "with-documents", folder / "without"
    for home in homes:
        home.mkdir()
    with closing(ContentServices(Paths(bundle, homes[0]))) as guide:
        _fill(guide, count)
    took: tuple[list[Took], list[Took]] = ([], [])
    for run in range(runs + 1):
        for kept, home in zip(took, homes, strict=True):
            measured = started([*SOURCE, "--measure-startup"], home)
            if run:
                kept.append(measured)
    return [*_start_rows(*took)]


def _start_rows(filled: Sequence[Took], empty: Sequence[Took]) -> Iterator[Row]:
    for what, told in (("window_ms", "window painted"), ("ready_ms", "question answered")):
        ours, none = (median(t[what] for t in took) / 1000 for took in (filled, empty))
        yield speed(f"{told}, with own documents against none", ours, none)
    held, least = (median(t["rss_mb"] for t in took) for took in (filled, empty))
    yield Row("memory", megabytes(held * 1e6), megabytes(least * 1e6), least / held,
              ("less", "more"))  # fmt: skip


def _fill(guide: ContentServices, count: int) -> float:
    made = list(pages(count, material(guide.content.passages())))
    started = perf_counter()
    with guide.own._database().writing() as unit:
        index = OwnIndex(unit.session, guide.search.segmenter)
        index.make_anew(())
        for first in range(0, count, IN_ONE):
            part = made[first : first + IN_ONE]
            sections = tuple(
                Section(f"s{n}", page.title, (), Body((Paragraph(RichText.of(page.body)),)))
                for n, page in enumerate(part)
            )
            name = f"{first}"
            document = OwnDocument(
                f"own--{first:012x}", f"第 {first} 份", f"{name}.txt",
                hashlib.sha256(name.encode()).hexdigest(), NOON,
            )  # fmt: skip
            unit.documents.put(document, sections)
            unit.session.flush()
            index.add(document, sections)
        unit.commit()
    return perf_counter() - started


def _adding(guide: ContentServices, folder: Path) -> tuple[float, float]:
    """Seconds for a paper of a hundred pages, and for one of one page."""
    taken = []
    for count in (100, 1):
        line = "参保人员应当按照规定缴纳基本医疗保险费，用人单位应当依法办理参保登记。"
        body = "".join(p(f"第{n}条　{line}") for n in range(count * LINES_OF_A_PAGE))
        file = folder / f"{count}.docx"
        file.write_bytes(docx(body))
        started = perf_counter()
        (look,) = guide.own.look([file])
        added = guide.own.add([Choice(look, look.title)])
        taken.append(perf_counter() - started)
        assert added.documents
    return taken[0], taken[1]
