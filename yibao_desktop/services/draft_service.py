"""Making a content pack: drafts, what they come to, and the signed file."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yibao_desktop.clock import Clock
from yibao_desktop.domain.packs.apply import apply
from yibao_desktop.domain.packs.draft import Draft
from yibao_desktop.domain.packs.drafting import Drafting, FieldFault
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.packs.part_form import PartForm, new_material_form, part_forms
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.errors import UserError
from yibao_desktop.paths import Paths
from yibao_desktop.store.draft_store import DraftStore

if TYPE_CHECKING:
    from yibao_desktop.content.loader import Seeds
    from yibao_desktop.domain.guide.facts import Fact

SHORTEST_PASSWORD = 8

WHOLE = (PartKind.STEP, "", "")
"""Stands for the draft as a whole where a fault belongs to no field."""

ABOUT = "about"
"""Target of the fields that say who makes the pack, for where and from what."""


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
        preview: the page with all changes that can be made, figures filled in.
        faults: what is wrong, field by field; nothing is exported while there is anything.
        told: every change, old and new.
        forms: one for each part that may be changed, the added ones last.
    """

    draft: Draft
    preview: Procedure
    faults: tuple[FieldFault, ...]
    told: tuple[ToldChange, ...]
    forms: tuple[PartForm, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """A signed pack.

    Attributes:
        fingerprint: five groups of five digits users compare by telephone.
    """

    draft: Draft
    content: bytes
    fingerprint: str
    file_name: str


class DraftService:
    """Keeps drafts and makes packs of them; loads the readers of seeds when first used."""

    def __init__(self, paths: Paths, clock: Clock) -> None:
        self._paths = paths
        self._clock = clock
        self._store = DraftStore(paths.drafts)

    @cached_property
    def _seeds(self) -> Seeds:
        from yibao_desktop.content.loader import load_seeds

        return load_seeds(self._paths.seeds)

    @cached_property
    def _facts(self) -> Mapping[str, Fact]:
        from yibao_desktop.content.walk import all_facts

        return {fact.id: fact for fact, _, _ in all_facts(self._seeds)}

    def _page(self, page_id: str) -> Procedure:
        """The page as the seeds have it.

        Raises:
            UserError: there is no such procedure in this guide.
        """
        found = (seed.value for seed in self._seeds.procedures if seed.value.id == page_id)
        page = next(found, None)
        if page is None:
            raise UserError("指南里已经没有这一页了。", "请从另一页改起。")
        return page

    # -- drafts ---------------------------------------------------------------------------------

    def drafts(self) -> list[Draft]:
        """Every draft, the one written last first."""
        return self._store.drafts()

    def pages(self) -> list[tuple[str, str]]:
        """Id and title of every page a draft can begin with."""
        return [(seed.value.id, seed.value.title) for seed in self._seeds.procedures]

    def begin(self, page_id: str) -> Draft:
        """A new draft, kept at once; who made the last one most likely makes this one, too.

        Raises:
            UserError: there is no such page.
            DataError: it cannot be kept.
        """
        page = self._page(page_id)
        before = next(iter(self.drafts()), None)
        draft = Draft(secrets.token_hex(4), page.id, page.title)
        if before is not None:
            draft = replace(
                draft,
                publisher=before.publisher,
                contact=before.contact,
                region=before.region,
                place=before.place,
            )
        self._store.put(draft)
        return draft

    def keep(self, draft: Draft) -> None:
        """Keep a draft as it is now.

        Raises:
            DataError: it cannot be kept.
        """
        self._store.put(draft)

    def remove(self, draft: Draft) -> None:
        """Forget a draft; ``keep`` has it back.

        Raises:
            DataError: it cannot be forgotten.
        """
        self._store.remove(draft.id)

    def places(self) -> dict[str, str]:
        """Code of every place the guide knows, by its name."""
        return {seed.value.name: seed.value.code for seed in self._seeds.regions}

    # -- what it comes to -----------------------------------------------------------------------

    def look(self, draft: Draft) -> DraftLook:
        """What a draft comes to, with every fault that ``yibao check`` would find in it.

        Raises:
            UserError: the page is not in this guide any more.
        """
        from yibao_desktop.content.resolve import resolve

        page = self._page(draft.page)
        drafting = Drafting(draft, page, self._facts)
        changed, off = apply(page, drafting.changes)
        assert isinstance(changed, Procedure)
        facts = {**self._facts, **{fact.id: fact for fact in changed.facts}}
        faults = [
            *_about_faults(draft),
            *_wording_faults(draft),
            *drafting.faults,
            *(FieldFault(WHOLE, left.why) for left in off),
        ]
        if not faults:
            faults = list(self._checked(draft, drafting, changed))
        added = (new_material_form(page, e.target) for e in draft.edits if e.adds)
        return DraftLook(
            draft,
            resolve(changed, facts),
            tuple(dict.fromkeys(faults)),
            tuple(_told(drafting, page, facts)),
            (*part_forms(page, dict(self._facts)), *added),
        )

    def _checked(self, draft: Draft, drafting: Drafting, page: Procedure) -> Iterator[FieldFault]:
        """What the guide's own checks say of the guide with this page in it."""
        from yibao_desktop.content.checks import check
        from yibao_desktop.content.seed_places import PlacedSeed

        placed = PlacedSeed(page)
        for path, message in placed.problems(check(self._with(draft, placed.seed)).problems):
            yield FieldFault(_field_of(path, page, drafting), message)

    def _with(self, draft: Draft, page: Any) -> Seeds:
        from yibao_desktop.content.loader import Seed, Seeds
        from yibao_desktop.content.yaml_reader import Located
        from yibao_desktop.packs.draft_files import draft_document, draft_region, draft_source

        seeds = self._seeds
        document, source = draft_document(draft), draft_source(draft)
        own = Located({})
        return replace(
            seeds,
            procedures=[page if s.value.id == draft.page else s for s in seeds.procedures],
            documents=[*seeds.documents, Seed(document, "sources.yaml", own)],
            sources=[*seeds.sources, Seed(source, "sources.yaml", own)],
            regions=[
                *(s for s in seeds.regions if s.value.code != draft.region),
                Seed(draft_region(draft), "regions.yaml", own),
            ],
        ) if isinstance(seeds, Seeds) else seeds
