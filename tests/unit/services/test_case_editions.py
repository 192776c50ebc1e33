"""Cases under a newer edition of the guide: what changed is told, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from tests.conftest import ROOT
from tests.factories import step
from yibao_desktop.content.loader import load_seeds
from yibao_desktop.content.resolve import resolve
from yibao_desktop.content.walk import all_facts
from yibao_desktop.domain.packs.apply import apply
from yibao_desktop.domain.packs.draft import Draft, Edit
from yibao_desktop.domain.packs.drafting import Drafting
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.procedure.model import CHANNEL
from yibao_desktop.domain.records.commands import (
    Acknowledge,
    Answer,
    Tick,
)
from yibao_desktop.domain.records.edition import news_lines
from yibao_desktop.services.case_service import CaseService
from yibao_desktop.store.user_database import UserDatabase


class NewEdition:
    """The guide as it is, with one procedure changed."""

    def __init__(self, procedures, changed):
        self._procedures = procedures
        self._changed = changed

    def procedures(self):
        return [self.procedure(p.id) for p in self._procedures.procedures()]

    def procedure(self, procedure_id):
        procedure = self._procedures.procedure(procedure_id)
        return self._changed if procedure_id == self._changed.id else procedure


def newer(services, paths, change):
    """The cases of the same user under a newer edition."""
    old = services.procedures.procedure("card-replacement")
    user = UserDatabase(paths.user_database, paths.migrations)
    content = services._content.content
    return user, CaseService(
        user, content, NewEdition(services.procedures, change(old)), services.clock
    )


def test_a_new_edition_tells_an_open_case_what_changed_until_it_was_seen(services, paths, started):
    old = services.procedures.procedure("card-replacement")
    steps = replace(old.flow, children=(*old.flow.children, step("thank")))
    renamed = replace(old.materials[0], name="身份证件")

    def change(procedure):
        return replace(procedure, flow=steps, materials=(renamed, *procedure.materials[1:]))

    assert not services.cases.view(started).news
    user, cases = newer(services, paths, change)
    news = cases.view(started).news
    assert {part.title for part in news.added} == {"办 thank"}
    assert {(a.title, b.title) for a, b in news.renamed} == {("本人有效身份证件", "身份证件")}
    # Going on with the case, even to another plan, does not take the news away.
    cases.apply(started, Tick("report-loss-phone", True))
    assert cases.view(started).news == news
    cases.apply(started, Answer({CHANNEL: ("online",)}))
    assert {part.title for part in cases.view(started).news.added} == {"办 thank"}
    cases.apply(started, Acknowledge())
    assert not cases.view(started).news
    assert cases.view(started).progress.done == 1
    user.close()


def test_a_step_that_is_gone_is_told(services, paths, started):
    def change(procedure):
        return replace(procedure, flow=replace(procedure.flow, children=(step("all-new"),)))

    user, cases = newer(services, paths, change)
    news = cases.view(started).news
    assert "apply-at-window" in {part.part for part in news.removed}
    assert {part.part for part in news.added} == {"all-new"}
    user.close()


def test_an_open_case_is_told_the_fee_the_paper_and_the_limit_a_pack_changed(
    services, paths, started
):
    """The changes as the form of an overlay makes them, on the page as the seeds have it."""
    seeds = load_seeds(ROOT / "seeds")
    facts = {fact.id: fact for fact, _, _ in all_facts(seeds)}
    page = next(s.value for s in seeds.procedures if s.value.id == "card-replacement")
    edits = (
        Edit(PartKind.STEP, "pay-fee", {"fee": "工本费 20 元"}),
        Edit(PartKind.FACT, "card-making-time", {"text": "15 个工作日"}),
        Edit(PartKind.MATERIAL, "new-1", {"name": "补卡申请表", "step": "pay-fee"}),
    )
    draft = Draft("0123abcd", page.id, page.title, source_text="20元，15个工作日", edits=edits)
    drafting = Drafting(draft, page, facts)
    assert drafting.faults == []

    def change(_old):
        changed, off = apply(page, drafting.changes)
        assert off == ()
        return resolve(changed, {**facts, **{fact.id: fact for fact in changed.facts}})

    services.cases.apply(started, Answer({"card": ("physical",), "channel": ("window",)}))
    user, cases = newer(services, paths, change)
    told = "\n".join(news_lines(cases.view(started).news))
    assert "新增材料：补卡申请表" in told
    assert "费用变了，现在是“交工本费：工本费 20 元”" in told
    assert "15 个工作日" in told
    user.close()


class WithoutProcedures:
    """A guide whose newer content has dropped every procedure."""

    ids = frozenset()


def test_a_case_of_a_procedure_that_is_gone_is_left_alone(services, paths, started):
    user = UserDatabase(paths.user_database, paths.migrations)
    newer = CaseService(user, services._content.content, WithoutProcedures(), services.clock)
    assert newer.open_cases() == []
    assert newer.count_open() == 0
    (lost,) = newer.board().lost
    assert lost.id == started
    assert {p.title for p in lost.seen if p.kind == "procedure"} == {"补办医保卡"}
    with user.reading() as unit:
        assert unit.cases.get(started) is not None
    user.close()
