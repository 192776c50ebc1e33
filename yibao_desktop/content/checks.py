"""What must hold across the seeds: ids, references, sources, figures, and every path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from yibao_desktop.content.answer_checks import (
    answer_problems,
    cut_off_problems,
    doubt_line_problems,
    frequent_problems,
)
from yibao_desktop.content.figure_checks import figure_problems
from yibao_desktop.content.loader import Seed, Seeds
from yibao_desktop.content.problems import Problem
from yibao_desktop.content.quality import weaknesses
from yibao_desktop.content.typical_questions import question_problems
from yibao_desktop.content.walk import cited, spans, walk
from yibao_desktop.content.yaml_reader import Path
from yibao_desktop.domain.guide.items import Article, page_id, part_id
from yibao_desktop.domain.guide.sources import MAIN_SOURCES
from yibao_desktop.domain.guide.text import SpanKind
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import CHANNEL, Procedure
from yibao_desktop.domain.procedure.proof import prove

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAMES = ("aliases", "situations")
_MAY_REPEAT = ("labels", *_NAMES)
"""A way through menus may pass the same label twice; names are compared over the whole page."""


@dataclass(frozen=True, slots=True)
class Report:
    """Every fault found.

    Attributes:
        paths: ways through all procedures that were walked.
        faults: how many faults of each kind the walk met.
    """

    problems: tuple[Problem, ...]
    paths: int
    faults: Mapping[str, int]


def _any_file(_file: str) -> bool:
    return True


def check(seeds: Seeds, can_mend: Callable[[str], bool] = _any_file) -> Report:
    """Check everything that a single file cannot tell.

    Args:
        seeds: the whole guide, with packs laid over it or not.
        can_mend: whether who is told can change a file. What is sound and could be better is told
            of those files alone: a pack must not be refused for a page of the guide it leaves as
            it is, and only reads worse beside it.
    """
    problems = [
        *_id_problems(seeds),
        *_topic_problems(seeds),
        *_source_list_problems(seeds),
        *_citation_problems(seeds),
        *_reference_problems(seeds),
        *_doubt_problems(seeds),
        *_list_problems(seeds),
        *_name_problems(seeds),
        *_route_problems(seeds),
        *question_problems(seeds),
        *answer_problems(seeds),
        *cut_off_problems(seeds),
        *doubt_line_problems(seeds),
        *frequent_problems(seeds),
        *figure_problems(seeds),
        *(found.problem for found in weaknesses(seeds) if can_mend(found.problem.file)),
    ]
    paths = 0
    faults: Counter[str] = Counter()
    if not problems:
        for seed in seeds.procedures:
            proof = prove(seed.value)
            paths += proof.paths
            faults.update(fault.kind for fault in proof.faults)
            problems += [seed.problem(_find(seed.value, f.where), f.message) for f in proof.faults]
    return Report(tuple(problems), paths, faults)


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


def _id_problems(seeds: Seeds) -> Iterator[Problem]:
    seen: dict[str, Seed[Any]] = {}
    for item, seed, path in item_ids(seeds):
        if item in seen:
            yield seed.problem(path, f"编号“{item}”已经在 {seen[item].file} 里用过了")
        seen.setdefault(item, seed)
    for page in seeds.pages():
        for index, former in enumerate(page.value.former_ids):
            if former in seen:
                yield page.problem(
                    ("former_ids", index), f"以前的编号“{former}”在 {seen[former].file} 里还有"
                )
            seen.setdefault(former, page)
    yield from _repeats(seeds.doubts, "id")
    yield from _repeats(seeds.documents, "id")
    yield from _repeats(seeds.regions, "code")
    yield from _repeats(seeds.sources, "key")
    for seed in (*seeds.topics, *seeds.pages(), *seeds.doubts):
        for path, value in walk(seed.value):
            given = getattr(value, "id", None)
            if given is not None and not _SLUG.fullmatch(_within_pack(given, seeds)):
                yield seed.problem((*path, "id"), f"编号“{given}”只能用小写字母、数字和连字符")


def _within_pack(given: str, seeds: Seeds) -> str:
    """An id without that of the pack it is from."""
    prefixes = (pack.prefix for pack in seeds.packs if given.startswith(pack.prefix))
    return given.removeprefix(next(prefixes, ""))


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
    parents = {seed.value.key: seed.value.parent for seed in seeds.sources}
    documents = {seed.value.id for seed in seeds.documents}
    for seed in seeds.sources:
        if seed.value.document not in documents:
            yield seed.problem(("key",), f"文章“{seed.value.document}”不在 documents 里")
        if seed.value.parent and seed.value.parent not in parents:
            yield seed.problem(("parent",), f"上级标题“{seed.value.parent}”不存在")
        if _is_above_itself(seed.value.key, parents):
            yield seed.problem(("parent",), "上级标题一层层往上，又绕回了自己")


def _is_above_itself(key: str, parents: Mapping[str, str | None]) -> bool:
    above: set[str] = set()
    parent = parents[key]
    while parent and parent not in above:
        above.add(parent)
        parent = parents.get(parent)
    return key in above


def _citation_problems(seeds: Seeds) -> Iterator[Problem]:
    sources = {seed.value.key: seed.value for seed in seeds.sources}
    for seed, path, value in cited(seeds):
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
    doubted = items | set(_doubted_parts(seeds))
    regions = {seed.value.code for seed in seeds.regions}
    for seed, path, value in cited(seeds):
        for at, target in _references(value):
            if target not in (doubted if at[0] == "about" else items):
                yield seed.problem((*path, *at), f"编号“{target}”不存在")
            if at[0] == "related" and page_id(target) == value.id:
                yield seed.problem((*path, *at), "相关内容（related）不用写这一页自己")
            elif at[0] == "related" and page_id(target) != target:
                yield seed.problem((*path, *at), "相关内容（related）只写整页，小节和步骤写成链接")
        region = getattr(value, "region", None)
        if region is not None and region not in regions:
            yield seed.problem((*path, "region"), f"地区“{region}”不在 regions.yaml 里")
    for seed, path, span in spans(seeds):
        if span.kind is SpanKind.LINK and span.target not in items:
            yield seed.problem(path, f"链接指向的“{span.target}”不存在")


def _doubted_parts(seeds: Seeds) -> Iterator[str]:
    """What is no item, but may be doubtful by itself: channels and outcomes."""
    for seed in seeds.procedures:
        parts = [c.id for c in seed.value.channels] + [o.id for o in seed.value.outcomes]
        yield from (part_id(seed.value.id, part) for part in parts)


def _references(value: Any) -> Iterator[tuple[Path, str]]:
    for name in ("related", "about"):
        for index, target in enumerate(getattr(value, name, ())):
            yield (name, index), target
    if getattr(value, "go_to", ""):
        yield ("go_to",), value.go_to


def _doubt_problems(seeds: Seeds) -> Iterator[Problem]:
    topics = {topic.id for seed in seeds.topics for _, topic in walk(seed.value)}
    for seed in seeds.doubts:
        doubt = seed.value
        if doubt.kind == "conflict" and len(doubt.claims) < 2:
            yield seed.problem(("claims",), "说法不一（conflict）至少要写两种说法（claims）")
        if doubt.kind == "withheld":
            continue  # for editors only, so it need not stand where a reader sees it
        if not doubt.about:
            yield seed.problem(("about",), "没有写是关于哪里的（about），读者看不到")
        for index, item in enumerate(doubt.about):
            if item in topics:
                yield seed.problem(
                    ("about", index), f"“{item}”是主题，读者看不到；请写到它下面的某一页"
                )


def _list_problems(seeds: Seeds) -> Iterator[Problem]:
    """Texts written twice in one list, such as a source or an id."""
    for seed in (*seeds.regions, *seeds.sources, *seeds.pages(), *seeds.doubts):
        for path, value in walk(seed.value):
            for field in fields(value):
                listed = getattr(value, field.name)
                if isinstance(listed, tuple) and field.name not in _MAY_REPEAT:
                    places = [((*path, field.name, i), text) for i, text in enumerate(listed)]
                    yield from _written_twice(seed, places)


def _name_problems(seeds: Seeds) -> Iterator[Problem]:
    """Names and questions written twice on one page, in its parts too."""
    for seed in seeds.pages():
        places = [
            ((*path, name, index), text)
            for path, value in walk(seed.value)
            for name in _NAMES
            for index, text in enumerate(getattr(value, name, ()))
        ]
        yield from _written_twice(seed, places)


def _route_problems(seeds: Seeds) -> Iterator[Problem]:
    """Procedures with several channels that do not say which one 不清楚 is taken for."""
    for seed in seeds.procedures:
        asked = [q for q in seed.value.questions if q.id == CHANNEL]
        if len(seed.value.channels) > 1 and not any(q.recommended for q in asked):
            yield seed.problem(
                ("questions",),
                f"有几种渠道的，要写问题 {CHANNEL}，并用 recommended 写明不清楚的先照哪一种办",
            )


def _written_twice(seed: Seed[Any], places: Sequence[tuple[Path, Any]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, text in places:
        if isinstance(text, str):
            if text in seen:
                yield seed.problem(path, f"“{text}”写了不止一次")
            seen.add(text)
