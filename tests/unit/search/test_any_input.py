"""Whatever is typed or pasted, a search neither fails nor answers nonsense."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from tests.depth import tries
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.search.results import Match, Results

LIMIT = 5
BATCHES = 10
BATCH = tries(usual=120, deep=1_000)

WORDS = "卡丢了怎么办 医保 社保卡 家庭共济 异地就医 醫保卡 报销 12333 kadiule ydjy App yibao 灵活就业".split()  # noqa: SIM905
OPERATORS = ["AND", "OR", "NOT", "NEAR", "NEAR(", "NEAR/3", "*", "^", ":", "(", ")", '"', '""', "'"]
OPERATORS += ["-", "+", "{title}:", "title:", ";", "--", "/*", "%", "_", "\\", "?", "?1", ":query"]
EMOJI = ["😀", "👨‍👩‍👧", "🇨🇳", "1️⃣", "🏥", "\ufe0f", "\u200d"]
ODD = [
    "\0",
    "\x01",
    "\x1b[31m",
    "\x7f",
    "\r\n",
    "\t",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\ue000",
    "\uffff",
]
SURROGATES = ["\ud800", "\udc00", "\udfff\ud800"]
FOREIGN = [
    "ﷺ",
    "ß",
    "ẞ",
    "İ",
    "e\u0301\u0301\u0301",
    "１２３",
    "㍿",
    "𠮷",
    "ꙮ",
    "한국",
    "עברית",
    "ⅷ",
]


def _words(random: Random) -> str:
    return "".join(random.choices(WORDS, k=random.randint(1, 4)))


def _statement(random: Random) -> str:
    """What the full-text tables could take for a question of their own language."""
    parts = random.choices([*OPERATORS, *WORDS], k=random.randint(1, 12))
    return random.choice(["", " "]).join(parts)


def _signs(random: Random) -> str:
    """Signs that have no business in a question, between words or alone."""
    parts = random.choices(
        [*EMOJI, *ODD, *SURROGATES, *FOREIGN, *WORDS[: random.randint(0, len(WORDS))]],
        k=random.randint(1, 15),
    )
    return "".join(parts)


def _any_characters(random: Random) -> str:
    return "".join(chr(random.randrange(0x110000)) for _ in range(random.randint(0, 40)))


def _damaged(random: Random) -> str:
    """A question with other characters put in and some lost."""
    text = list(_words(random))
    for _ in range(random.randint(1, 4)):
        text.insert(random.randint(0, len(text)), random.choice([*OPERATORS, *ODD, *EMOJI]))
        del text[random.randrange(len(text))]
    return "".join(text)


def _pasted(random: Random) -> str:
    """Five thousand characters."""
    part = random.choice([_words, _statement, _signs, _any_characters])(random) or " "
    return (part * 5_000)[:5_000]


SHAPES: tuple[Callable[[Random], str], ...] = (
    _words,
    _statement,
    _signs,
    _any_characters,
    _damaged,
    _pasted,
)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(BATCHES))
def test_strange_inputs_are_answered_sanely(guide: ContentServices, seed: int):
    random = Random(seed)
    for number in range(BATCH):
        query = SHAPES[number % len(SHAPES)](random)
        fault = _fault(guide.search.search(query, LIMIT), query)
        assert fault is None, f"{fault}: {query!r}"


def _fault(results: Results, query: str) -> str | None:
    """What is wrong with an answer."""
    scores = [hit.score for hit in results.hits]
    items = [hit.passage.item_id for hit in results.hits]
    marks = [(len(h.snippet.text), mark) for h in results.hits for mark in h.snippet.marks]
    faults = {
        "another question": results.query != query,
        "more than asked for": len(scores) > LIMIT,
        "not the best first": scores != sorted(scores, reverse=True),
        "a score without a meaning": not all(0 < score < 100 for score in scores),
        "the same twice": len(set(items)) < len(items),
        "a verdict that does not fit": (results.match is Match.NONE) != (not scores),
        "marks beside the text": not all(0 <= a < b <= end for end, (a, b) in marks),
    }
    return next((name for name, wrong in faults.items() if wrong), None)
