"""The flow of a procedure as a diagram in Mermaid's language, for those who write procedures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from yibao_desktop.domain.procedure.conditions import AllOf, AnyOf, Condition, Has, In, Is, Not
from yibao_desktop.domain.procedure.flow import placed_choices
from yibao_desktop.domain.procedure.interview import all_questions
from yibao_desktop.domain.procedure.model import (
    STEP_NAMES,
    UNSURE_LABEL,
    Group,
    GroupKind,
    Outcome,
    OutcomeKind,
    Procedure,
    Question,
    Step,
)

GROUP_NAMES: dict[GroupKind, str] = {"seq": "依次办", "all": "可同时办", "any": "任选其一"}
OUTCOME_NAMES: dict[OutcomeKind, str] = {"done": "办成", "ask": "先问清楚", "elsewhere": "看别处"}
OTHERWISE = "否则"
GIVEN = "填了"
"""Said where a question has no answers to choose from: it asks for a day."""


_CODES = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "|": "#124;"}
_STYLES = (
    "classDef question fill:#edf3fa,stroke:#2f6db5",
    "classDef step fill:#ffffff,stroke:#52605c",
    "classDef optional fill:#ffffff,stroke:#52605c,stroke-dasharray:4 3",
    "classDef outcome fill:#dcede8,stroke:#0b6b57",
)


@dataclass(frozen=True, slots=True)
class _End:
    """A loose end: a node something is still to follow, and what is said on the way there."""

    node: str
    said: str = ""


def flow_diagram(procedure: Procedure) -> str:
    """Questions, groups, steps and outcomes from top to bottom, conditions on the edges."""
    return "\n".join(_Drawing(procedure).lines()) + "\n"


class _Drawing:
    """Lines of a diagram in the making: nodes as they stand in their groups, then the edges."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._questions = {q.id: q for q in all_questions(procedure)}
        self._nodes: list[str] = []
        self._edges: list[str] = []
        self._depth = 1
        self._forks = 0

    def lines(self) -> list[str]:
        """The whole diagram."""
        choices = {placed.group.id for placed in placed_choices(self._procedure.flow)}
        ends = [_End(self._node("start", "([", self._procedure.title, "])"))]
        for question in self._questions.values():
            if question.id not in choices:
                ends = self._guarded(question.ask_if, ends, (question,))
        ends = self._guarded(self._procedure.flow.when, ends, (self._procedure.flow,))
        if any(outcome.when for outcome in self._procedure.outcomes):
            ends = [_End(self._fork(ends))]
        for outcome in self._procedure.outcomes:
            self._outcome(outcome, ends)
        styles = (f"  {style}" for style in _STYLES)
        return ["flowchart TD", *self._nodes, *self._edges, *styles]

    def _part(self, part: Group | Step | Question, ends: Sequence[_End]) -> list[_End]:
        """Draw something after the loose ends; the ends it leaves."""
        if isinstance(part, Question):
            return self._question(part, ends)
        if isinstance(part, Step):
            return self._step(part, ends)
        head = f"{GROUP_NAMES[part.kind]}：{part.title}" if part.title else GROUP_NAMES[part.kind]
        self._line(f'subgraph {_name("group", part.id)}["{_quoted(head)}"]')
        self._depth += 1
        draw = {"seq": self._sequence, "all": self._together, "any": self._choice}[part.kind]
        ends = draw(part, ends)
        self._depth -= 1
        self._line("end")
        return ends

    def _question(self, question: Question, ends: Sequence[_End]) -> list[_End]:
        node = self._node(_name("ask", question.id), "{", question.text, "}", "question")
        self._connect(ends, node)
        said = [option.label for option in question.options] or [GIVEN]
        return [_End(node, label) for label in [*said, UNSURE_LABEL]]

    def _step(self, step: Step, ends: Sequence[_End]) -> list[_End]:
        said = f"{STEP_NAMES[step.kind]}：{step.title}"
        style = "step"
        if step.optional:
            said, style = f"{said}（可做可不做）", "optional"
        node = self._node(_name("step", step.id), "[", said, "]", style)
        self._connect(ends, node)
        return [_End(node)]

    def _sequence(self, group: Group, ends: Sequence[_End]) -> list[_End]:
        """Children under the same condition stand behind one fork."""
        left = list(ends)
        for condition, children in groupby(group.children, key=lambda child: child.when):
            left = self._guarded(condition, left, tuple(children))
        return left

    def _together(self, group: Group, ends: Sequence[_End]) -> list[_End]:
        fork = self._fork(ends)
        left: list[_End] = []
        for child in group.children:
            left += self._guarded(child.when, [_End(fork)], (child,))
        return left

    def _choice(self, group: Group, ends: Sequence[_End]) -> list[_End]:
        node = self._node(_name("ask", group.id), "{", group.title, "}", "question")
        self._connect(ends, node)
        left: list[_End] = []
        for child in group.children:
            left += self._guarded(child.when, [_End(node, child.title)], (child,))
        return left

    def _guarded(
        self,
        condition: Condition | None,
        ends: Sequence[_End],
        parts: Iterable[Group | Step | Question],
    ) -> list[_End]:
        """Draw parts one after the other, with a way round them where they have a condition."""
        way_round: list[_End] = []
        left = list(ends)
        if condition is not None:
            fork = self._fork(ends)
            left = [_End(fork, self._spoken(condition))]
            way_round = [_End(fork, OTHERWISE)]
        for part in parts:
            left = self._part(part, left)
        return [*left, *way_round]

    def _outcome(self, outcome: Outcome, ends: Sequence[_End]) -> None:
        said = f"{OUTCOME_NAMES[outcome.kind]}：{outcome.title}"
        node = self._node(_name("outcome", outcome.id), "([", said, "])", "outcome")
        if outcome.when is not None:
            ends = [_End(end.node, self._spoken(outcome.when)) for end in ends]
        self._connect(ends, node)

    def _fork(self, ends: Sequence[_End]) -> str:
        if len(ends) == 1 and not ends[0].said:
            return ends[0].node
        self._forks += 1
        fork = f"fork_{self._forks}"
        self._line(f"{fork}(( ))")
        self._connect(ends, fork)
        return fork

    def _spoken(self, condition: Condition) -> str:
        """A condition in the words of its questions and answers."""
        match condition:
            case Is(question, option) | Has(question, option):
                return f"{self._asked(question)} {self._answer(question, option)}"
            case In(question, options):
                answers = " 或 ".join(self._answer(question, option) for option in options)
                return f"{self._asked(question)} {answers}"
            case AllOf(parts):
                return " 且 ".join(self._grouped(part) for part in parts)
            case AnyOf(parts):
                return " 或 ".join(self._grouped(part) for part in parts)
            case Not(part):
                return f"不是（{self._spoken(part)}）"

    def _grouped(self, part: Condition) -> str:
        spoken = self._spoken(part)
        return f"（{spoken}）" if isinstance(part, AllOf | AnyOf) else spoken

    def _asked(self, question: str) -> str:
        asked = self._questions.get(question)
        return asked.text if asked else question

    def _answer(self, question: str, option: str) -> str:
        asked = self._questions.get(question)
        labels = {o.id: o.label for o in asked.options} if asked else {}
        return labels.get(option, option)

    def _node(self, name: str, opening: str, said: str, closing: str, style: str = "") -> str:
        self._line(f'{name}{opening}"{_quoted(said)}"{closing}' + (f":::{style}" if style else ""))
        return name

    def _connect(self, ends: Sequence[_End], node: str) -> None:
        for end in dict.fromkeys(ends):
            said = f'|"{_quoted(end.said)}"|' if end.said else ""
            self._edges.append(f"  {end.node} -->{said} {node}")

    def _line(self, text: str) -> None:
        self._nodes.append("  " * self._depth + text)


def _name(kind: str, part_id: str) -> str:
    """A node's name; the kind keeps it apart from others and from Mermaid's own words."""
    return f"{kind}_{re.sub(r'[^0-9A-Za-z]', '_', part_id)}"


def _quoted(text: str) -> str:
    """Text that Mermaid takes as it is."""
    return "".join(_CODES.get(character, character) for character in " ".join(text.split()))
