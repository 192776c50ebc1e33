"""Making a content pack: drafts, what they come to, and the signed file."""

from __future__ import annotations

import datetime
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from yibao_desktop.clock import Clock
from yibao_desktop.domain.guide.items import Article, Kind
from yibao_desktop.domain.packs.draft import Draft, DraftKind, Edit
from yibao_desktop.domain.packs.drafting import Drafting
from yibao_desktop.domain.packs.page_drafting import PageDrafting
from yibao_desktop.domain.packs.starting import begun_from_document, begun_from_page
from yibao_desktop.domain.pages import PAGE_TYPES
from yibao_desktop.errors import UserError
from yibao_desktop.paths import Paths
from yibao_desktop.services.draft_looks import DraftLook, DraftLooks
from yibao_desktop.store.draft_store import DraftStore

if TYPE_CHECKING:
    from yibao_desktop.content.loader import Seeds
    from yibao_desktop.domain.packs.manifest import Manifest
    from yibao_desktop.packs.keys import SecretKey

SHORTEST_PASSWORD = 8

_BEGUN_FROM = {
    DraftKind.OVERLAY: Kind.PROCEDURE,
    DraftKind.ANSWER: Kind.ANSWER,
    DraftKind.ARTICLE: Kind.ARTICLE,
    DraftKind.PROCEDURE: Kind.PROCEDURE,
}
"""The pages of the guide that each kind of draft can begin with."""


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What is told of an edition when it is exported.

    Attributes:
        note: what is new in it, a line each.
        reader: who read it second.
        valid_until: the last day it should be relied on; None for none.
        min_program: the oldest program that can show it; empty for any.
        revokes: serials and keys that must not be used any more, spaces between.
        next_key: public key later editions may be signed with instead; empty for none.
    """

    note: str
    reader: str
    valid_until: datetime.date | None = None
    min_program: str = ""
    revokes: str = ""
    next_key: str = ""


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
    def _looks(self) -> DraftLooks:
        return DraftLooks(self._seeds)

    # -- drafts ---------------------------------------------------------------------------------

    def drafts(self) -> list[Draft]:
        """Every draft, the one written last first."""
        return self._store.drafts()

    def pages(self, kind: DraftKind) -> list[tuple[str, str]]:
        """Id and title of every page of the guide a draft can begin with."""
        wanted = PAGE_TYPES[_BEGUN_FROM[kind]]
        pages = (seed.value for seed in self._seeds.pages())
        return [(page.id, page.title) for page in pages if isinstance(page, wanted)]

    def begin(self, kind: DraftKind, page_id: str) -> Draft:
        """A new draft begun from a page of the guide, kept at once.

        Raises:
            UserError: there is no such page.
            DataError: it cannot be kept.
        """
        if kind is DraftKind.OVERLAY:
            page = self._looks.procedure(page_id)
            return self._begun(Draft(_new_id(), page.id, page.title))
        shown = self._looks.shown(page_id)
        draft = Draft(_new_id(), page_id, shown.title, kind=kind)
        return self._begun(draft, begun_from_page(kind, shown))

    def begin_with(self, kind: DraftKind, document: Article) -> Draft:
        """A new draft begun from a document of the user's own, kept at once.

        The document is what it rests on, too.

        Raises:
            DataError: it cannot be kept.
        """
        text = "\n".join(section.body.plain for section in document.sections)
        draft = Draft(
            _new_id(), "", document.title, source_title=document.title, source_text=text, kind=kind
        )
        return self._begun(draft, begun_from_document(kind, document))

    def _begun(self, draft: Draft, edits: Sequence[Edit] = ()) -> Draft:
        """The draft with its parts; who made the last one most likely makes this one, too."""
        for edit in edits:
            draft = draft.with_edit(edit)
        before = next(iter(self.drafts()), None)
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

    def look(self, draft: Draft) -> DraftLook:
        """What a draft comes to, with every fault that ``yibao check`` would find in it.

        Raises:
            UserError: the page it changes is not in this guide any more.
        """
        return self._looks.look(draft, self._clock.today())

    # -- the signed file ------------------------------------------------------------------------

    @property
    def has_key(self) -> bool:
        """Whether a key has been made already.

        Raises:
            DataError: there is one and it cannot be read.
        """
        return bool(self._store.key_text)

    def export(self, draft: Draft, edition: NewEdition, password: str) -> Exported:
        """Make the signed pack; the first time, a key that the password protects.

        Raises:
            UserError: the draft has faults, something is not filled in, or the password is wrong.
            DataError: the draft or the key cannot be kept.
        """
        from yibao_desktop.packs.draft_files import common_files
        from yibao_desktop.packs.making import make_pack

        _refuse_unfit(self.look(draft), edition)
        manifest = self._manifest(draft, edition)
        secret = self._key(password)
        new_place = all(s.value.code != draft.region for s in self._seeds.regions)
        files = {**common_files(draft, manifest, new_place=new_place), **self._files(draft)}
        with tempfile.TemporaryDirectory() as name:
            for file, text in files.items():
                path = Path(name) / file
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            content = make_pack(Path(name), secret)
        kept = replace(draft, serial=manifest.serial)
        self._store.put(kept)
        return Exported(kept, content, secret.public.fingerprint, f"{draft.title}.yibaopack")

    def _files(self, draft: Draft) -> dict[str, str]:
        from yibao_desktop.packs.draft_files import overlay_files, page_files

        if draft.is_overlay:
            page = self._looks.procedure(draft.page)
            return overlay_files(draft, Drafting(draft, page, self._looks.facts).changes)
        made = PageDrafting(draft, self._clock.today())
        return page_files(made.page, made.asked)

    def _manifest(self, draft: Draft, edition: NewEdition) -> Manifest:
        from yibao_desktop.packs.draft_files import draft_manifest
        from yibao_desktop.packs.keys import read_public

        told = [" ".join(line.split()) for line in edition.note.splitlines() if line.strip()]
        numbered = replace(draft, serial=draft.serial + 1)
        manifest = replace(
            draft_manifest(numbered, self._clock.today()),
            changes=(*told, f"第二个读过的人：{edition.reader.strip()}"),
            valid_until=edition.valid_until,
            min_program=edition.min_program.strip(),
            revokes=tuple(edition.revokes.split()),
            next_key=edition.next_key.strip(),
        )
        if manifest.next_key and read_public(manifest.next_key) is None:
            raise UserError("以后换用的公钥写得不对。", "请整行照抄公钥文件里的那一行。")
        if manifest.faults:
            raise UserError(f"{manifest.faults[0][1]}。", "请改好再导出。")
        return manifest

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


def _new_id() -> str:
    return secrets.token_hex(4)


def _refuse_unfit(look: DraftLook, edition: NewEdition) -> None:
    publisher, reader = look.draft.publisher.strip(), edition.reader.strip()
    if look.faults:
        raise UserError(f"还有 {len(look.faults)} 处要改，改好再导出。", look.faults[0].message)
    if look.draft.is_overlay and not look.told:
        raise UserError("还一处也没有改。", "请先在要改的地方点铅笔。")
    if not edition.note.strip():
        raise UserError("请写一句这次改了什么。", "用的人装之前会看到。")
    if not reader or reader == publisher:
        raise UserError("请另找一个人读一遍，写上他的名字。", "编的人自己不容易看出写错的地方。")
