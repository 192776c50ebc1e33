"""Recognises what a question asks for by the questions people typically ask.

Every name and typical question of a passage is an example of what leads to it, and so is every
question about a subject the guide does not treat. Two texts are alike by the words and runs of
characters they share, and by what they mean; regularised least squares learn from the examples how
much likeness to each of them says for and against each passage or subject.
"""

from __future__ import annotations

import io
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from yibao_desktop.search.segmenter import Segmenter
from yibao_desktop.search.steps import Numbers, Stepped, Vectors

RUNS = (1, 2, 3)
"""Lengths of the runs of characters by which two texts are alike."""

MEANING_WEIGHT = 1.5
"""How much likeness in meaning counts against likeness in wording."""

HELD_BACK = 2.0
"""How far the learnt weights are kept small, against overfitting."""

NEAREST = 3
"""So many of a passage's own examples say how typical a question is of it."""

_CONCEPT = "\0"
"""Set before a concept, so that it is no run of characters."""


def grams(text: str, segmenter: Segmenter) -> Counter[int]:
    """The concepts and runs of characters of a normalised text, as numbers, with their counts."""
    words = segmenter.words(text)
    joined = "".join(words)
    lexicon = segmenter.lexicon
    found = [_CONCEPT + lexicon.concept(word) for word in words if word not in lexicon.fillers]
    for length in RUNS:
        found += [joined[i : i + length] for i in range(len(joined) - length + 1)]
    return Counter(zlib.crc32(gram.encode()) for gram in found)


Parts = Mapping[str, npt.NDArray[Any]]
"""What is learnt, by name, as it is stored."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text that is typical of a passage (its number), or of an untreated subject.

    ``leads_to`` of subject i is -1 - i, so that one number tells both; ``outside`` says whether
    that subject has nothing to do with the guide's field.
    """

    text: str
    leads_to: int
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a question is recognised as.

    Attributes:
        scores: passage → how much the examples say for it; those of all and no more add up to
            about 1.
        typical: passage → how like its nearest examples the question is in meaning, -1 … 1.
        untreated_score: how much they say for the untreated subject they say most for.
        untreated: position of that subject; None where there is none.
        untreated_typical: how like the nearest examples of any untreated subject it is.
        outside: how much they say for what has nothing to do with the guide's field.
    """

    scores: Mapping[int, float]
    typical: Mapping[int, float]
    untreated_score: float
    untreated: int | None
    untreated_typical: float
    outside: float


class Recogniser:
    """What was learnt from the examples; ``parts`` are what is stored."""

    def __init__(self, parts: Parts) -> None:
        self._codes = parts["codes"]
        self._rarity: Vectors = parts["rarity"].astype(np.float32)
        self._starts = parts["starts"]
        self._holders = parts["holders"]
        self._shares: Vectors = parts["shares"].astype(np.float32)
        self._meanings = Stepped(parts["meanings"], parts["meaning_steps"])
        self._weights = Stepped(parts["weights"], parts["weight_steps"])
        self._classes = parts["classes"]
        self._treated = self._classes > 0
        self._numbers = self._classes[self._treated].tolist()
        self._outside = np.isin(self._classes, parts["outside"])
        self._others = np.flatnonzero(~self._treated & ~self._outside)
        self._own = _rows_of_classes(parts["labels"], len(self._classes))

    @classmethod
    def from_data(cls, data: bytes) -> Recogniser:
        """As ``to_data`` wrote it."""
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return cls({name: file[name] for name in file.files})

    def recognise(self, counts: Counter[int], meaning: Vectors) -> Recognised:
        """What a question with these grams and this meaning is recognised as."""
        alike = self._meanings @ meaning
        worded = self._worded(counts)
        scores = _mixed(worded, alike) @ self._weights
        padded = np.append(alike, -np.inf)[self._own]
        nearest = np.sort(padded, axis=1)[:, -NEAREST:]
        there = np.isfinite(nearest)
        typical = np.where(there, nearest, 0).sum(1) / there.sum(1)
        best = self._others[scores[self._others].argmax()] if len(self._others) else None
        return Recognised(
            scores=dict(zip(self._numbers, scores[self._treated].tolist(), strict=True)),
            typical=dict(zip(self._numbers, typical[self._treated].tolist(), strict=True)),
            untreated_score=0.0 if best is None else float(scores[best]),
            untreated=None if best is None else int(-1 - self._classes[best]),
            untreated_typical=float(typical[~self._treated].max(initial=0.0)),
            outside=float(scores[self._outside].max(initial=0.0)),
        )

    def _worded(self, counts: Counter[int]) -> Vectors:
        """How alike each example is in wording, 0 … 1."""
        codes = np.array(sorted(counts), np.uint32)
        places = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        tally = np.array([counts[int(code)] for code in codes], np.float32)
        known = self._codes[places] == codes
        rarity = np.where(known, self._rarity[places], self._rarity.max(initial=0.0))
        shares = (1 + np.log(tally)) * rarity
        shares /= max(float(np.linalg.norm(shares)), 1e-9)
        alike = np.zeros(len(self._meanings), np.float32)
        for place, share in zip(places[known].tolist(), shares[known].tolist(), strict=True):
            held = slice(self._starts[place], self._starts[place + 1])
            alike[self._holders[held]] += share * self._shares[held]
        return alike


def learn(
    examples: Sequence[Example], counts: Sequence[Counter[int]], meanings: Vectors
) -> dict[str, npt.NDArray[Any]]:
    """What to store for ``Recogniser``, from the examples, their grams and their meanings.

    What is many is kept as whole numbers of small steps, a quarter of the size and as good.
    """
    order = sorted(range(len(examples)), key=lambda i: (examples[i].leads_to, i))
    classes, labels = np.unique([examples[i].leads_to for i in order], return_inverse=True)
    parts = _wording([counts[i] for i in order])
    kept = Stepped.of(meanings[order], np.int8)
    alike = (kept.numbers * kept.steps).astype(np.float64)
    worded = _all_worded(parts, len(order))
    likeness = _mixed(worded, alike @ alike.T)
    wanted = np.zeros((len(order), len(classes)))
    wanted[np.arange(len(order)), labels] = 1
    solved = np.linalg.solve(likeness + HELD_BACK * np.eye(len(order)), wanted)
    weights = Stepped.of(solved, np.int8)
    return parts | {
        "meanings": kept.numbers,
        "meaning_steps": kept.steps,
        "classes": classes.astype(np.int32),
        "outside": np.array(sorted({e.leads_to for e in examples if e.outside}), np.int32),
        "labels": labels.astype(np.int32),
        "weights": weights.numbers,
        "weight_steps": weights.steps,
    }


def to_data(parts: Parts) -> bytes:
    """The parts as one file, the same for the same parts."""
    file = io.BytesIO()
    np.savez(file, **dict(sorted(parts.items())))  # type: ignore[arg-type]
    return file.getvalue()


def _mixed(worded: Vectors, alike: Vectors) -> Vectors:
    mixed: Vectors = (worded + MEANING_WEIGHT * alike) / (1 + MEANING_WEIGHT)
    return mixed


def _wording(counts: Sequence[Counter[int]]) -> dict[str, npt.NDArray[Any]]:
    """Which examples have each gram, and how much of an example it makes up."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for example, found in enumerate(counts):
        for code in found:
            holders[code].append(example)
    codes = sorted(holders)
    total = len(counts)
    rarity = {code: 1 + math.log((1 + total) / (1 + len(holders[code]))) for code in codes}
    lengths = [
        math.sqrt(sum(((1 + math.log(n)) * rarity[code]) ** 2 for code, n in found.items())) or 1.0
        for found in counts
    ]
    shares = [
        (1 + math.log(counts[example][code])) * rarity[code] / lengths[example]
        for code in codes
        for example in holders[code]
    ]
    return {
        "codes": np.array(codes, np.uint32),
        "rarity": np.array([rarity[code] for code in codes], np.float16),
        "starts": np.cumsum([0, *(len(holders[code]) for code in codes)], dtype=np.uint32),
        "holders": np.array([e for code in codes for e in holders[code]], np.uint16),
        "shares": np.array(shares, np.float16),
    }


def _all_worded(parts: Parts, total: int) -> Vectors:
    """How alike each two examples are in wording."""
    alike = np.zeros((total, total))
    starts = parts["starts"].tolist()
    for start, end in pairwise(starts):
        held = parts["holders"][start:end]
        shares = parts["shares"][start:end].astype(np.float64)
        alike[np.ix_(held, held)] += np.outer(shares, shares)
    return alike


def _rows_of_classes(labels: Numbers, classes: int) -> Numbers:
    """The examples of each class, a row each; the number after the last stands for none."""
    own: list[list[int]] = [[] for _ in range(classes)]
    for example, label in enumerate(labels.tolist()):
        own[label].append(example)
    most = max(map(len, own), default=0)
    none = len(labels)
    return np.array([row + [none] * (most - len(row)) for row in own])
