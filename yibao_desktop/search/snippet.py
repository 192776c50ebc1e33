"""A piece of the original text around what was found, with the found words marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from yibao_desktop.search.segmenter import Segmenter

LENGTH = 72
"""Characters of a snippet."""

_LEAD = 12
_RUN = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Original text; ``marks`` are ``(start, end)`` positions of matched words in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def make_snippet(body: str, literal: str, terms: Collection[str], segmenter: Segmenter) -> Snippet:
    """The part of the body where the literal text or, failing that, the most terms stand."""
    flat = " ".join(body.split())
    marks = list(_literal_marks(flat.lower(), literal)) or list(_term_marks(flat, terms, segmenter))
    start = _best_start(marks)
    end = min(len(flat), start + LENGTH)
    start = max(0, min(start, end - LENGTH))
    before, after = ("…" if start else ""), ("…" if end < len(flat) else "")
    shift = len(before) - start
    inside = tuple((a + shift, b + shift) for a, b in marks if a >= start and b <= end)
    return Snippet(f"{before}{flat[start:end]}{after}", inside)


def _literal_marks(text: str, literal: str) -> Iterator[tuple[int, int]]:
    position = text.find(literal) if literal else -1
    while position >= 0:
        yield position, position + len(literal)
        position = text.find(literal, position + len(literal))


def _term_marks(
    text: str, terms: Collection[str], segmenter: Segmenter
) -> Iterator[tuple[int, int]]:
    """Where words of the terms stand, near the place where most of them may stand.

    Only what a snippet can show is cut into words: that is what costs in a long text.
    """
    lowered = text.lower()
    spans = sorted(_spans(lowered, terms, segmenter))
    if not spans:
        return
    piece = _piece(lowered, _best_start(spans))
    for run in _RUN.finditer(lowered, piece.start, piece.stop):
        if any(run.start() <= start < run.end() for start, _ in spans):
            position = run.start()
            for word in segmenter.words(run[0]):
                if segmenter.lexicon.concept(word) in terms:
                    yield position, position + len(word)
                position += len(word)


def _spans(text: str, terms: Collection[str], segmenter: Segmenter) -> Iterator[tuple[int, int]]:
    """Whatever may be one of the terms, within a longer word, too."""
    for word in {w for term in terms for w in (term, *segmenter.lexicon.spellings.get(term, ()))}:
        yield from _literal_marks(text, word)


def _piece(text: str, start: int) -> slice:
    """What a snippet may show from there, begun and ended at punctuation."""
    while start and text[start - 1].isalnum():
        start -= 1
    stop = _STOP.search(text, min(len(text), start + LENGTH))
    return slice(start, stop.start() if stop else len(text))


def _best_start(marks: list[tuple[int, int]]) -> int:
    best, most = 0, 0
    for start, _ in marks:
        window = max(0, start - _LEAD)
        count = sum(window <= a and b <= window + LENGTH for a, b in marks)
        if count > most:
            best, most = window, count
    return best
