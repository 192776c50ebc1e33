"""Checking and building the content, for editors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Everything below pulls in the seed readers: import this module only for `build` and `check`.
from yibao_desktop.content.builder import Counts, build, validate
from yibao_desktop.content.problems import ContentError
from yibao_desktop.content.resolve import resolve
from yibao_desktop.content.typical_questions import FewQuestions, too_few
from yibao_desktop.content.walk import all_facts
from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.procedure.diagram import flow_diagram
from yibao_desktop.errors import UserError

__all__ = [
    "ContentError",
    "Counts",
    "Findings",
    "build_content",
    "check_content",
    "draw_procedure",
]


@dataclass(frozen=True, slots=True)
class Findings:
    """What sound seeds hold, every doubt in them, and the passages people can hardly ask for."""

    counts: Counts
    doubts: list[Doubt]
    few_questions: list[FewQuestions]


def check_content(seeds: Path) -> Findings:
    """Check the seeds.

    Raises:
        ContentError: something is wrong; every fault is listed.
    """
    read, counts = validate(seeds)
    facts = {fact.id: fact for fact, _, _ in all_facts(read)}
    return Findings(counts, [resolve(d.value, facts) for d in read.doubts], too_few(read))


def draw_procedure(seeds: Path, procedure_id: str) -> str:
    """The flow of a procedure in the seeds as a diagram, see ``domain.diagram``.

    Raises:
        UserError: there is no such procedure.
        ContentError: something is wrong with the seeds; every fault is listed.
    """
    read, _ = validate(seeds)
    procedures = {seed.value.id: seed.value for seed in read.procedures}
    if procedure_id not in procedures:
        known = "、".join(procedures)
        raise UserError(f"没有编号是“{procedure_id}”的办事，有这些：{known}。")
    return flow_diagram(procedures[procedure_id])


def build_content(seeds: Path, resources: Path, out: Path) -> Counts:
    """Build the content database; see ``content.builder.build``."""
    return build(seeds, resources, out)
