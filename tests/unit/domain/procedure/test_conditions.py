"""Three-valued conditions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao_desktop.domain.procedure.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Has,
    In,
    Is,
    Not,
    Reply,
    Truth,
    both,
    condition_from_data,
    condition_to_data,
    evaluate,
    references,
)

NO, MAYBE, YES = Truth.NO, Truth.MAYBE, Truth.YES
QUESTIONS = ("a", "b")
OPTIONS = ("x", "y")


def lookup(replies: dict[str, Reply]):
    return replies.get


@pytest.mark.parametrize(
    ("condition", "replies", "truth"),
    [
        (None, {}, YES),
        (Is("a", "x"), {"a": frozenset({"x"})}, YES),
        (Is("a", "x"), {"a": frozenset({"y"})}, NO),
        (Is("a", "x"), {"a": None}, MAYBE),
        (Is("a", "x"), {"a": frozenset()}, NO),
        (Has("a", "x"), {"a": frozenset({"x", "y"})}, YES),
        (In("a", ("x", "z")), {"a": frozenset({"z"})}, YES),
        (In("a", ("x", "z")), {"a": frozenset({"y"})}, NO),
        (Not(Is("a", "x")), {"a": None}, MAYBE),
        (Not(Is("a", "x")), {"a": frozenset({"y"})}, YES),
        (AllOf((Is("a", "x"), Is("b", "x"))), {"a": None, "b": frozenset({"y"})}, NO),
        (AllOf((Is("a", "x"), Is("b", "x"))), {"a": None, "b": frozenset({"x"})}, MAYBE),
        (AnyOf((Is("a", "x"), Is("b", "x"))), {"a": None, "b": frozenset({"x"})}, YES),
        (AnyOf((Is("a", "x"), Is("b", "x"))), {"a": None, "b": frozenset({"y"})}, MAYBE),
    ],
)
def test_truth_of_a_condition(condition, replies, truth):
    assert evaluate(condition, lookup(replies)) is truth


leaves = st.builds(Is, st.sampled_from(QUESTIONS), st.sampled_from(OPTIONS))
conditions: st.SearchStrategy[Condition] = st.recursive(
    leaves
    | st.builds(Has, st.sampled_from(QUESTIONS), st.sampled_from(OPTIONS))
    | st.builds(
        In,
        st.sampled_from(QUESTIONS),
        st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2).map(tuple),
    ),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=6,
)
known = st.dictionaries(
    st.sampled_from(QUESTIONS), st.sampled_from([frozenset({"x"}), frozenset({"y"})])
)


@given(conditions, known)
def test_more_answers_never_turn_a_settled_truth(condition, replies):
    before = evaluate(condition, lookup(replies))
    for question in QUESTIONS:
        for option in OPTIONS:
            filled = {q: frozenset({option}) for q in QUESTIONS} | replies
            after = evaluate(condition, lookup(filled))
            assert after is not MAYBE
            if before is not MAYBE:
                assert after is before, question


@given(conditions)
def test_a_condition_survives_being_written_down(condition):
    assert condition_from_data(condition_to_data(condition)) == condition


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"is": ["a"]},
        {"is": ["a", "x"], "in": ["a", ["x"]]},
        {"maybe": ["a", "x"]},
        {"in": ["a", "x"]},
        {"in": ["a", []]},
        {"all": []},
        {"not": {}},
        "channel",
        None,
    ],
)
def test_a_condition_written_wrongly_is_refused(data):
    with pytest.raises(ValueError, match="条件"):
        condition_from_data(data)


def test_both_joins_what_is_there():
    first, second = Is("a", "x"), Is("b", "y")
    assert both(None, None) is None
    assert both(first, None) is first
    assert both(None, second) is second
    assert both(first, second) == AllOf((first, second))


def test_references_finds_every_question_and_option():
    condition = AllOf((Not(Is("a", "x")), AnyOf((In("b", ("x", "y")), Has("a", "y")))))
    assert list(references(condition)) == [("a", ("x",)), ("b", ("x", "y")), ("a", ("y",))]
    assert list(references(None)) == []
