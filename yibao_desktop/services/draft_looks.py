"""What a draft comes to: its forms, its page as it will be, and every fault in it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.items import Item
from yibao_desktop.domain.guide.origin import Origin, OriginKind
from yibao_desktop.domain.packs.apply import apply, part_title, part_words, remarks_of, step_words
from yibao_desktop.domain.packs.draft import HEAD, CardKind, Draft
from yibao_desktop.domain.packs.drafting import Drafting
from yibao_desktop.domain.packs.form_fields import FormGroup
from yibao_desktop.domain.packs.form_words import gathered, in_form_words
from yibao_desktop.domain.packs.overlay import PART_NAMES, Change, Part, PartKind
from yibao_desktop.domain.packs.page_drafting import PageDrafting
from yibao_desktop.domain.packs.page_form import Catalogue, page_groups
from yibao_desktop.domain.packs.part_form import PageForms
from yibao_desktop.domain.packs.typed_reader import FieldFault, FieldKey
from yibao_desktop.domain.pages import Page, kind_of
from yibao_desktop.domain.procedure.model import Procedure, Step
from yibao_desktop.errors import UserError
from yibao_desktop.services.draft_faults import (
    WHOLE,
    about_faults,
    field_of,
    names_of,
    wording_faults,
)
from yibao_desktop.services.guide_service import PageView, SourceView

if TYPE_CHECKING:
    from yibao_desktop.content.loader import Seed, Seeds

_SOURCES = "sources.yaml"
_PAGE_FILE = "page.yaml"


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change as a reader is told it."""

    part: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class DraftLook:
    """What a draft comes to.

    Attributes:
        preview: the page with all that can be made of what was typed, figures filled in.
        view: the same as the reader shows it; None for a procedure.
        faults: what is wrong, field by field; nothing is exported while there is anything.
        told: every change of a page of the guide, old and new.
        groups_of: the forms of this draft and of any later state of it, below each other.
    """

    draft: Draft
    preview: Page
    view: PageView | None
    faults: tuple[FieldFault, ...]
    told: tuple[ToldChange, ...]
    groups_of: Callable[[Draft], tuple[FormGroup, ...]]


@dataclass(frozen=True, slots=True)
class _Made:
    """What was typed, as the seeds would have it."""

    page: Page
    asked: tuple[str, ...]
    fields: Mapping[str, FieldKey]
    faults: tuple[FieldFault, ...]


class DraftLooks:
    """Looks at drafts beside the guide as its seeds have it."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact of the guide, by its id."""
        from yibao_desktop.content.walk import all_facts

        return {fact.id: fact for fact, _, _ in all_facts(self._seeds)}

    @cached_property
    def catalogue(self) -> Catalogue:
        """What of the guide a page of one's own can name."""
        from yibao_desktop.content.walk import walk

        topics = [(t.id, t.title) for seed in self._seeds.topics for _, t in walk(seed.value)]
        pages = [(seed.value.id, seed.value.title) for seed in self._seeds.pages()]
        return Catalogue(tuple(topics), tuple(pages))

    def page(self, page_id: str) -> Page:
        """A page as the seeds have it.

        Raises:
            UserError: there is no such page in this guide.
        """
        found = (seed.value for seed in self._seeds.pages() if seed.value.id == page_id)
        page = next(found, None)
        if page is None:
            raise UserError("指南里已经没有这一页了。", "请从另一页改起。")
        return page

    def shown(self, page_id: str) -> Page:
        """A page as a reader has it, its figures filled in.

        Raises:
            UserError: there is no such page in this guide.
        """
        from yibao_desktop.content.resolve import resolve

        return resolve(self.page(page_id), self.facts)

    def procedure(self, page_id: str) -> Procedure:
        """A procedure as the seeds have it.

        Raises:
            UserError: there is no such procedure in this guide.
        """
        page = self.page(page_id)
        if not isinstance(page, Procedure):
            raise UserError(f"“{page.title}”不是能一步步办的事。", "请从另一页改起。")
        return page

    def look(self, draft: Draft, today: datetime.date) -> DraftLook:
        """What a draft comes to, with every fault that ``yibao check`` would find in it.

        Raises:
            UserError: the page it changes is not in this guide any more.
        """
        return self._overlay(draft, today) if draft.is_overlay else self._own_page(draft, today)

    def _overlay(self, draft: Draft, today: datetime.date) -> DraftLook:
        from yibao_desktop.content.resolve import resolve

        page = self.procedure(draft.page)
        drafting = Drafting(draft, page, self.facts)
        changed, off = apply(page, drafting.changes)
        left = tuple(FieldFault(WHOLE, told.why) for told in off)
        made = _Made(changed, (), drafting.fields, (*drafting.faults, *left))
        facts = {**self.facts, **{fact.id: fact for fact in changed.facts}}
        return DraftLook(
            draft,
            resolve(changed, facts),
            None,
            self._faults(draft, made, today),
            tuple(_told(drafting, self.facts, facts)),
            lambda later: PageForms(page, self.facts, later).groups(),
        )

    def _own_page(self, draft: Draft, today: datetime.date) -> DraftLook:
        from yibao_desktop.content.resolve import resolve

        drafting = PageDrafting(draft, today)
        made = _Made(drafting.page, drafting.asked, drafting.fields, tuple(drafting.faults))
        page = resolve(made.page, {fact.id: fact for fact in made.page.facts})
        view = None if isinstance(page, Procedure) else _view(page, draft, today)
        faults = self._faults(draft, made, today)
        groups_of = partial(page_groups, catalogue=self.catalogue)
        return DraftLook(draft, page, view, faults, (), groups_of)

    # -- faults ---------------------------------------------------------------------------------

    def _faults(self, draft: Draft, made: _Made, today: datetime.date) -> tuple[FieldFault, ...]:
        faults = [*about_faults(draft), *wording_faults(draft), *made.faults]
        known = dict((*self.catalogue.topics, *self.catalogue.pages))
        before = names_of(self.page(draft.page)) if draft.is_overlay else {}
        names = {**known, **before, **names_of(made.page), draft.own_page: draft.heading}
        found = faults or list(self._checked(draft, made, today))
        told: dict[FieldKey, list[str]] = {}
        for fault in found:
            told.setdefault(fault.field, []).append(in_form_words(fault.message, names))
        return tuple(FieldFault(f, m) for f, all_told in told.items() for m in gathered(all_told))

    def _checked(self, draft: Draft, made: _Made, today: datetime.date) -> Iterator[FieldFault]:
        """What the guide's own checks say of the guide with this page in it."""
        from yibao_desktop.content.checks import check
        from yibao_desktop.content.seed_places import PlacedSeed

        placed = PlacedSeed(made.page, f"{draft.page}.yaml" if draft.is_overlay else _PAGE_FILE)
        asked = f"questions/{_PAGE_FILE}"
        seeds = self._with(draft, placed.seed, made.asked, asked, today)
        problems = check(seeds, {placed.seed.file, asked}.__contains__).problems
        for path, message in placed.problems(problems):
            yield FieldFault(field_of(path, made.page, draft, made.fields), message)
        for problem in problems:
            if problem.file == asked:
                yield FieldFault((CardKind.HEAD, HEAD, "asked"), problem.message)
            elif problem.file != placed.seed.file:
                yield FieldFault(WHOLE, f"指南的别的页会出错：{problem.message}")

    def _with(
        self,
        draft: Draft,
        page: Seed[Any],
        questions: tuple[str, ...],
        asked_in: str,
        today: datetime.date,
    ) -> Seeds:
        from yibao_desktop.content.loader import Seed, Seeds, TypicalQuestions
        from yibao_desktop.content.pack_seeds import forget_gone, known_items
        from yibao_desktop.content.yaml_reader import Located
        from yibao_desktop.packs.draft_files import (
            draft_document,
            draft_manifest,
            draft_region,
            draft_source,
        )

        own = Located({})
        more = Seeds(
            packs=[draft_manifest(draft, today)],
            documents=[Seed(draft_document(draft, today), _SOURCES, own)],
            sources=[Seed(draft_source(draft, today), _SOURCES, own)],
        )
        if questions:
            told = TypicalQuestions(draft.own_page, questions)
            more.questions = [Seed(told, asked_in, own)]
        if not draft.is_overlay:
            more.add_page(page)
        seeds = self._seeds.copied()
        seeds.extend(more)
        if draft.is_overlay:
            before = known_items(seeds)
            seeds.replace_pages({draft.page: page})
            forget_gone(seeds, before)
        known = [s for s in seeds.regions if s.value.code != draft.region]
        seeds.regions = [*known, Seed(draft_region(draft), "regions.yaml", own)]
        return seeds


def _view(page: Page, draft: Draft, today: datetime.date) -> PageView:
    """The page as the reader shows it."""
    origin = Origin(OriginKind.PACK, draft.pack, draft.publisher.strip() or "还没有写是谁编的")
    item = Item(page.id, kind_of(page), page.title, None, None, None, "", origin=origin)
    source = SourceView(
        draft.source_key,
        draft.source_key.partition("#")[2],
        draft.source_title.strip(),
        draft.source_day or today,
    )
    sources = (source,) if source.document else ()
    return PageView(item, page, page.id, (), (), sources, (), (), None)


def _told(
    drafting: Drafting, before: Mapping[str, Fact], facts: Mapping[str, Fact]
) -> Iterator[ToldChange]:
    """Every change as it is read; a figure that is new is told where it stands."""
    from yibao_desktop.content.resolve import resolve

    def words(part: Part | None, of: Mapping[str, Fact]) -> list[str]:
        told = resolve(part, of)
        return step_words(told) if isinstance(told, Step) else [part_words(told)] if told else []

    for change in drafting.changes:
        if change.adds and change.kind is PartKind.FACT:
            continue
        was, now = words(change.was, before), words(change.to, facts)
        old, new = ([w for w in some if w not in rest] for some, rest in ((was, now), (now, was)))
        if remarks := remarks_of(change):
            new.append(remarks)
        if old or new:
            yield ToldChange(_part_name(change), "；".join(old), "；".join(new))


def _part_name(change: Change) -> str:
    title = getattr(change.was or change.to, "title", "")
    return title or f"{PART_NAMES[change.kind]}：{part_title(change)}"
