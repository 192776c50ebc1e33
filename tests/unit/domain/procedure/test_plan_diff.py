"""What another answer changes, over every answer of every shipped procedure."""

from __future__ import annotations

from dataclasses import replace

from tests.factories import KEY, channel, material, outcome, procedure, question, step
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.procedure.conditions import Is, Not
from yibao_desktop.domain.procedure.interview import Interview, completions
from yibao_desktop.domain.procedure.model import CHANNEL, UNSURE, Statement
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.procedure.plan_diff import diff
from yibao_desktop.domain.procedure.progress import progress


def test_steps_papers_fee_and_ticks_that_change_are_told():
    free, paid = (Statement(RichText.of(t), (KEY,)) for t in ("不收费", "要收费"))
    hall, web = channel("hall"), channel("web")
    sample = procedure(
        step("first", materials=("id",)),
        step("queue", when=Is(CHANNEL, "hall"), materials=("copy",)),
        step("upload", when=Is(CHANNEL, "web")),
        step("late", when=Is("late", "yes")),
        materials=(material("id"), material("copy")),
        questions=(question("late", "yes", "no", ask_if=Is(CHANNEL, "web")),),
        channels=(_with_fee(hall, paid), _with_fee(web, free)),
    )
    before = make_plan(sample, {CHANNEL: ("hall",)})
    after = make_plan(sample, {CHANNEL: ("web",)})
    change = diff(before, after, {"first", "queue"})
    assert [s.id for s in change.steps_added] == ["upload", "late"]
    assert [s.id for s in change.steps_removed] == ["queue"]
    assert [m.id for m in change.materials_removed] == ["copy"]
    assert change.materials_added == ()
    assert [s.id for s in change.ticked_away] == ["queue"]
    assert [q.id for q in change.asked] == ["late"]
    assert change.fee == (paid, free)
    assert change.time is None
    assert change.outcome is None
    assert not change.is_empty
    assert diff(before, before).is_empty


def _with_fee(way, fee):
    return replace(way, fee=fee)


def test_how_long_it_takes_and_what_one_has_at_the_end_are_told():
    days = tuple(Statement(RichText.of(t), (KEY,)) for t in ("7 天", "当场"))
    sample = procedure(
        channels=(_with_time(channel("hall"), days[0]), _with_time(channel("web"), days[1])),
        outcomes=(outcome("card", Is(CHANNEL, "hall")), outcome("file", Is(CHANNEL, "web"))),
    )
    hall, web = (make_plan(sample, {CHANNEL: (way,)}) for way in ("hall", "web"))
    change = diff(hall, web)
    assert change.time == days
    assert [o.id for o in change.outcome] == ["card", "file"]
    assert change.fee is None


def _with_time(way, time):
    return replace(way, time=time)


def test_another_outcome_is_told():
    sample = procedure(
        step("go", when=Not(Is("card", "phone"))),
        questions=(question("card", "real", "phone"),),
    )
    before, after = (make_plan(sample, {"card": (c,)}) for c in ("real", "phone"))
    assert [s.id for s in diff(before, after).steps_removed] == ["go"]


def edits(shipped, answers):
    """Every single change to one answered question that applies."""
    interview = Interview(shipped, answers)
    for asked in interview.live_questions():
        for option in [o.id for o in interview.options(asked)] + [UNSURE]:
            if answers.get(asked.id) != (option,):
                yield {**answers, asked.id: (option,)}


def test_an_edit_and_its_reverse_leave_everything_as_it_was(services):
    tried = 0
    for shipped in services.procedures.procedures():
        for answers in completions(shipped, {}):
            plan = make_plan(shipped, answers)
            done = {s.step.id for s in plan.steps}
            before = progress(shipped, answers, done)
            for edited in edits(shipped, answers):
                tried += 1
                other = make_plan(shipped, edited)
                there, back = diff(plan, other, done), diff(other, plan, done)
                assert there.steps_added == back.steps_removed
                assert there.materials_removed == back.materials_added
                old = {s.step.id for s in plan.steps}
                new = {s.step.id for s in other.steps}
                assert {s.id for s in there.steps_added} == new - old
                assert {s.id for s in there.ticked_away} == old - new
                # Only the one answer is another; setting it back gives plan and ticks again.
                asked = [q for q in edited if edited[q] != answers.get(q)]
                assert len(asked) == 1
                reverted = dict(edited)
                for question_id in asked:
                    if question_id in answers:
                        reverted[question_id] = answers[question_id]
                    else:
                        del reverted[question_id]
                assert make_plan(shipped, reverted) == plan
                assert progress(shipped, reverted, done) == before
    assert tried > 100
