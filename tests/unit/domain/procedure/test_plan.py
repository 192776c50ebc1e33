"""Plans, papers and progress."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.built_content import PROCEDURES
from tests.factories import channel, group, material, outcome, procedure, question, step
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.procedure.conditions import Is, Not, Truth
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.interview import Interview, completions
from yibao_desktop.domain.procedure.model import CHANNEL, UNSURE, Deadline, Expected, Line
from yibao_desktop.domain.procedure.plan import implied_choices, make_plan, next_step
from yibao_desktop.domain.procedure.progress import progress
from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.records.commands import Answer
from yibao_desktop.domain.wording.plain_text import paper_text, step_text

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def numbers(plan):
    return [(s.number, s.step.id, s.sure) for s in plan.steps]


def test_steps_follow_the_flow_and_the_answers():
    sample = procedure(
        step("first"),
        step("hall-only", when=Is(CHANNEL, "hall")),
        step("web-only", when=Is(CHANNEL, "web")),
        step("last"),
        channels=(channel("hall"), channel("web")),
    )
    assert numbers(make_plan(sample, {})) == [
        (1, "first", True),
        (2, "hall-only", False),
        (3, "web-only", False),
        (4, "last", True),
    ]
    assert numbers(make_plan(sample, {CHANNEL: ("web",)})) == [
        (1, "first", True),
        (2, "web-only", True),
        (3, "last", True),
    ]


def test_an_open_choice_is_one_numbered_step():
    sample = procedure(group("how", step("phone"), step("online"), kind="any"), step("then"))
    plan = make_plan(sample, {})
    assert numbers(plan) == [(1, "phone", False), (1, "online", False), (2, "then", True)]
    assert {s.choice.id for s in plan.steps if s.choice} == {"how"}
    chosen = make_plan(sample, {"how": ("online",)})
    assert numbers(chosen) == [(1, "online", True), (2, "then", True)]
    assert chosen.steps[0].choice is None


def test_two_choices_one_after_the_other_keep_their_own_numbers():
    sample = procedure(
        group("first", step("a"), step("b"), kind="any"),
        group("second", step("c"), step("d"), kind="any"),
    )
    assert [s.number for s in make_plan(sample, {}).steps] == [1, 1, 2, 2]


def test_steps_that_can_be_done_together_say_so():
    sample = procedure(group("both", step("a"), step("b"), kind="all"), step("c"))
    assert [s.together for s in make_plan(sample, {}).steps] == ["both", "both", None]


def test_papers_are_gathered_over_steps_and_answers():
    sample = procedure(
        step("a", materials=("id", "photo")),
        step("b", materials=("id", "card"), when=Is(CHANNEL, "hall")),
        materials=(
            material("id"),
            material("photo", some_places=True),
            material("card", when=Not(Is("lost", "yes"))),
        ),
        questions=(question("lost", "yes", "no"),),
        channels=(channel("hall"), channel("web")),
    )
    open_plan = make_plan(sample, {})
    assert [(m.material.id, m.sure, m.steps) for m in open_plan.materials] == [
        ("id", True, ("a", "b")),
        ("photo", False, ("a",)),
        ("card", False, ("b",)),
    ]
    lost = make_plan(sample, {"lost": ("yes",), CHANNEL: ("hall",)})
    assert [m.material.id for m in lost.materials] == ["id", "photo"]


def test_the_outcome_is_told_once_only_one_is_left():
    sample = procedure(
        step("a", when=Is("card", "real")),
        questions=(question("card", "real", "phone"),),
        outcomes=(
            outcome("got", Is("card", "real")),
            outcome("elsewhere", Is("card", "phone"), kind="elsewhere"),
        ),
    )
    assert make_plan(sample, {}).outcome is None
    assert make_plan(sample, {"card": (UNSURE,)}).outcome is None
    ended = make_plan(sample, {"card": ("phone",)})
    assert ended.outcome is not None
    assert ended.outcome.id == "elsewhere"
    assert ended.steps == ()


def test_times_come_with_the_steps_they_are_counted_from():
    fact = Fact("days", "天数", "duration", ("004#4. 等待制卡",), low="7", high="10", unit="天")
    sample = procedure(
        step("apply", when=Is(CHANNEL, "hall"), kind="submit"),
        step("other", when=Is(CHANNEL, "web")),
        channels=(channel("hall"), channel("web")),
        questions=(question("born", kind="date"),),
        facts=(fact,),
        expected=(Expected("ready", "做好", "apply", "days", fact.sources),),
        deadlines=(Deadline("due", "期限", "born", "days", True, RichText(), fact.sources),),
    )
    hall = make_plan(sample, {CHANNEL: ("hall",)})
    assert [e.id for e in hall.expected] == ["ready"]
    assert [d.id for d in hall.deadlines] == ["due"]
    assert hall.has_submission
    web = make_plan(sample, {CHANNEL: ("web",)})
    assert web.expected == ()
    assert not web.has_submission


def test_progress_is_a_range_while_questions_are_open():
    sample = procedure(
        step("first"),
        group("long", step("a"), step("b"), step("c"), when=Is(CHANNEL, "hall")),
        step("short", when=Is(CHANNEL, "web")),
        step("extra", optional=True),
        channels=(channel("hall"), channel("web")),
    )
    counted = progress(sample, {}, {"first"})
    assert (counted.done, counted.min, counted.max) == (1, 2, 4)
    settled = progress(sample, {CHANNEL: ("web",)}, {"first", "short"})
    assert (settled.done, settled.min, settled.max, settled.percent) == (2, 2, 2, 100)
    assert progress(sample, {CHANNEL: ("web",)}, {"first", "a", "extra"}).done == 1


def test_the_next_step_is_the_first_that_must_be_done():
    sample = procedure(
        step("maybe", optional=True),
        group("how", step("phone"), step("online"), kind="any"),
        step("last"),
    )
    plan = make_plan(sample, {})
    first = next_step(plan, set())
    assert first is not None
    assert first.step.id == "phone"
    after = next_step(plan, {"online"})
    assert after is not None
    assert after.step.id == "last"
    assert next_step(plan, {"online", "last"}) is None


def test_unsure_about_a_route_takes_the_one_recommended():
    sample = procedure(
        step("queue", when=Is(CHANNEL, "hall"), materials=("id",)),
        step("click", when=Is(CHANNEL, "web")),
        step("sort", when=Is("card", "real")),
        materials=(material("id"),),
        channels=(channel("web"), channel("hall")),
        questions=(
            question(CHANNEL, recommended="hall"),
            question("card", "real", "phone"),
        ),
    )
    plan = make_plan(sample, {CHANNEL: (UNSURE,), "card": (UNSURE,)})
    assert numbers(plan) == [(1, "queue", True), (2, "sort", False)]
    assert [q.id for q in plan.assumed] == [CHANNEL]
    assert plan.channel is not None
    assert plan.channel.id == "hall"
    assert plan.open_questions == ()
    assert progress(sample, plan.answers, ()).max == 2
    assert make_plan(sample, {CHANNEL: ("hall",)}).assumed == ()


def test_a_paper_is_named_only_at_steps_and_in_answers_that_want_it():
    sample = procedure(
        step("a", materials=("id", "birth", "photo")),
        materials=(
            material("id"),
            material("birth", when=Is("for", "child")),
            material("photo", some_places=True),
        ),
        questions=(question("for", "adult", "child"),),
    )

    def papers(answers):
        (planned,) = make_plan(sample, answers).steps
        return [(p.material.id, p.sure) for p in planned.papers]

    assert papers({"for": ("adult",)}) == [("id", True), ("photo", False)]
    assert papers({"for": ("child",)}) == [("id", True), ("birth", True), ("photo", False)]
    assert papers({}) == [("id", True), ("birth", False), ("photo", False)]


def test_a_line_is_said_only_where_it_holds():
    only_long = Line("note", RichText.of("还要等。"), Is("gap", "long"))
    always = Line("do", RichText.of("交费。"))
    sample = procedure(
        step("pay", lines=(always, only_long)), questions=(question("gap", "no", "long"),)
    )

    def said(answers):
        (planned,) = make_plan(sample, answers).steps
        return [line.text.plain for line in planned.lines]

    assert said({"gap": ("no",)}) == ["交费。"]
    assert said({"gap": ("long",)}) == said({}) == ["交费。", "还要等。"]


def test_an_answer_counts_for_sure_only_once_its_question_is_sure_to_be_asked():
    sample = procedure(
        step("employer", when=Is("employer", "yes")),
        questions=(
            question("kind", "work", "home"),
            question("employer", "yes", "no", ask_if=Is("kind", "work")),
        ),
    )
    answered = {"employer": ("yes",)}
    assert numbers(make_plan(sample, answered)) == [(1, "employer", False)]
    assert numbers(make_plan(sample, {**answered, "kind": ("work",)})) == [(1, "employer", True)]
    assert numbers(make_plan(sample, {**answered, "kind": ("home",)})) == []


@pytest.mark.parametrize("procedure_id", PROCEDURES)
def test_no_step_of_a_shipped_procedure_names_a_paper_that_is_not_wanted(procedures, procedure_id):
    sample = procedures[procedure_id]
    for answers in completions(sample, {}):
        plan = make_plan(sample, answers)
        interview = Interview(sample, answers)
        listed = {m.material.id for m in plan.materials}
        for planned in plan.steps:
            named = {paper.material.id for paper in planned.papers}
            assert named <= listed
            assert all(interview.truth(p.material.when) is Truth.YES for p in planned.papers)
            told = [line for line in step_text(planned).splitlines() if line.startswith("带：")]
            assert told == [f"带：{paper_text(paper)}" for paper in planned.papers]


@pytest.mark.parametrize("procedure_id", PROCEDURES)
def test_progress_counts_as_if_every_way_were_walked(procedures, procedure_id):
    sample = procedures[procedure_id]
    every = [p.step.id for p in placed_steps(sample.flow)]
    for done in (every[::2], every[1::3]):
        answers = implied_choices(sample, {}, done)
        walked = {make_plan(sample, full).required(done) for full in completions(sample, answers)}
        counted = progress(sample, {}, done)
        assert counted.done == min(ready for ready, _ in walked)
        assert (counted.min, counted.max) == (
            min(total for _, total in walked),
            max(total for _, total in walked),
        )
        assert counted.percent == min(100 * r // t if t else 100 for r, t in walked)


@pytest.mark.parametrize("procedure_id", PROCEDURES)
def test_shipped_procedures_keep_what_the_plan_promises(procedures, procedure_id):
    """On every path, and on every path with one answer changed and changed back."""
    sample = procedures[procedure_id]
    for answers in completions(sample, {}):
        plan = make_plan(sample, answers)
        case = Case(1, "妈妈", sample.id, "v1", NOW, NOW, answers=answers)
        required = {s.step.id for s in plan.steps if not s.step.optional}
        assert progress(sample, answers, ()).percent == (0 if required else 100)
        assert progress(sample, answers, required).percent == 100
        assert all(s.sure for s in plan.steps)
        for asked in Interview(sample, answers).live_questions():
            for option in asked.options:
                other = Answer({asked.id: (option.id,)}).change(case, plan, NOW)
                plan_between = make_plan(sample, other.answers)
                back = Answer({asked.id: answers[asked.id]}).change(other, plan_between, NOW)
                assert make_plan(sample, back.answers) == plan


@pytest.mark.parametrize("procedure_id", PROCEDURES)
def test_what_is_called_sure_is_in_every_completion(procedures, procedure_id):
    sample = procedures[procedure_id]
    first = {q.id: q for q in Interview(sample, {}).questions}
    for asked in first.values():
        for option in asked.options:
            answers = {asked.id: (option.id,)}
            plan = make_plan(sample, answers)
            counted = progress(sample, answers, ())
            inside = [
                {s.step.id for s in make_plan(sample, full).steps}
                for full in completions(sample, answers)
            ]
            sure = {s.step.id for s in plan.steps if s.sure}
            anywhere = {s.step.id for s in plan.steps}
            assert all(sure <= steps <= anywhere for steps in inside)
            assert counted.min <= counted.max <= plan.required(())[1]


@pytest.mark.parametrize("procedure_id", PROCEDURES)
def test_progress_never_promises_more_than_holds_in_every_completion(procedures, procedure_id):
    """Whatever is ticked while questions are open: not more done than the shortest way has."""
    sample = procedures[procedure_id]
    every = [p.step.id for p in placed_steps(sample.flow)]
    asked = Interview(sample, {}).questions
    partial = [{}, *({q.id: (UNSURE,)} for q in asked)]
    partial += [{q.id: (o.id,)} for q in asked for o in q.options]
    for answers in partial:
        for done in (every, every[::2], every[1::2], every[: len(every) // 2]):
            counted = progress(sample, answers, done)
            assert counted.done <= counted.min <= counted.max
            assert 0 <= counted.percent <= 100
        assert progress(sample, answers, every).percent == 100


def test_a_plan_without_steps_counts_as_complete(procedures):
    sample = procedures["card-replacement"]
    counted = progress(sample, {"card": ("e-credential",)}, ())
    assert (counted.min, counted.max, counted.percent) == (0, 0, 100)


def test_ids_that_are_not_there_are_an_error(procedures):
    sample = procedures["card-replacement"]
    assert sample.material("id-document").id == "id-document"
    with pytest.raises(KeyError):
        sample.material("passport")
    with pytest.raises(KeyError):
        replace(sample, channels=()).channel("window")
