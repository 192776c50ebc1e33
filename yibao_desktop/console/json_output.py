"""Service results in the shape of the command-line contract (design, section 7)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.items import Item, part_id
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.interview import all_questions
from yibao_desktop.domain.procedure.model import Expected, Outcome, Procedure, Question
from yibao_desktop.domain.procedure.plan import Decider, Plan, PlanMaterial, PlanStep
from yibao_desktop.domain.procedure.progress import progress
from yibao_desktop.domain.procedure.timing import due_dates
from yibao_desktop.search.results import Hit, Results
from yibao_desktop.services.backup_service import BackupView, ImportPlan
from yibao_desktop.services.finding import Finding
from yibao_desktop.services.guide_service import Shown, SourceUse
from yibao_desktop.settings import SettingsChange

Json = dict[str, Any]


def topic_view(item: Item) -> Json:
    """An entry of the tree."""
    return {
        "id": item.id,
        "title": item.title,
        "kind": item.kind,
        "parent": item.parent,
        "origin": item.origin.code,
    }


def results_view(results: Results, suggestion: str | None) -> Json:
    """A whole search."""
    return {
        "query": results.query,
        "elapsed_ms": round(results.elapsed_ms, 2),
        "match": results.match,
        "suggestion": suggestion,
        "results": [_hit_view(hit) for hit in results.hits],
        "own": [_hit_view(hit) for hit in results.own.hits],
        "own_first": results.own.first,
        "own_more": results.own.more,
    }


def _hit_view(hit: Hit) -> Json:
    passage = hit.passage
    return {
        "id": passage.item_id,
        "opens": passage.item_id,
        "kind": passage.kind,
        "title": passage.title,
        "heading": passage.heading,
        "path": passage.path,
        "answer": passage.answer or None,
        "snippet": hit.snippet.text,
        "why": hit.why,
        "sources": list(hit.sources),
        "score": hit.score,
        "origin": passage.origin.code,
    }


def shown_view(shown: Shown, today: datetime.date) -> Json:
    """One item."""
    return {
        "id": shown.item.id,
        "kind": shown.item.kind,
        "title": shown.item.title,
        "answer": shown.item.answer or None,
        "text": shown.item.text,
        "sources": list(shown.sources),
        "region": shown.item.region,
        "region_name": shown.region.name if shown.region else None,
        "as_of": shown.item.as_of,
        "doubts": [doubt_view(doubt) for doubt in shown.doubts],
        "local": list(shown.local),
        "cautions": list(shown.cautions(today)),
        "origin": shown.item.origin.code,
        "notice": shown.item.origin.notice,
    }


def doubt_view(doubt: Doubt) -> Json:
    """One doubt."""
    return {
        "id": doubt.id,
        "kind": doubt.kind,
        "short": doubt.short.plain,
        "text": (doubt.text or doubt.short).plain,
        "claims": [{"text": c.text.plain, "sources": list(c.sources)} for c in doubt.claims],
        "advice": doubt.advice.plain,
        "sources": list(doubt.sources),
    }


def frequent_view(question: str, item: Item) -> Json:
    """A question people ask most, with its answer and the page it stands on."""
    return {"question": question, "answer": item.answer, "id": item.id, "title": item.title}


def procedure_view(procedure: Procedure) -> Json:
    """One procedure in the list of them."""
    return {
        "id": procedure.id,
        "title": procedure.title,
        "channels": [{"id": c.id, "name": c.name} for c in procedure.channels],
        "questions": [
            {"id": q.id, "options": [o.id for o in q.options]} for q in all_questions(procedure)
        ],
    }


def plan_view(plan: Plan, doubts: Iterable[Doubt], today: datetime.date) -> Json:
    """A plan on a day, with what is doubtful about its procedure."""
    procedure = plan.procedure
    counted = progress(procedure, plan.answers, ())
    last_days = {due.deadline.id: due.last.isoformat() for due in due_dates(plan, today)}
    return {
        "procedure": procedure.id,
        "title": procedure.title,
        "answers": _answers_view(plan.answers),
        "open_questions": [_question_view(q) for q in plan.open_questions],
        "steps": [_step_view(procedure, s) for s in plan.steps],
        "materials": [_material_view(procedure, m) for m in plan.materials],
        "expected": [_expected_view(procedure, e) for e in plan.expected],
        "deadlines": [
            {
                "id": d.id,
                "title": d.title,
                "start": d.start,
                "length": procedure.fact(d.fact).text,
                "hard": d.hard,
                "consequence": d.consequence.plain,
                "last_day": last_days.get(d.id),
                "sources": list(d.sources),
            }
            for d in plan.deadlines
        ],
        "progress": {"min": counted.min, "max": counted.max},
        "outcome": _outcome_view(plan.outcome) if plan.outcome else None,
        "silent": list(plan.silent),
        "doubts": [doubt_view(doubt) for doubt in doubts],
        "notice": NOTICE,
    }


def _answers_view(answers: Answers) -> Json:
    return {q: chosen[0] if len(chosen) == 1 else list(chosen) for q, chosen in answers.items()}


def _question_view(question: Question) -> Json:
    return {
        "id": question.id,
        "text": question.text,
        "why": question.why.plain,
        "options": [{"id": o.id, "label": o.label} for o in question.options],
        "how_to_find_out": question.how_to_find_out.plain,
    }


def _step_view(procedure: Procedure, planned: PlanStep) -> Json:
    step = planned.step
    return {
        "number": planned.number,
        "id": part_id(procedure.id, step.id),
        "title": step.title,
        "kind": step.kind,
        "optional": step.optional,
        "one_of": planned.choice.id if planned.choice else None,
        "together": planned.together,
        "lines": [{"kind": line.kind, "text": line.text.plain} for line in planned.lines],
        "paths": [list(path.labels) for path in step.paths],
        "copy_text": list(step.copy_text),
        "materials": [paper.material.id for paper in planned.papers],
        "fee": step.fee.text.plain if step.fee else None,
        "time": step.time.text.plain if step.time else None,
        "done_when": step.done_when.plain or None,
        "fails": [
            {"symptom": f.symptom.plain, "do": [a.plain for a in f.actions]} for f in step.fails
        ],
        "sources": list(step.sources),
        "sure": planned.sure,
        "only_if": _decider_view(planned.only_if),
    }


def _decider_view(decider: Decider | None) -> Json | None:
    if decider is None:
        return None
    return {"question": decider.question.id, "options": [o.id for o in decider.options]}


def _material_view(procedure: Procedure, planned: PlanMaterial) -> Json:
    material = planned.material
    return {
        "id": material.id,
        "name": material.name,
        "form": material.form,
        "copies": material.copies,
        "any_of": list(material.any_of),
        "spec": material.spec.plain or None,
        "why": material.why.plain or None,
        "how_to_get": material.how_to_get.plain or None,
        "steps": [part_id(procedure.id, step) for step in planned.steps],
        "sources": list(material.sources),
        "sure": planned.sure,
        "only_if": _decider_view(planned.only_if),
    }


def _expected_view(procedure: Procedure, expected: Expected) -> Json:
    fact = procedure.fact(expected.fact)
    return {
        "id": expected.id,
        "title": expected.title,
        "after": part_id(procedure.id, expected.after),
        "min": fact.low or fact.value,
        "max": fact.high or fact.value,
        "unit": fact.unit,
        "text": fact.text,
        "sources": list(expected.sources),
    }


def _outcome_view(outcome: Outcome) -> Json:
    return {
        "id": outcome.id,
        "kind": outcome.kind,
        "title": outcome.title,
        "text": outcome.text.plain,
        "go_to": outcome.go_to or None,
        "sources": list(outcome.sources),
    }


def source_view(use: SourceUse) -> Json:
    """One passage of the source documents."""
    return {
        "key": use.source.key,
        "title": use.source.title,
        "date": use.source.date.isoformat(),
        "used_by": list(use.used_by),
        "left_out": use.source.left_out,
    }


def finding_view(finding: Finding) -> Json:
    """One thing the doctor looked at."""
    return {
        "name": finding.name,
        "value": finding.value,
        "well": finding.well,
        "remedy": finding.remedy or None,
    }


def backup_view(backup: BackupView) -> dict[str, Any]:
    """One of ``backups --json``."""
    found = backup.preview
    return {
        "name": backup.name,
        "made_at": backup.made_at.isoformat(),
        "reason": backup.reason,
        "drafts": backup.drafts,
        "readable": found is not None,
        "cases": [{"nickname": case.nickname, "procedure": case.procedure} for case in found.cases]
        if found
        else [],
        "bookmarks": found.bookmarks if found else 0,
    }


def import_view(
    plan: ImportPlan, settings: SettingsChange, done: bool, taken: bool
) -> dict[str, Any]:
    """``import --json``; ``settings`` are those that differ, ``taken`` whether they hold now."""
    return {
        "done": done,
        "new": [{"id": k.case.id, "nickname": k.case.nickname} for k in plan.new],
        "same": plan.same,
        "both_kept": [{"id": d.ours.id, "nickname": d.ours.nickname} for d in plan.differing],
        "bookmarks": plan.bookmarks,
        "notices": plan.notices,
        "settings": settings,
        "settings_taken": taken,
    }
