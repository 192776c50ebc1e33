"""The diagram of a flow: everything is on it, and Mermaid can read it.

The grammar checked here is the part of Mermaid's that the diagrams use; that Mermaid's own parser
takes all of them was tried by hand with mermaid 11.
"""

from __future__ import annotations

import re

import pytest

from tests import factories
from tests.built_content import PROCEDURES
from yibao_desktop.domain.procedure.conditions import AllOf, AnyOf, Has, In, Is, Not
from yibao_desktop.domain.procedure.diagram import flow_diagram
from yibao_desktop.domain.procedure.flow import placed_choices, placed_steps
from yibao_desktop.domain.procedure.interview import all_questions
from yibao_desktop.domain.procedure.model import Group, Procedure

LABEL = r'"[^"<>`|\n]+"'
SHAPE = rf"(?:\(\[{LABEL}\]\)|\{{{LABEL}\}}|\[{LABEL}\]|\(\( \)\))"
NODE = re.compile(rf"([a-z]\w*){SHAPE}(?::::(?:question|step|optional|outcome))?")
GROUP = re.compile(rf"subgraph (group_\w+)\[{LABEL}\]")
EDGE = re.compile(rf"(\w+) -->(?:\|({LABEL})\|)? (\w+)")
STYLE = re.compile(r"classDef \w+ [\w#:,\- ]+")


class Diagram:
    """A diagram taken apart; an unknown line is an error."""

    def __init__(self, text: str) -> None:
        first, *lines = text.splitlines()
        assert first == "flowchart TD"
        self.nodes: dict[str, str] = {}
        self.groups: set[str] = set()
        self.edges: list[tuple[str, str, str]] = []
        depth = 0
        for line in (line.strip() for line in lines):
            if found := GROUP.fullmatch(line):
                self.groups.add(found[1])
                depth += 1
            elif line == "end":
                depth -= 1
            elif found := EDGE.fullmatch(line):
                self.edges.append((found[1], (found[2] or "").strip('"'), found[3]))
            elif found := NODE.fullmatch(line):
                assert found[1] not in self.nodes
                self.nodes[found[1]] = line
            else:
                assert STYLE.fullmatch(line), line
            assert depth >= 0
        assert depth == 0

    def reached(self) -> set[str]:
        """Nodes one comes to from the start."""
        seen, frontier = set(), {"start"}
        while frontier:
            seen |= frontier
            frontier = {to for source, _, to in self.edges if source in frontier} - seen
        return seen


def groups_of(part: Group) -> list[Group]:
    return [part, *(g for c in part.children if isinstance(c, Group) for g in groups_of(c))]


@pytest.mark.parametrize("procedure_id", PROCEDURES)
def test_everything_of_a_shipped_procedure_is_on_its_diagram(procedures, procedure_id):
    procedure: Procedure = procedures[procedure_id]
    text = flow_diagram(procedure)
    diagram = Diagram(text)
    said = [p.step.title for p in placed_steps(procedure.flow)]
    said += [q.text for q in all_questions(procedure)]
    said += [o.title for o in procedure.outcomes]
    said += [g.title for g in groups_of(procedure.flow)]
    assert [s for s in said if s not in text] == []
    assert len(diagram.groups) == len(groups_of(procedure.flow))
    assert diagram.reached() == set(diagram.nodes)
    ends = {source for source, _, _ in diagram.edges}
    assert {n for n in diagram.nodes if n not in ends} == {
        n for n in diagram.nodes if n.startswith("outcome_")
    }
    labels = [label for _, label, _ in diagram.edges]
    for question in all_questions(procedure):
        for option in question.options:
            assert any(option.label in label for label in labels)


def test_groups_say_what_kind_they_are(procedures):
    text = flow_diagram(procedures["card-replacement"])
    assert '["任选其一：您想用哪种办法挂失？"]' in text
    assert '["可同时办"]' in text
    assert '["依次办"]' in text
    choices = [p.group.id for p in placed_choices(procedures["card-replacement"].flow)]
    assert choices == ["report-loss"]
    assert "ask_report_loss -->" in text


def test_conditions_stand_on_the_edges_with_a_way_round():
    procedure = factories.procedure(
        factories.step("first", when=Is("a", "x")),
        factories.step("second", when=Is("a", "x")),
        factories.step("third"),
        questions=(factories.question("a", "x", "y"),),
    )
    edges = Diagram(flow_diagram(procedure)).edges
    assert ("fork_1", "a？ 选 x", "step_first") in edges
    assert ("step_first", "", "step_second") in edges
    assert ("fork_1", "否则", "step_third") in edges
    assert ("step_second", "", "step_third") in edges


@pytest.mark.parametrize(
    ("condition", "spoken"),
    [
        (Has("a", "x"), "a？ 选 x"),
        (In("a", ("x", "y")), "a？ 选 x 或 选 y"),
        (Not(Is("a", "x")), "不是（a？ 选 x）"),
        (AllOf((Is("a", "x"), Is("b", "u"))), "a？ 选 x 且 b？ 选 u"),
        (
            AnyOf((AllOf((Is("a", "x"), Is("b", "u"))), Is("b", "v"))),
            "（a？ 选 x 且 b？ 选 u） 或 b？ 选 v",
        ),
    ],
)
def test_conditions_are_said_in_words(condition, spoken):
    questions = (factories.question("a", "x", "y"), factories.question("b", "u", "v"))
    procedure = factories.procedure(factories.step("s", when=condition), questions=questions)
    assert spoken in [label for _, label, _ in Diagram(flow_diagram(procedure)).edges]


def test_a_question_only_some_are_asked_has_a_way_round():
    questions = (
        factories.question("a", "x", "y"),
        factories.question("b", "u", "v", ask_if=Is("a", "x")),
    )
    edges = Diagram(flow_diagram(factories.procedure(questions=questions))).edges
    assert ("fork_1", "a？ 选 x", "ask_b") in edges
    assert ("fork_1", "否则", "step_only") in edges


def test_several_outcomes_have_their_conditions():
    outcomes = (
        factories.outcome("done", Is("a", "x")),
        factories.outcome("ask", Is("a", "y"), kind="ask", title="先问"),
    )
    procedure = factories.procedure(
        questions=(factories.question("a", "x", "y"),), outcomes=outcomes
    )
    edges = Diagram(flow_diagram(procedure)).edges
    assert ("step_only", "a？ 选 x", "outcome_done") in edges
    assert ("step_only", "a？ 选 y", "outcome_ask") in edges


def test_what_can_be_done_at_the_same_time_forks_and_joins():
    together = factories.group("t", factories.step("a"), factories.step("b"), kind="all")
    edges = Diagram(flow_diagram(factories.procedure(together, factories.step("c")))).edges
    assert {
        ("start", "step_a"),
        ("start", "step_b"),
        ("step_a", "step_c"),
        ("step_b", "step_c"),
    } <= {(source, to) for source, _, to in edges}


def test_a_step_one_may_leave_out_is_dashed():
    text = flow_diagram(
        factories.procedure(factories.step("s", optional=True), factories.step("t"))
    )
    assert '"操作：办 s（可做可不做）"]:::optional' in text


def test_no_text_breaks_the_diagram():
    title = '点"确认"|#1 <b>`x`</b>\nend'
    procedure = factories.procedure(factories.step("end", title=title), title=title)
    diagram = Diagram(flow_diagram(procedure))
    assert "#quot;确认#quot;#124;#35;1" in diagram.nodes["step_end"]
