"""Which questions are asked, and what answers mean."""

from __future__ import annotations

import pytest

from tests.factories import channel, group, procedure, question, step
from yibao_desktop.domain.procedure.conditions import Is, Not, Truth
from yibao_desktop.domain.procedure.interview import (
    Interview,
    all_questions,
    checked_answers,
    completions,
)
from yibao_desktop.domain.procedure.model import CHANNEL, UNSURE
from yibao_desktop.errors import UserError

TWO_CARDS = procedure(
    group(
        "how",
        step("phone"),
        step("online"),
        kind="any",
        when=Is("card", "real"),
    ),
    questions=(
        question("card", "real", "phone"),
        question(CHANNEL, ask_if=Is("card", "real")),
    ),
    channels=(channel("hall"), channel("web")),
)


def ids(questions):
    return [q.id for q in questions]


def test_channel_and_choices_are_questions_too():
    questions = {q.id: q for q in all_questions(TWO_CARDS)}
    assert list(questions) == ["card", CHANNEL, "how"]
    assert [o.id for o in questions[CHANNEL].options] == ["hall", "web"]
    assert [o.id for o in questions["how"].options] == ["phone", "online"]


def test_a_single_channel_is_not_asked_for():
    only = procedure(step("a", when=Is(CHANNEL, "hall")), channels=(channel("hall"),))
    assert all_questions(only) == ()
    assert Interview(only, {}).truth(Is(CHANNEL, "hall")) is Truth.YES


def test_a_question_waits_for_the_one_it_depends_on():
    assert ids(Interview(TWO_CARDS, {}).open_questions()) == ["card"]
    after = Interview(TWO_CARDS, {"card": ("real",)})
    assert ids(after.open_questions()) == [CHANNEL, "how"]


def test_unsure_keeps_both_branches():
    interview = Interview(TWO_CARDS, {"card": (UNSURE,)})
    assert interview.truth(Is("card", "real")) is Truth.MAYBE
    assert ids(interview.open_questions()) == [CHANNEL, "how"]


def test_an_answer_that_no_longer_applies_is_masked_and_not_lost():
    answers = {"card": ("phone",), CHANNEL: ("web",)}
    masked = Interview(TWO_CARDS, answers)
    assert masked.reply(CHANNEL) == frozenset()
    assert ids(masked.live_questions()) == ["card"]
    back = Interview(TWO_CARDS, {**answers, "card": ("real",)})
    assert back.reply(CHANNEL) == {"web"}


def test_a_channel_that_does_not_apply_is_not_offered():
    sample = procedure(
        questions=(question("old", "yes", "no"),),
        channels=(channel("hall"), channel("app", when=Not(Is("old", "yes"))), channel("web")),
    )
    interview = Interview(sample, {"old": ("yes",), CHANNEL: ("app",)})
    asked = {q.id: q for q in interview.questions}
    assert [o.id for o in interview.options(asked[CHANNEL])] == ["hall", "web"]
    assert interview.reply(CHANNEL) is None
    assert ids(interview.open_questions()) == [CHANNEL]


def test_completions_are_every_way_of_going_on():
    ways = [dict(a) for a in completions(TWO_CARDS, {"card": (UNSURE,)})]
    assert {w["card"] for w in ways} == {("real",), ("phone",)}
    assert len(ways) == 2 * 2 + 1
    assert all(Interview(TWO_CARDS, w).open_questions() == () for w in ways)


def test_completions_of_several_answers_and_of_dates():
    sample = procedure(
        questions=(question("papers", "a", "b", kind="many"), question("born", kind="date"))
    )
    ways = list(completions(sample, {}))
    assert {w["papers"] for w in ways} == {(), ("a",), ("b",), ("a", "b")}
    assert len(ways) == 4


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"size": ("big",)}, "没有问题“size”"),
        ({"card": ("gold",)}, "没有选项“gold”"),
        ({"card": ("real", "phone")}, "只能选一个"),
        ({"born": ("昨天",)}, "要填日期"),
    ],
)
def test_answers_that_do_not_fit_are_refused(answers, message):
    sample = procedure(questions=(question("card", "real", "phone"), question("born", kind="date")))
    with pytest.raises(UserError, match=message) as caught:
        checked_answers(sample, answers)
    assert caught.value.hint


def test_answers_that_fit_are_accepted():
    sample = procedure(
        questions=(
            question("card", "real", "phone"),
            question("papers", "a", "b", kind="many"),
            question("born", kind="date"),
        )
    )
    answers = {"card": (UNSURE,), "papers": ("a", "b"), "born": ("2025-04-23",)}
    assert checked_answers(sample, answers) is answers
