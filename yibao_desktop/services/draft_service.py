"""Making a content pack: drafts, what they come to, and the signed file."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yibao_desktop.clock import Clock
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.packs.apply import apply, part_words, step_words
from yibao_desktop.domain.packs.draft import Draft
from yibao_desktop.domain.packs.drafting import Drafting, FieldFault, FieldKey
from yibao_desktop.domain.packs.overlay import PART_NAMES, Part, PartKind
from yibao_desktop.domain.packs.part_form import PartForm, new_material_form, part_forms
from yibao_desktop.domain.procedure.model import Material, Procedure, Step
from yibao_desktop.errors import UserError
from yibao_desktop.paths import Paths
from yibao_desktop.store.draft_store import DraftStore

if TYPE_CHECKING:
    from yibao_desktop.content.loader import Seed, Seeds
    from yibao_desktop.packs.keys import SecretKey

SHORTEST_PASSWORD = 8

WHOLE = (PartKind.STEP, "", "")
"""Stands for the draft as a whole where a fault belongs to no field."""

ABOUT = "about"
"""Target of the fields that say who makes the pack, for where and from what."""

_ABOUT_FIELDS = ("publisher", "contact", "place", "source_title")
_REGION = re.compile(r"[0-9]{6}")
_SOURCES = "sources.yaml"


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
        new_material: the form of one more paper.
    """

    draft: Draft
    preview: Procedure
    faults: tuple[FieldFault, ...]
    told: tuple[ToldChange, ...]
    forms: tuple[PartForm, ...]
    new_material: PartForm


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
            tuple(_told(drafting, self._facts, facts)),
            (*part_forms(page, dict(self._facts)), *added),
            new_material_form(page, draft.free_target()),
        )

    def _checked(self, draft: Draft, drafting: Drafting, page: Procedure) -> Iterator[FieldFault]:
        """What the guide's own checks say of the guide with this page in it."""
        from yibao_desktop.content.checks import check
        from yibao_desktop.content.seed_places import PlacedSeed

        placed = PlacedSeed(page, f"{page.id}.yaml")
        for path, message in placed.problems(check(self._with(draft, placed.seed)).problems):
            yield FieldFault(_field_of(path, page, drafting), message)

    def _with(self, draft: Draft, page: Seed[Any]) -> Seeds:
        from yibao_desktop.content.loader import Seed
        from yibao_desktop.content.yaml_reader import Located
        from yibao_desktop.packs.draft_files import (
            draft_document,
            draft_manifest,
            draft_region,
            draft_source,
        )

        seeds, today, own = self._seeds, self._clock.today(), Located({})
        known = [s for s in seeds.regions if s.value.code != draft.region]
        return replace(
            seeds,
            packs=[draft_manifest(draft, today, ())],
            procedures=[page if s.value.id == draft.page else s for s in seeds.procedures],
            documents=[*seeds.documents, Seed(draft_document(draft, today), _SOURCES, own)],
            sources=[*seeds.sources, Seed(draft_source(draft, today), _SOURCES, own)],
            regions=[*known, Seed(draft_region(draft), "regions.yaml", own)],
        )

    # -- the signed file ------------------------------------------------------------------------

    @property
    def has_key(self) -> bool:
        """Whether a key has been made already.

        Raises:
            DataError: there is one and it cannot be read.
        """
        return bool(self._store.key_text)

    def export(self, draft: Draft, note: str, reader: str, password: str) -> Exported:
        """Make the signed pack; the first time, a key that the password protects.

        Args:
            draft: without faults.
            note: what is new in this edition.
            reader: who read it second.
            password: of the key.

        Raises:
            UserError: the draft has faults, something is not filled in, or the password is wrong.
            DataError: the draft or the key cannot be kept.
        """
        from yibao_desktop.packs.draft_files import draft_files, draft_manifest
        from yibao_desktop.packs.making import make_pack

        _refuse_unfit(self.look(draft), note, reader, draft.publisher)
        secret = self._key(password)
        edition = replace(draft, serial=draft.serial + 1)
        page = self._page(draft.page)
        changes = Drafting(draft, page, self._facts).changes
        told = (*_sentences(note), f"第二个读过的人：{reader.strip()}")
        manifest = draft_manifest(edition, self._clock.today(), told)
        new_place = all(s.value.code != draft.region for s in self._seeds.regions)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for file, text in draft_files(edition, changes, manifest, new_place).items():
                path = folder / file
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            content = make_pack(folder, secret)
        self._store.put(edition)
        return Exported(edition, content, secret.public.fingerprint, f"{draft.title}.yibaopack")

    def _key(self, password: str) -> SecretKey:
        from yibao_desktop.packs.keys import new_key, read_secret, write_secret

        kept = self._store.key_text
        if kept:
            return read_secret(kept, password)
        if len(password) < SHORTEST_PASSWORD:
            raise UserError(f"密码至少要 {SHORTEST_PASSWORD} 个字。", "可以用几个词连起来。")
        secret = new_key()
        self._store.put_key(write_secret(secret, password))
        return secret


def _sentences(note: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in note.splitlines() if line.strip())


def _refuse_unfit(look: DraftLook, note: str, reader: str, publisher: str) -> None:
    if look.faults:
        raise UserError(f"还有 {len(look.faults)} 处要改，改好再导出。", look.faults[0].message)
    if not look.told:
        raise UserError("还一处也没有改。", "请先在要改的地方点铅笔。")
    if not note.strip():
        raise UserError("请写一句这次改了什么。", "用的人装之前会看到。")
    if not reader.strip() or reader.strip() == publisher.strip():
        raise UserError("请另找一个人读一遍，写上他的名字。", "编的人自己不容易看出写错的地方。")


def _about_faults(draft: Draft) -> Iterator[FieldFault]:
    wanted = {
        "publisher": (bool(draft.publisher.strip()), "写明是谁编的，例如：春水市医疗保障服务中心"),
        "place": (bool(draft.place.strip()), "写明给哪个地方用，例如：春水市"),
        "region": (
            bool(_REGION.fullmatch(draft.region)),
            "写六位数字的区划代码：当地身份证号码开头的六位",
        ),
        "source_title": (bool(draft.source_title.strip()), "写明官方原文叫什么"),
        "source_text": (bool(draft.source_text.strip()), "把官方原文里有关的句子贴在这里"),
    }
    for key, (is_told, message) in wanted.items():
        if not is_told:
            yield FieldFault(about(key), message)


def about(key: str) -> FieldKey:
    """The place of a field that is about the whole draft."""
    return (PartKind.FACT, ABOUT, key)


def _wording_faults(draft: Draft) -> Iterator[FieldFault]:
    from yibao_desktop.content.problems import Mistake
    from yibao_desktop.content.wording import check_wording

    typed = [(about(key), str(getattr(draft, key))) for key in _ABOUT_FIELDS]
    typed += [
        ((edit.kind, edit.target, key), text)
        for edit in draft.edits
        for key, text in edit.texts.items()
    ]
    for field, text in typed:
        try:
            for line in text.splitlines():
                check_wording(line)
        except Mistake as mistake:
            yield FieldFault(field, str(mistake))


def _field_of(path: tuple[str | int, ...], page: Procedure, drafting: Drafting) -> FieldKey:
    """The field a place of the page is filled from."""
    value: Any = page
    owner, rest = WHOLE, path
    kinds = {Fact: PartKind.FACT, Material: PartKind.MATERIAL, Step: PartKind.STEP}
    for at, name in enumerate(path):
        value = value[name] if isinstance(name, int) else getattr(value, name)
        kind = kinds.get(type(value))
        if kind is not None:
            owner, rest = (kind, value.id, ""), path[at + 1 :]
    if owner[1] in drafting.fields:
        return drafting.fields[owner[1]]
    if owner is WHOLE:
        return WHOLE
    targets = {made: target for target, made in drafting.ids.items()}
    key = str(rest[0]) if rest and isinstance(rest[0], str) else ""
    return (owner[0], targets.get(owner[1], owner[1]), "text" if key == "value" else key)


def _told(
    drafting: Drafting, before: Mapping[str, Fact], facts: Mapping[str, Fact]
) -> Iterator[ToldChange]:
    """Every change as it is read; a figure that is new is told where it stands."""
    from yibao_desktop.content.resolve import resolve

    def words(part: Part, of: Mapping[str, Fact]) -> list[str]:
        told = resolve(part, of)
        return step_words(told) if isinstance(told, Step) else [part_words(told)]

    for change in drafting.changes:
        if change.adds and change.kind is PartKind.FACT:
            continue
        name = getattr(change.was or change.to, "title", "") or PART_NAMES[change.kind]
        was = words(change.was, before) if change.was else []
        now = words(change.to, facts) if change.to else []
        old, new = ([w for w in some if w not in rest] for some, rest in ((was, now), (now, was)))
        if old or new:
            yield ToldChange(name, "；".join(old), "；".join(new))
