"""What is doubtful is told on the way it belongs to, and on no other."""

from __future__ import annotations

from tests.factories import KEY, channel, outcome, procedure, question, step
from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.procedure.conditions import Is
from yibao_desktop.domain.procedure.doubted import plan_doubts, told_doubts
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.procedure.plan import make_plan

IN, OUT = Is("insured", "in"), Is("insured", "out")
SAMPLE = procedure(
    step("apply", when=IN),
    questions=(question("insured", "in", "out"),),
    channels=(channel("hall"), channel("web")),
    outcomes=(outcome("got", IN), outcome("elsewhere", OUT, kind="elsewhere")),
)


def doubt(about):
    said = RichText.of("存疑。")
    return Doubt(about, "expert", said, (f"sample{about}",), said, sources=(KEY,))


DOUBTS = tuple(doubt(part) for part in ("", "/apply", "/hall", "/web", "/got", "/elsewhere"))


def told(answers):
    return {d.id for d in plan_doubts(make_plan(SAMPLE, answers), DOUBTS)}


def test_a_channel_is_doubted_only_while_it_may_be_taken():
    assert told({"insured": ("in",), CHANNEL: ("hall",)}) == {"", "/hall", "/got"}
    assert told({"insured": ("in",)}) == {"", "/hall", "/web", "/got"}


def test_who_is_led_elsewhere_hears_no_doubts_about_what_he_does_not_do():
    assert told({"insured": ("out",), CHANNEL: ("hall",)}) == {"/hall", "/elsewhere"}


def test_open_questions_keep_every_end_possible():
    assert told({}) == {"", "/hall", "/web", "/got", "/elsewhere"}


def test_with_a_plan_the_doubts_of_its_steps_are_told_until_those_are_done():
    plan = make_plan(SAMPLE, {"insured": ("in",), CHANNEL: ("hall",)})
    assert [d.id for d in told_doubts(plan, DOUBTS)] == ["", "/apply", "/hall", "/got"]
    assert [d.id for d in told_doubts(plan, DOUBTS, {"apply"})] == ["", "/hall", "/got"]
