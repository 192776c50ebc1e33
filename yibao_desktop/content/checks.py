"""What must hold across the seeds: ids, references, sources, figures, and every path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from yibao_desktop.content.loader import Seed, Seeds
from yibao_desktop.content.problems import Problem
from yibao_desktop.content.yaml_reader import Path
from yibao_desktop.domain.facts import Fact
from yibao_desktop.domain.flow import placed_steps
from yibao_desktop.domain.guide import Article, part_id
from yibao_desktop.domain.procedure import Procedure
from yibao_desktop.domain.proof import prove
from yibao_desktop.domain.sources import MAIN_SOURCES
from yibao_desktop.domain.text import RichText, Span, SpanKind

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Report:
    """Every fault found, and the number of ways through all procedures that were walked."""

    problems: tuple[Problem, ...]
    paths: int


def check(seeds: Seeds) -> Report:
    """Check everything that a single file cannot tell."""
    problems = [
        *_id_problems(seeds),
        *_topic_problems(seeds),
        *_source_list_problems(seeds),
        *_citation_problems(seeds),
        *_reference_problems(seeds),
        *_fact_problems(seeds),
        *_prose_problems(seeds),
    ]
    paths = 0
    if not problems:
        for seed in seeds.procedures:
            proof = prove(seed.value)
            paths += proof.paths
            problems += [seed.problem(_find(seed.value, f.where), f.message) for f in proof.faults]
    return Report(tuple(problems), paths)


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every dataclass within a value, with the path of field names and indices to it."""
    if is_dataclass(value):
        yield path, value
        for field in fields(value):
            yield from walk(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))


def _find(procedure: Procedure, wanted: str) -> Path:
    return next((p for p, v in walk(procedure) if getattr(v, "id", None) == wanted), ())


def item_ids(seeds: Seeds) -> Iterator[tuple[str, Seed[Any], Path]]:
    """Every id that stands for an item of the guide, with where it is given."""
    for seed in seeds.topics:
        for path, topic in walk(seed.value):
            yield topic.id, seed, path
    for page in seeds.pages():
        yield page.value.id, page, ()
        for part, path in _parts(page.value):
            yield part_id(page.value.id, part), page, path


def _parts(page: object) -> Iterator[tuple[str, Path]]:
    if isinstance(page, Article):
        for index, section in enumerate(page.sections):
            yield section.id, ("sections", index)
    elif isinstance(page, Procedure):
        for placed in placed_steps(page.flow):
            yield placed.step.id, _find(page, placed.step.id)


def _cited(seeds: Seeds) -> Iterator[tuple[Seed[Any], Path, Any]]:
    """Every dataclass within the pages and doubts: all that rests on sources."""
    for seed in (*seeds.pages(), *seeds.doubts):
        for path, value in walk(seed.value):
            yield seed, path, value


def _spans(seeds: Seeds) -> Iterator[tuple[Seed[Any], Path, Span]]:
    for seed, path, value in _cited(seeds):
        if isinstance(value, RichText):
            for span in value.spans:
                yield seed, path, span


def _id_problems(seeds: Seeds) -> Iterator[Problem]:
    seen: dict[str, Seed[Any]] = {}
    for item, seed, path in item_ids(seeds):
        if item in seen:
            yield seed.problem(path, f"编号“{item}”已经在 {seen[item].file} 里用过了")
        seen.setdefault(item, seed)
    yield from _repeats(seeds.doubts, "id")
    yield from _repeats(seeds.documents, "id")
    yield from _repeats(seeds.regions, "code")
    yield from _repeats(seeds.sources, "key")
    for seed in (*seeds.topics, *seeds.pages(), *seeds.doubts):
        for path, value in walk(seed.value):
            given = getattr(value, "id", None)
            if given is not None and not _SLUG.fullmatch(given):
                yield seed.problem((*path, "id"), f"编号“{given}”只能用小写字母、数字和连字符")


def _repeats(seeds: Sequence[Seed[Any]], name: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for seed in seeds:
        value = getattr(seed.value, name)
        if value in seen:
            yield seed.problem((name,), f"“{value}”写了不止一次")
        seen.add(value)


def _topic_problems(seeds: Seeds) -> Iterator[Problem]:
    topics = {t.id: (seed, path, t) for seed in seeds.topics for path, t in walk(seed.value)}
    used = Counter(page.value.topic for page in seeds.pages())
    for page in seeds.pages():
        if page.value.topic not in topics:
            yield page.problem(("topic",), f"主题“{page.value.topic}”不存在")
    for seed, path, topic in topics.values():
        if not topic.children and not used[topic.id]:
            yield seed.problem(path, f"主题“{topic.id}”下面什么也没有")


def _source_list_problems(seeds: Seeds) -> Iterator[Problem]:
    keys = {seed.value.key for seed in seeds.sources}
    documents = {seed.value.id for seed in seeds.documents}
    for seed in seeds.sources:
        if seed.value.document not in documents:
            yield seed.problem(("key",), f"文章“{seed.value.document}”不在 documents 里")
        if seed.value.parent and seed.value.parent not in keys:
            yield seed.problem(("parent",), f"上级标题“{seed.value.parent}”不存在")


def _citation_problems(seeds: Seeds) -> Iterator[Problem]:
    sources = {seed.value.key: seed.value for seed in seeds.sources}
    for seed, path, value in _cited(seeds):
        given = getattr(value, "sources", None)
        if given == () and not getattr(value, "claims", ()):
            yield seed.problem((*path, "sources"), "没有写来源（sources）")
        for index, key in enumerate(given or ()):
            at = (*path, "sources", index)
            if key not in sources:
                yield seed.problem(at, f"来源“{key}”不在五篇文章的标题里")
            elif sources[key].left_out:
                yield seed.problem(at, f"来源“{key}”在 sources.yaml 里写着不用")
    main: list[Seed[Any]] = [*seeds.articles, *seeds.procedures]
    for page in main:
        if len(page.value.sources) > MAIN_SOURCES:
            yield page.problem(
                ("sources",), f"主要来源最多写 {MAIN_SOURCES} 条，其余写在小节或步骤里"
            )


def _reference_problems(seeds: Seeds) -> Iterator[Problem]:
    items = {item for item, _, _ in item_ids(seeds)}
    regions = {seed.value.code for seed in seeds.regions}
    for seed, path, value in _cited(seeds):
        for at, target in _references(value):
            if target not in items:
                yield seed.problem((*path, *at), f"编号“{target}”不存在")
        region = getattr(value, "region", None)
        if region is not None and region not in regions:
            yield seed.problem((*path, "region"), f"地区“{region}”不在 regions.yaml 里")
    for seed, path, span in _spans(seeds):
        if span.kind is SpanKind.LINK and span.target not in items:
            yield seed.problem(path, f"链接指向的“{span.target}”不存在")


def _references(value: Any) -> Iterator[tuple[Path, str]]:
    for name in ("related", "about"):
        for index, target in enumerate(getattr(value, name, ())):
            yield (name, index), target
    if getattr(value, "go_to", ""):
        yield ("go_to",), value.go_to


def all_facts(seeds: Seeds) -> Iterator[tuple[Fact, Seed[Any], Path]]:
    """Every fact of the guide, with where it is given."""
    for page in seeds.pages():
        for index, fact in enumerate(page.value.facts):
            yield fact, page, ("facts", index)


def _fact_problems(seeds: Seeds) -> Iterator[Problem]:
    figures = {seed.value.key: seed.value.figures for seed in seeds.sources}
    facts: set[str] = set()
    for fact, seed, path in all_facts(seeds):
        if fact.id in facts:
            yield seed.problem(path, f"数字“{fact.id}”已经有了")
        facts.add(fact.id)
        if not fact.well_formed:
            yield seed.problem(path, "数字要写 value、choices，或者 low 和 high，只写一种")
        known = {figure for key in fact.sources for figure in figures.get(key, ())}
        for figure in (f for f in fact.figures if f not in known):
            yield seed.problem(path, f"数字“{figure}”在它的来源里找不到")
    for seed, path, span in _spans(seeds):
        if span.kind is SpanKind.FIGURE and span.target not in facts:
            yield seed.problem(path, f"数字“{{{span.target}}}”在 facts 里没有")


def _prose_problems(seeds: Seeds) -> Iterator[Problem]:
    """Figures belong into facts, so that none is told without place, date and source."""
    for seed, path, span in _spans(seeds):
        quoted = span.kind in (SpanKind.LABEL, SpanKind.FIGURE)
        if not quoted and _DIGIT.search(span.text):
            yield seed.problem(path, f"“{span.text}”里的数字要写进 facts，再用 {{编号}} 引用")
