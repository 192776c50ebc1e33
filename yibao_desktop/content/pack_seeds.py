"""Lays content packs over the guide's seeds: their own pages, and what they change in its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from yibao_desktop.content.checks import check, item_ids
from yibao_desktop.content.loader import Seed, Seeds, load_seeds, load_text
from yibao_desktop.content.pack_files import MANIFEST, OVERLAYS, read_overlay
from yibao_desktop.content.problems import Problem
from yibao_desktop.content.resolve import resolve
from yibao_desktop.content.walk import all_facts
from yibao_desktop.content.yaml_reader import Located
from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.packs.apply import Off, apply, part_words, remarks_of, words_of_change
from yibao_desktop.domain.packs.local import LocalChange
from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.domain.packs.overlay import (
    PART_NAMES,
    Change,
    Overlay,
    PartKind,
    is_within,
    narrowness,
)
from yibao_desktop.domain.pages import Page
from yibao_desktop.domain.procedure.model import CHANNEL

Choices = Mapping[str, str]
"""Part that two packs change → id of the pack the user wants it from."""


@dataclass(frozen=True, slots=True)
class PackTexts:
    """A pack as it was signed: what it says of itself and its files."""

    manifest: Manifest
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Applied:
    """A change that is in the content.

    Attributes:
        page: id of the page it changes.
    """

    pack: Manifest
    page: str
    region: str
    change: Change


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A change that is not, because the guide says something else by now, or another wins."""

    pack: Manifest
    page: str
    off: Off


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that two packs change for the same place, and nobody has chosen yet."""

    part: str
    title: str
    change: Change
    packs: tuple[Manifest, ...]


@dataclass(slots=True)
class Merged:
    """The guide with packs.

    Attributes:
        problems: faults of the packs; file names begin with the pack's id.
        added: ids of the pages each pack adds, by the pack's id.
        strict: whether a change of what is not there is a fault, and not just left out.
    """

    seeds: Seeds
    problems: list[Problem] = field(default_factory=list)
    added: dict[str, list[str]] = field(default_factory=dict)
    strict: bool = True
    applied: list[Applied] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A change with all that decides whether it is made."""

    pack: Manifest
    overlay: Overlay
    change: Change
    file: str
    line: int

    @property
    def part(self) -> str:
        change = self.change
        said = getattr(getattr(change.was, "text", None), "plain", "")
        told = f"/{said}" if change.kind is PartKind.LINE else ""
        return f"{self.overlay.page}/{change.kind}/{change.target}{told}"


def merge(
    folder: Path,
    packs: Sequence[PackTexts],
    region: str | None,
    choices: Choices,
    *,
    strict: bool = True,
) -> Merged:
    """The guide's seeds with the packs, as someone in a region is to read them.

    After an update of the guide a pack may change what is not there any more: where it is not
    ``strict``, that is left out and listed.

    Raises:
        ContentError: the guide's own seeds are faulty.
    """
    merged = Merged(load_seeds(folder), strict=strict)
    wanted: list[_Wanted] = []
    for pack in packs:
        _take_pages(merged, pack)
        wanted += _wanted(merged, pack)
    if not merged.problems:
        before = {fact.id: fact for fact, _, _ in all_facts(merged.seeds)}
        _apply(merged, wanted, region, choices)
        after = {fact.id: fact for fact, _, _ in all_facts(merged.seeds)}
        merged.seeds.local_changes = [_told(one, before, after) for one in merged.applied]
    return merged


def _told(one: Applied, before: Mapping[str, Fact], after: Mapping[str, Fact]) -> LocalChange:
    was, to = words_of_change(one.change)
    return LocalChange(
        pack=one.pack.id,
        page=one.page,
        region=one.region,
        kind=PART_NAMES[one.change.kind],
        was=part_words(resolve(was, before)),
        now=part_words(resolve(to, after)) + remarks_of(one.change),
    )


def checked(merged: Merged) -> Merged:
    """The same with the faults that show only in the whole."""
    packs = {pack.id for pack in merged.seeds.packs}
    found = check(merged.seeds, lambda file: file.partition("/")[0] in packs)
    merged.problems += found.problems
    return merged


def _take_pages(merged: Merged, pack: PackTexts) -> None:
    own = Seeds(packs=[pack.manifest])
    prefix = f"{pack.manifest.id}/"
    for name, text in sorted(pack.files.items()):
        if name != MANIFEST and not name.startswith(f"{OVERLAYS}/"):
            merged.problems += load_text(text, f"{prefix}{name}", own, name)
    known = {seed.value.code for seed in merged.seeds.regions}
    own.regions = [seed for seed in own.regions if seed.value.code not in known]
    merged.problems += _foreign_ids(own, pack.manifest)
    merged.added[pack.manifest.id] = [page.value.id for page in own.pages()]
    merged.seeds.extend(own)


def _foreign_ids(own: Seeds, pack: Manifest) -> Iterator[Problem]:
    """Ids that do not begin with the pack's, and would stand for something of somebody else's."""
    facts = ((page, n, f.id) for page in own.pages() for n, f in enumerate(page.value.facts))
    given: list[tuple[Seed[Any], Any, str]] = [
        *((seed, path, item) for item, seed, path in item_ids(own)),
        *((page, ("facts", number), fact) for page, number, fact in facts),
        *((page, ("former_ids",), f) for page in own.pages() for f in page.value.former_ids),
        *((seed, ("id",), seed.value.id) for seed in own.documents),
        *((seed, ("id",), seed.value.id) for seed in own.doubts),
        *((seed, ("key",), seed.value.key) for seed in own.sources),
        *((seed, (), seed.value.item) for seed in own.questions),
    ]
    for seed, path, item in given:
        if not item.startswith(pack.prefix):
            yield seed.problem(path, f"编号“{item}”要以“{pack.prefix}”开头")


def _wanted(merged: Merged, pack: PackTexts) -> Iterator[_Wanted]:
    for name, text in sorted(pack.files.items()):
        if not name.startswith(f"{OVERLAYS}/"):
            continue
        file = f"{pack.manifest.id}/{name}"
        overlay, located, problems = read_overlay(text, file)
        merged.problems += problems
        for index, change in enumerate(overlay.changes if overlay else ()):
            assert overlay is not None
            line = located.line(("changes", index))
            merged.problems += _id_problems(pack.manifest, change, file, line)
            yield _Wanted(pack.manifest, overlay, change, file, line)


def _id_problems(pack: Manifest, change: Change, file: str, line: int) -> Iterator[Problem]:
    named_by_all = change.target == CHANNEL and change.kind is PartKind.QUESTION
    given = change.adds and change.kind not in (PartKind.LINE, PartKind.SILENT) and not named_by_all
    if given and not change.target.startswith(pack.prefix):
        yield Problem(file, line, f"新增的编号“{change.target}”要以“{pack.prefix}”开头")


def _apply(merged: Merged, wanted: Iterable[_Wanted], region: str | None, choices: Choices) -> None:
    """Make the changes that hold in the region, the narrowest where several change one part."""
    pages = {page.value.id: page for page in merged.seeds.pages()}
    here: dict[str, list[_Wanted]] = {}
    for one in wanted:
        if one.overlay.page not in pages:
            _miss(merged, one, Off(one.change, f"没有“{one.overlay.page}”这一页", missing=True))
        elif is_within(region, one.overlay.region):
            here.setdefault(one.part, []).append(one)
    chosen = [
        one for part, several in here.items() for one in _chosen(merged, part, several, choices)
    ]
    before = known_items(merged.seeds)
    for one in chosen:
        pages[one.overlay.page] = _changed(merged, pages[one.overlay.page], one)
    merged.seeds.replace_pages(pages)
    forget_gone(merged.seeds, before)


def known_items(seeds: Seeds) -> set[str]:
    """Ids of everything that stands for an item of the guide."""
    return {item for item, _, _ in item_ids(seeds)}


def forget_gone(seeds: Seeds, before: set[str]) -> None:
    """Leave out what is asked and doubted of items that were there before and are gone."""
    gone = before - known_items(seeds)
    seeds.questions = [seed for seed in seeds.questions if seed.value.item not in gone]
    kept: list[Seed[Doubt]] = []
    for seed in seeds.doubts:
        about = tuple(item for item in seed.value.about if item not in gone)
        if about or not seed.value.about:
            kept.append(replace(seed, value=replace(seed.value, about=about)))
    seeds.doubts = kept


def _chosen(
    merged: Merged, part: str, several: list[_Wanted], choices: Choices
) -> Iterator[_Wanted]:
    """Which of the changes to one part is made; lines are added side by side."""
    if several[0].change.adds:
        yield from several
        return
    most = max(narrowness(one.overlay.region) for one in several)
    narrow = [one for one in several if narrowness(one.overlay.region) == most]
    named = [one for one in narrow if one.pack.id == choices.get(part)]
    packs = {one.pack.id: one.pack for one in narrow}
    if len(packs) > 1 and not named:
        page = next(p for p in merged.seeds.pages() if p.value.id == narrow[0].overlay.page)
        told = Clash(part, page.value.title, narrow[0].change, tuple(packs.values()))
        merged.clashes.append(told)
    winner = (named or narrow)[0]
    yield winner
    for one in several:
        if one is not winner:
            off = Off(one.change, f"“{winner.pack.title}”也改了这里，用了那一份")
            merged.left_out.append(LeftOut(one.pack, one.overlay.page, off))


def _changed(merged: Merged, seed: Seed[Any], one: _Wanted) -> Seed[Any]:
    page: Page = seed.value
    new, off = apply(page, (one.change,))
    for left in off:
        _miss(merged, one, left)
    if off:
        return seed
    merged.applied.append(Applied(one.pack, page.id, one.overlay.region, one.change))
    return replace(seed, value=new, file=_file_of(seed, one), located=Located({}))


def _miss(merged: Merged, one: _Wanted, off: Off) -> None:
    if off.missing and merged.strict:
        merged.problems.append(Problem(one.file, one.line, off.why))
    merged.left_out.append(LeftOut(one.pack, one.overlay.page, off))


def _file_of(seed: Seed[Any], one: _Wanted) -> str:
    """Where faults of a changed page are told: in the pack, under the page's own name.

    Questions are asked in a file with the same name, so that it must end as before.
    """
    return f"{one.pack.id}/{OVERLAYS}/{Path(seed.file).name}"
