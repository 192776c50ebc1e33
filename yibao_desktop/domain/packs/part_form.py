"""The form of one part of a page: its fields, what they say now, and what their words come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.text import RichText, SpanKind
from yibao_desktop.domain.packs.overlay import Part, PartKind
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import Material, Procedure, Question, Step

LINE_NAMES = {"do": "做什么", "caution": "当心", "note": "说明"}
ALWAYS = "都要"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Attributes:
        key: its name among the texts of an edit.
        label: what stands above it.
        text: what it says as the guide has it.
        hint: shown while it is empty.
        long: whether it has room for several lines.
        choices: value and name of each thing to choose from; empty where one types.
    """

    key: str
    label: str
    text: str = ""
    hint: str = ""
    long: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PartForm:
    """A part with its fields.

    Attributes:
        name: by which the part is known in a list.
        can_go: whether it may be taken out.
    """

    kind: PartKind
    target: str
    name: str
    fields: tuple[FormField, ...]
    can_go: bool = False


def part_forms(page: Procedure, facts: dict[str, Fact]) -> Iterator[PartForm]:
    """A form for everything on a page a pencil stands at, as one reads it.

    Args:
        page: as the seeds have it.
        facts: of the whole guide, by id.
    """
    for fact in page.facts:
        yield PartForm(
            PartKind.FACT, fact.id, fact.label, (FormField("text", fact.label, fact.text),)
        )
    for material in page.materials:
        fields = tuple(_material_fields(material, facts))
        yield PartForm(PartKind.MATERIAL, material.id, material.name, fields, can_go=True)
    for placed in placed_steps(page.flow):
        step = placed.step
        yield PartForm(PartKind.STEP, step.id, step.title, tuple(_step_fields(step, facts)))


def new_material_form(page: Procedure, target: str) -> PartForm:
    """The form of a paper that is added."""
    steps = [("", "请选一步"), *((p.step.id, p.step.title) for p in placed_steps(page.flow))]
    fields = (
        FormField("name", "叫什么", hint="例如：补卡申请表"),
        FormField("spec", "什么样的、要几份", hint="可以不填"),
        FormField("why", "为什么要", hint="可以不填"),
        FormField("how_to_get", "哪里能拿到", hint="可以不填"),
        FormField("step", "办哪一步时带", choices=tuple(steps)),
        FormField("when", "什么时候要", choices=conditions(page)),
    )
    return PartForm(PartKind.MATERIAL, target, "新加的材料", fields)


def conditions(page: Procedure) -> tuple[tuple[str, str], ...]:
    """只有回答〔…〕是〔…〕才办: every one there is, behind 都要."""
    asked = [("", ALWAYS)]
    for question in page.questions:
        asked += [
            (f"{question.id}={option}", f"只有回答〔{question.text}〕是〔{label}〕才要")
            for option, label in _options(question, page)
        ]
    return tuple(asked)


def _options(question: Question, page: Procedure) -> list[tuple[str, str]]:
    if question.options:
        return [(option.id, option.label) for option in question.options]
    return [(c.id, c.name) for c in page.channels] if question.id == "channel" else []


def _material_fields(material: Material, facts: dict[str, Fact]) -> Iterator[FormField]:
    yield FormField("name", "叫什么", material.name)
    yield FormField("spec", "什么样的、要几份", _shown(material.spec, facts), "可以不填")
    yield FormField("why", "为什么要", _shown(material.why, facts), "可以不填")
    yield FormField("how_to_get", "哪里能拿到", _shown(material.how_to_get, facts), "可以不填")


def _step_fields(step: Step, facts: dict[str, Fact]) -> Iterator[FormField]:
    yield FormField("title", "这一步叫什么", step.title)
    for index, line in enumerate(step.lines):
        label = LINE_NAMES[line.kind]
        yield FormField(f"line-{index}", label, _shown(line.text, facts), "空着就是去掉", long=True)
    yield FormField("more", "再加几句（一行一句）", hint="当地还要做什么，写在这里", long=True)
    fee = _shown(step.fee.text, facts) if step.fee else ""
    yield FormField("fee", "费用", fee, "例如：工本费 20 元")
    time = _shown(step.time.text, facts) if step.time else ""
    yield FormField("time", "要多久", time, "例如：当场就好")
    yield FormField("done_when", "怎样算办好", _shown(step.done_when, facts))


def _shown(text: RichText, facts: dict[str, Fact]) -> str:
    """A line as its field shows it: labels in corner brackets, figures as they are read."""
    return "".join(
        facts[span.target].text
        if span.kind is SpanKind.FIGURE
        else f"「{span.text}」"
        if span.kind is SpanKind.LABEL
        else span.text
        for span in text.spans
    )


def part_of(page: Procedure, kind: PartKind, target: str) -> Part | None:
    """A part of a page by its id; None where it is not there."""
    parts: dict[PartKind, tuple[Part, ...]] = {
        PartKind.FACT: page.facts,
        PartKind.MATERIAL: page.materials,
        PartKind.STEP: tuple(placed.step for placed in placed_steps(page.flow)),
    }
    found = (part for part in parts.get(kind, ()) if getattr(part, "id", "") == target)
    return next(found, None)
