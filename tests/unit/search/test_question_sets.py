"""The questions search is trained and measured with are sound, and kept apart."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.conftest import ROOT

KINDS = ("full", "partial", "pinyin", "homophone", "missing", "traditional", "mixed")
NOT_ANSWERED = ("clean", "near")
SETS = ("train", "test")


def rows(name: str) -> list[dict[str, object]]:
    """The rows of one set."""
    text = (ROOT / "tests" / "data" / "questions" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", SETS)
def test_what_is_wanted_is_in_the_guide(name, guide):
    known = {passage.item_id for passage in guide.content.passages()}
    for row in rows(name):
        assert known.issuperset(row["want"]), row


@pytest.mark.parametrize("name", SETS)
def test_a_question_wants_something_exactly_where_it_is_answered(name):
    for row in rows(name):
        assert row.keys() == {"q", "want", "kind"}
        assert row["kind"] in KINDS + NOT_ANSWERED
        assert bool(row["want"]) == (row["kind"] in KINDS), row


@pytest.mark.parametrize("name", SETS)
def test_there_are_enough_of_each_kind(name):
    kinds = Counter(row["kind"] for row in rows(name))
    assert sum(kinds[kind] for kind in KINDS) >= 150
    assert sum(kinds[kind] for kind in NOT_ANSWERED) >= 100
    assert min(kinds[kind] for kind in KINDS + NOT_ANSWERED) >= 20


def test_no_question_is_in_two_places(guide):
    names = {n for p in guide.content.passages() for n in (*p.names, *p.asked)}
    asked = [row["q"] for name in SETS for row in rows(name)]
    assert not [question for question, count in Counter(asked).items() if count > 1]
    learnt = {row["q"] for row in rows("test")} & names
    assert not learnt, "the guide's own names must not be in the set it is tested with"
