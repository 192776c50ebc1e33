"""A content pack before it comes in: its file, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yibao_desktop import __version__
from yibao_desktop.domain.packs.local import LocalChange
from yibao_desktop.domain.packs.manifest import Manifest, pack_of, version_tuple
from yibao_desktop.errors import UserError
from yibao_desktop.packs.order import Clashing, Outcome, Unfit
from yibao_desktop.packs.pack_file import MAX_SIZE, PackRefused, SignedPack
from yibao_desktop.packs.trust import WORDS, Verdict

if TYPE_CHECKING:
    from yibao_desktop.store.content_repository import ContentRepository


@dataclass(frozen=True, slots=True)
class PackLook:
    """What there is to know of a pack before it comes in.

    Attributes:
        new, changed, gone: titles of pages the pack adds, has altered, or has no more, compared
            with what is installed of it.
        changes: what it makes different in the guide's pages and did not before.
        ended: what it made different before and does no longer.
        unfit: its changes that no longer fit the guide and are left out.
        clashes: parts another pack changes, too.
        touched: ids of the guide's pages it changes.
        data: the file.
    """

    manifest: Manifest
    fingerprint: str
    verdict: Verdict
    places: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[LocalChange, ...]
    ended: tuple[LocalChange, ...]
    unfit: tuple[Unfit, ...]
    clashes: tuple[Clashing, ...]
    touched: tuple[str, ...]
    data: bytes

    @property
    def needs_comparing(self) -> bool:
        """Whether the user has to compare the digits before it comes in."""
        return self.verdict is Verdict.FIRST

    @property
    def said(self) -> str:
        """What is thought of its key and edition."""
        return WORDS[self.verdict]


def pack_look(
    content: ContentRepository,
    pack: SignedPack,
    manifest: Manifest,
    verdict: Verdict,
    outcome: Outcome,
    data: bytes,
) -> PackLook:
    """What a pack would make of the content in use.

    Args:
        content: what is in use.
        pack: as it was read.
        manifest: what it says of itself.
        verdict: what is thought of its key and edition.
        outcome: what building the guide with it came to; nothing where it is refused.
        data: the file.
    """
    pages = {p.id: (p.title, p.text) for p in outcome.pages if pack_of(p.id) == manifest.id}
    before = {
        item.id: (item.title, item.text)
        for item in content.items()
        if item.origin.pack == manifest.id and "/" not in item.id
    }
    changes = [change for change in outcome.changes if change.pack == manifest.id]
    known = [c for c in content.all_local_changes() if c.pack == manifest.id]
    return PackLook(
        manifest=manifest,
        fingerprint=pack.key.fingerprint,
        verdict=verdict,
        places=_places(content, manifest, pack),
        new=tuple(pages[p][0] for p in pages if p not in before),
        changed=tuple(pages[p][0] for p in pages if p in before and pages[p] != before[p]),
        gone=tuple(before[p][0] for p in before if p not in pages),
        changes=tuple(change for change in changes if change not in known),
        ended=tuple(change for change in known if change not in changes),
        unfit=tuple(unfit for unfit in outcome.unfit if unfit.pack == manifest.id),
        clashes=outcome.clashes,
        touched=tuple(sorted({change.page for change in changes})),
        data=data,
    )


def _places(content: ContentRepository, manifest: Manifest, pack: SignedPack) -> tuple[str, ...]:
    """Names of the places a pack is for: it may bring some the guide does not know."""
    from yibao_desktop.packs.making import region_names

    names = {region.code: region.name for region in content.regions()}
    names |= region_names(pack.files)
    return tuple(names.get(code, code) for code in manifest.regions)


def read_file(file: Path) -> bytes:
    """The bytes of a pack's file.

    Raises:
        UserError: it is not there or cannot be read.
        PackRefused: it is larger than any pack.
    """
    try:
        if not file.is_file():
            raise UserError(f"找不到文件：{file}。")
        if file.stat().st_size > MAX_SIZE:
            raise PackRefused(f"“{file.name}”比 {MAX_SIZE >> 20} MB 还大，不是内容包。")
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"“{file.name}”读不出来（{error.strerror}）。") from error


def refuse_newer(manifest: Manifest) -> None:
    """Refuse a pack that is for a later program than this one.

    Raises:
        UserError: it is.
    """
    if version_tuple(manifest.min_program) > version_tuple(__version__):
        raise UserError(
            f"这个内容包要医保指南 {manifest.min_program} 以上才能用，这里是 {__version__}。",
            "请先更新医保指南。",
        )
