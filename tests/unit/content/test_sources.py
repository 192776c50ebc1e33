"""The list of sources agrees with the documents, where those are at hand beside the repository."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from tests.conftest import ROOT
from yibao_desktop.content.loader import load_seeds
from yibao_desktop.domain.guide.sources import Source

SHARED = ROOT.parent / "shared"
KEYS = SHARED / "source_keys.tsv"

FIGURE = re.compile(r"\d+(?:\.\d+)?")
LIST_NUMBER = re.compile(r"^\d+\. ", re.MULTILINE)
WEB_DATE = re.compile(r"^健康新闻 (.+)$", re.MULTILINE)

pytestmark = pytest.mark.skipif(
    not KEYS.is_file(), reason=f"the source documents are not at hand ({KEYS})"
)


def passages(path: Path, sources: list[Source]) -> dict[str, str]:
    """The text below every heading of a document, with the heading, up to the next one."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
    starts: list[int] = []
    for source in sources:
        after = starts[-1] + 1 if starts else 0
        # Keys of two headings of one name tell the heading above first.
        heading = source.title.rpartition(":")[2]
        # One heading runs on in the document and is cut short in its key.
        starts.append(next(i for i, s in enumerate(lines[after:], after) if s.startswith(heading)))
    ends = [*starts[1:], len(lines)]
    return {
        source.key: "\n".join(lines[start:end])
        for source, start, end in zip(sources, starts, ends, strict=True)
    }


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    """The sources as the guide lists them."""
    return [seed.value for seed in load_seeds(ROOT / "seeds").sources]


@pytest.fixture(scope="module")
def texts(sources: list[Source]) -> dict[str, str]:
    """The text of every passage by its key."""
    found: dict[str, str] = {}
    for document, group in groupby(sources, key=lambda s: s.document):
        (path,) = (SHARED / "seeds").glob(f"{document}_*.txt")
        found |= passages(path, list(group))
    return found


def test_the_keys_are_those_of_the_documents(sources):
    rows = [
        line.split("\t")
        for line in KEYS.read_text(encoding="utf-8").splitlines()
        if not line.startswith("# ")
    ]
    assert len(rows) == 188
    assert rows == [[s.key, s.parent or "", s.date.isoformat(), s.group or ""] for s in sources]


def test_the_dates_are_those_of_the_passages(sources, texts):
    dates = {s.key: WEB_DATE.findall(texts[s.key]) for s in sources}
    assert {k: d for k, d in dates.items() if d} == {
        s.key: [s.date.isoformat()] for s in sources if "#snippet:" in s.key
    }


def test_the_figures_are_those_of_the_passages(sources, texts):
    for source in sources:
        said = WEB_DATE.sub("", LIST_NUMBER.sub("", texts[source.key]))
        digits = {figure for figure in source.figures if FIGURE.fullmatch(figure)}
        assert digits == set(FIGURE.findall(said)), source.key
        assert all(figure in said for figure in source.figures), source.key
