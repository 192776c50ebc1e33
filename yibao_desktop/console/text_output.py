"""Service results as plain Chinese text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.items import KIND_NAMES, Item, Kind
from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.domain.guide.sources import NOTICE
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.procedure.plan import Plan, PlanStep
from yibao_desktop.domain.procedure.progress import progress
from yibao_desktop.domain.procedure.timing import due_dates
from yibao_desktop.domain.wording.date_text import due_line
from yibao_desktop.domain.wording.names import isolated, listed_names
from yibao_desktop.domain.wording.plain_text import (
    deadline_lines,
    expected_lines,
    paper_text,
    silent_text,
    step_marks,
    step_text,
    unsure_lines,
)
from yibao_desktop.search.results import Hit, Match, OwnResults, Results
from yibao_desktop.services.backup_service import (
    BackupView,
    ImportPlan,
    drafts_text,
    moment_text,
    preview_text,
)
from yibao_desktop.services.finding import Finding
from yibao_desktop.services.guide_service import Shown, SourceUse

if TYPE_CHECKING:  # the readers of the seeds are not loaded for every command
    from yibao_desktop.content.typical_questions import FewQuestions

MATCH_NAMES = {Match.DIRECT: "找到了", Match.NEAR: "相近结果", Match.NONE: "没有找到"}


def topics_text(items: Sequence[Item]) -> Iterator[str]:
    """The tree, indented."""
    depth: dict[str | None, int] = {None: 0}
    for item in items:
        depth[item.id] = depth[item.parent] + 1
        kind = KIND_NAMES[item.kind] if item.origin.is_guide else item.origin.short_name
        mark = "" if item.kind is Kind.TOPIC else f"［{kind}］"
        yield f"{'  ' * depth[item.parent]}{mark}{item.title}  ({item.id})"


def results_text(
    results: Results, suggestion: str | None, alternatives: Sequence[Item]
) -> Iterator[str]:
    """A whole search; ``alternatives`` are ways on where nothing was found."""
    yield f"{results.query}：{MATCH_NAMES[results.match]}"
    if suggestion:
        yield suggestion
    if alternatives:
        yield "也许您要办的是："
    for item in alternatives:
        yield f"· {item.title}（{item.id}）"
    guide, own = _hits_text(results.hits), _own_hits_text(results.own)
    for group in (own, guide) if results.own.first else (guide, own):
        yield from group


def _hits_text(hits: Iterable[Hit]) -> Iterator[str]:
    for number, hit in enumerate(hits, 1):
        passage = hit.passage
        heading = f" · {passage.heading}" if passage.heading else ""
        kind = KIND_NAMES[passage.kind] if passage.origin.is_guide else passage.origin.short_name
        yield f"{number}. [{kind}] {passage.title}{heading}"
        if hit.answer:
            yield f"   {hit.answer}"
        yield f"   {hit.snippet.text}"
        sources = f"；来源 {'、'.join(hit.sources)}" if hit.sources else ""
        yield f"   编号 {passage.item_id}；{hit.why}{sources}"


def _own_hits_text(own: OwnResults) -> Iterator[str]:
    """What was found of the user's own, set apart from the guide's."""
    if own.hits:
        yield f"—— {OWN.name} ——"
        yield from _hits_text(own.hits)
    if own.more:
        yield f"还有 {own.more} 处。"


def local_text(cautions: Iterable[str], changes: Iterable[str]) -> Iterator[str]:
    """What must be known of a page before it is relied on, and what packs made different on it."""
    yield from (f"注意：{caution}" for caution in cautions)
    yield from (f"本地不同：{change}" for change in changes)


def shown_text(shown: Shown, today: datetime.date) -> Iterator[str]:
    """One item."""
    yield shown.item.title
    about = [shown.region.name] if shown.region else []
    about += [f"{shown.item.as_of} 年"] if shown.item.as_of else []
    if about:
        yield "，".join(about)
    yield from local_text(shown.cautions(today), shown.local)
    yield ""
    yield shown.item.text
    for doubt in shown.doubts:
        yield ""
        yield from doubt_text(doubt)
    yield ""
    if shown.sources:
        yield f"来源：{'、'.join(shown.sources)}"
    yield shown.item.origin.notice


def doubt_text(doubt: Doubt) -> Iterator[str]:
    """One doubt."""
    yield f"【{doubt.name}】{doubt.short.plain}"
    if doubt.text:
        yield f"  {doubt.text.plain}"
    for claim in doubt.claims:
        yield f"  · {claim.text.plain}（{'、'.join(claim.sources)}）"
    if doubt.sources:
        yield f"  出自：{'、'.join(doubt.sources)}"
    if doubt.further_advice:
        yield f"  {doubt.further_advice.plain}"


def frequent_text(frequent: Iterable[tuple[str, Item]]) -> Iterator[str]:
    """What people ask most, with the answers."""
    for question, item in frequent:
        yield f"{question}  ({item.id})"
        yield f"  {item.answer}"


def procedures_text(procedures: Iterable[Procedure]) -> Iterator[str]:
    """What can be led through."""
    for procedure in procedures:
        yield f"{procedure.title}  ({procedure.id})  {procedure.answer.plain}"


def plan_text(plan: Plan, doubts: Iterable[Doubt], today: datetime.date) -> Iterator[str]:
    """A plan on a day, with what is doubtful about its procedure."""
    procedure = plan.procedure
    yield procedure.title
    yield procedure.answer.plain
    if plan.channel:
        yield f"办法：{plan.channel.name}"
    yield from unsure_lines(plan)
    for question in plan.open_questions:
        options = "、".join(f"{o.label}（{question.id}={o.id}）" for o in question.options)
        yield f"还要问：{question.text} {options}"
    if plan.outcome:
        yield f"结果：{plan.outcome.title}。{plan.outcome.text.plain}"
    if plan.steps:
        counted = progress(procedure, plan.answers, ())
        span = str(counted.min) if counted.min == counted.max else f"{counted.min}–{counted.max}"
        yield f"\n步骤（共 {span} 步）"
    for planned in plan.steps:
        yield from _step_text(plan, planned)
    if plan.materials:
        yield "\n要带的材料"
    for material in plan.materials:
        yield f"□ {paper_text(material)}"
    for line in expected_lines(plan):
        yield f"\n{line}"
    for line in _limits(plan, today):
        yield f"\n{line}"
    for doubt in doubts:
        yield ""
        yield from doubt_text(doubt)
    if plan.silent:
        yield "\n" + silent_text(plan.silent)
    yield NOTICE


def _limits(plan: Plan, today: datetime.date) -> list[str]:
    running = due_dates(plan, today)
    if running:
        return [due_line(due) for due in running]
    return deadline_lines(plan)


def _step_text(plan: Plan, planned: PlanStep) -> Iterator[str]:
    marks = "；".join([*(["任选一种"] if planned.choice else []), *step_marks(planned)])
    yield f"{planned.number}. {planned.step.title}{f'（{marks}）' if marks else ''}"
    for line in step_text(planned).splitlines():
        yield f"   {line}"


def sources_text(uses: Sequence[SourceUse]) -> Iterator[str]:
    """Every passage with what became of it."""
    for use in uses:
        fate = "、".join(use.used_by) or (
            f"没有用：{use.source.left_out}" if use.source.left_out else "还没有收进来"
        )
        yield f"{use.source.key}（{use.source.date}）：{fate}"


def findings_text(findings: Sequence[Finding]) -> Iterator[str]:
    """What the doctor found."""
    for finding in findings:
        yield f"{'好' if finding.well else '坏'}  {finding.name}：{finding.value}"
        if finding.remedy:
            yield f"    → {finding.remedy}"


_COUNT_NAMES = {
    "topics": "主题",
    "articles": "文章",
    "sections": "文章小节",
    "procedures": "办事",
    "steps": "办事步骤",
    "steps_ended": "写明怎样算办好的步骤",
    "paths": "走过的回答方式",
    "outcomes": "都走得到的结果",
    "answers": "问答",
    "terms": "名词",
    "facts": "数字",
    "doubts": "存疑",
    "questions": "典型问法",
    "sources": "来源段落",
    "sources_used": "用上的来源",
    "sources_left_out": "写明不用的来源",
    "sources_pending": "还没收进来的来源",
    "answers_first": "先用一句话回答的页",
    "doubts_longer": "存疑比正文长的页",
    "figures_only_in_doubts": "只写在存疑里的数字",
    "dead_ends": "没有通到别处的页",
    "figures_said_twice": "前面多写了“大约”的数字",
    "ways_without_end": "走不到头的回答方式",
    "parts_unreached": "走不到的步骤、材料、结果",
    "answers_contradicting": "会互相矛盾的回答",
    "papers_unwanted": "不要带却说到的材料",
}


def check_text(counts: dict[str, int], doubts: Iterable[Doubt]) -> Iterator[str]:
    """How much the seeds hold, and what in them is doubtful."""
    for name, count in counts.items():
        yield f"{_COUNT_NAMES[name]}：{count}"
    for doubt in doubts:
        yield from doubt_text(doubt)


def few_questions_text(passages: Sequence[FewQuestions]) -> Iterator[str]:
    """The passages with too few typical questions."""
    if passages:
        yield f"典型问法不够的：{len(passages)} 处（写在 questions 里）"
    for few in passages:
        yield f"  {few.item}：有 {few.count} 条，应当有 {few.wanted} 条"


def backups_text(backups: Iterable[BackupView]) -> Iterator[str]:
    """``backups``."""
    backups = tuple(backups)
    if not backups:
        yield "还没有备份；记录有了变化，关掉程序的时候会自动备份。"
    for backup in backups:
        yield f"{moment_text(backup.made_at)}　{backup.reason}　{backup.name}"
        yield f"  {preview_text(backup.preview)}"
        if drafts := drafts_text(backup):
            yield f"  {drafts}"


def import_text(plan: ImportPlan, done: bool) -> Iterator[str]:
    """``import``."""
    verb = "读入了" if done else "会读入"
    names = listed_names(kept.case.nickname for kept in plan.new)
    listed = f"（{names}）" if names else ""
    yield f"{verb}：办理 {len(plan.new)} 件{listed}，收藏 {plan.bookmarks} 个。"
    if plan.same:
        yield f"已经有、一模一样的：{plan.same} 件。"
    for difference in plan.differing:
        yield f"{isolated(difference.ours.nickname)} 的一件两边不一样，两份都留。"
    yield from plan.notices


def settings_text(changes: Mapping[str, object], taken: bool) -> Iterator[str]:
    """What ``import`` did with the settings that differ."""
    if changes:
        count = len(changes)
        yield (
            f"设置也换过来了：{count} 样。"
            if taken
            else f"文件里有 {count} 样设置跟这里不一样，没有动；要换过来，加 --settings。"
        )
