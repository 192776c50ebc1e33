"""Procedures and plans."""

from __future__ import annotations

from functools import cached_property

from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.interview import checked_answers
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.procedure.plan import Plan
from yibao_desktop.domain.procedure.purpose import judged_plan
from yibao_desktop.errors import UserError
from yibao_desktop.store.content_repository import ContentRepository


class ProcedureService:
    """Finds procedures and makes plans of them."""

    def __init__(self, content: ContentRepository) -> None:
        self._content = content

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of every procedure; known without reading them."""
        return self._content.procedure_ids()

    @cached_property
    def _all(self) -> dict[str, Procedure]:
        """Every procedure by its id, read once for each content."""
        return {p.id: p for p in self._content.procedures()}

    def follow(self, content: ContentRepository) -> None:
        """Go on with another content."""
        self._content = content
        for known in ("ids", "_all"):
            self.__dict__.pop(known, None)

    def procedures(self) -> list[Procedure]:
        """Every procedure, in the order of the tree."""
        return list(self._all.values())

    def procedure(self, procedure_id: str) -> Procedure:
        """The procedure with this id.

        Raises:
            UserError: there is no such procedure.
        """
        procedure = self._all.get(procedure_id)
        if procedure is None:
            known = "、".join(self._all)
            raise UserError(f"没有编号是“{procedure_id}”的办事。", f"有这些：{known}。")
        return procedure

    def plan(self, procedure_id: str, answers: Answers) -> Plan:
        """The plan under the answers.

        Raises:
            UserError: there is no such procedure, or an answer does not fit its question.
        """
        procedure = self.procedure(procedure_id)
        return judged_plan(procedure, checked_answers(procedure, answers))
