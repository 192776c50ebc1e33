"""Questions with known answers, asked as if nobody had told the guide of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tests.conftest import ROOT
from tests.evaluation.fitting import Array
from yibao_desktop.content.builder import write_database
from yibao_desktop.content.loader import Seed, Seeds, load_seeds
from yibao_desktop.domain.guide.items import page_id
from yibao_desktop.paths import ENCODER_FILE
from yibao_desktop.search.candidate import Candidate, Feature
from yibao_desktop.search.decoder import Decoder
from yibao_desktop.search.lexicon import Lexicon
from yibao_desktop.search.meaning import Encoder
from yibao_desktop.search.meanings import Meanings
from yibao_desktop.search.question import QuestionReader
from yibao_desktop.search.segmenter import Segmenter
from yibao_desktop.search.sounds import Sounds
from yibao_desktop.search.weighing import CONSIDERED, Search, Weighed, Weigher
from yibao_desktop.store.content_repository import ContentRepository

SETS = ROOT / "tests" / "data" / "questions"
RESOURCES = ROOT / "resources"

TYPICAL = "typical"
"""The kind of the questions of the seeds."""

PARTS = 5
"""The typical questions are held back a fifth at a time, and asked where they are not known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what is known of the passages that may answer it.

    Attributes:
        kind: as in the question sets; ``TYPICAL`` for those of the seeds.
        group: what it is about; questions about the same are never on both sides of a test.
        wanted: whether each candidate answers it; nothing where the guide has no answer.
        in_field: whether it is about the guide's field at all.
        values: of ``FEATURES`` for each candidate.
    """

    question: str
    kind: str
    group: str
    in_field: bool
    wanted: Array
    values: Array
    weighed: Weighed

    @property
    def has_answer(self) -> bool:
        """Whether the guide answers it and search looked at the answer."""
        return bool(self.wanted.any())


FEATURES = tuple(Feature)


@dataclass(frozen=True, slots=True)
class _Row:
    question: str
    kind: str
    group: str
    want: frozenset[str]
    in_field: bool


def set_rows(name: str) -> list[dict[str, object]]:
    """The rows of one of the question sets."""
    text = (SETS / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def ask_set(name: str) -> list[Asked]:
    """Every question of a set, asked of the guide as it is."""
    rows = [
        _Row(
            str(row["q"]),
            str(row["kind"]),
            page_id(min(row["want"])) if row["want"] else str(row["q"]),  # type: ignore[type-var]
            frozenset(row["want"]),  # type: ignore[arg-type]
            row["kind"] != "clean",
        )
        for row in set_rows(name)
    ]
    return list(_ask(load_seeds(ROOT / "seeds"), rows))


def ask_typical() -> Iterator[Asked]:
    """Every typical question of the seeds, asked of a guide that does not know it."""
    for part in range(PARTS):
        seeds = load_seeds(ROOT / "seeds")
        rows = [*_hold_back_questions(seeds, part), *_hold_back_untreated(seeds, part)]
        yield from _ask(seeds, rows)


def _hold_back_questions(seeds: Seeds, part: int) -> Iterator[_Row]:
    same = _same(seeds)
    for position, seed in enumerate(seeds.questions):
        item = seed.value.item
        kept, held = _parted(seed.value.questions, position, part)
        seeds.questions[position] = _with(seed, kept)
        for question in held:
            yield _Row(question, TYPICAL, page_id(item), same.get(item, frozenset({item})), True)


def _hold_back_untreated(seeds: Seeds, part: int) -> Iterator[_Row]:
    for position, seed in enumerate(seeds.untreated):
        kept, held = _parted(seed.value.questions, position, part)
        seeds.untreated[position] = _with(seed, kept)
        for question in held:
            yield _Row(question, TYPICAL, seed.value.id, frozenset(), not seed.value.outside)


def _parted(
    questions: Sequence[str], shift: int, part: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    held = [(number + shift) % PARTS == part for number in range(len(questions))]
    pairs = list(zip(questions, held, strict=True))
    return tuple(q for q, h in pairs if not h), tuple(q for q, h in pairs if h)


def _with(seed: Seed, kept: tuple[str, ...]) -> Seed:  # type: ignore[type-arg]
    return replace(seed, value=replace(seed.value, questions=kept))


def _same(seeds: Seeds) -> dict[str, frozenset[str]]:
    """Passage → all that rest on a source it rests on, or on one that says the same."""
    from yibao_desktop.content.passages import passages

    group = {s.value.key: s.value.group or s.value.key for s in seeds.sources}
    sources = {
        draft.item_id: {group[key] for key in draft.sources}
        for seed in seeds.pages()
        for draft in passages(seed.value, {})
    }
    return {
        item: frozenset(other for other, theirs in sources.items() if own & theirs)
        for item, own in sources.items()
    }


def _ask(seeds: Seeds, rows: Sequence[_Row]) -> Iterator[Asked]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "content.sqlite3"
        write_database(seeds, RESOURCES, "evaluation", path)
        with closing(ContentRepository(path)) as repository:
            yield from _ask_repository(repository, rows)


def _ask_repository(repository: ContentRepository, rows: Sequence[_Row]) -> Iterator[Asked]:
    segmenter = Segmenter(Lexicon.from_data(repository.lexicon()))
    reader = QuestionReader(repository, segmenter)
    meanings = Meanings(Encoder(RESOURCES / ENCODER_FILE), repository, segmenter)
    weigher = Weigher(reader, meanings)
    items = {passage.number: passage.item_id for passage in repository.passages()}
    decoder = Decoder(segmenter.lexicon, Sounds.from_data(repository.sounds()))
    with repository.connection() as connection:
        search = Search(connection, None, CONSIDERED)
        for row in rows:
            weighed = _read_by_sound(
                weigher.weigh(search, reader.read(connection, row.question)),
                decoder,
                lambda meant: weigher.weigh(search, reader.read(connection, meant)),
            )
            yield Asked(
                row.question,
                row.kind,
                row.group,
                row.in_field,
                np.array([items[c.number] in row.want for c in weighed.candidates], float),
                np.array([_values(c) for c in weighed.candidates]).reshape(-1, len(FEATURES)),
                weighed,
            )


def _read_by_sound(weighed: Weighed, decoder: Decoder, weigh: Callable[[str], Weighed]) -> Weighed:
    """What search would go by where words are unknown: the reading the guide has more words of."""
    typed = weighed.question
    if not typed.untreated or any(candidate.literal for candidate in weighed.candidates):
        return weighed
    meant = decoder.decode(typed.text)
    other = weigh(meant) if meant != typed.text else weighed
    return other if other.question.untreated < typed.untreated else weighed


def _values(candidate: Candidate) -> list[float]:
    return [candidate.value(feature) for feature in FEATURES]
