"""Content packs, drafts and the key they are signed with, as the doctor sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yibao_desktop.errors import DataError
from yibao_desktop.packs.installed import Edition, PackFolder
from yibao_desktop.packs.pack_file import PackRefused, read_pack
from yibao_desktop.paths import Paths
from yibao_desktop.store.draft_store import DraftStore

PACKS, DRAFTS, KEY = "内容包", "编到一半的", "签名的密钥"
_AGAIN = "请再装一次这个内容包；指南自己的内容不受影响。"


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is of something, and what is wrong with it; empty where all is well."""

    name: str
    value: str
    remedy: str = ""


def pack_findings(paths: Paths) -> Iterator[Seen]:
    """Packs with their signatures and the content built with them; drafts; the key."""
    yield _packs(PackFolder(paths.packs)) if paths.packs.is_dir() else Seen(PACKS, "还没有装")
    if not paths.drafts.is_dir():
        yield Seen(DRAFTS, "没有")
        return
    yield Seen(DRAFTS, f"{len(list(paths.drafts.glob('*.json')))} 份，{paths.drafts}")
    yield _key(DraftStore(paths.drafts))


def _packs(folder: PackFolder) -> Seen:
    try:
        edition = folder.state().current
    except DataError as error:
        return Seen(PACKS, str(error), _AGAIN)
    if not edition.packs:
        return Seen(PACKS, "还没有装")
    unsound = [name for pack, name in edition.packs.items() if not _is_signed(folder, name, pack)]
    value = f"{len(edition.packs)} 个，签名都对"
    if unsound:
        return Seen(PACKS, f"{len(edition.packs)} 个；坏了的：{'、'.join(unsound)}", _AGAIN)
    return _content(folder, edition, value)


def _content(folder: PackFolder, edition: Edition, value: str) -> Seen:
    if not folder.has_content(edition):
        return Seen(PACKS, f"{value}，和指南合起来的内容库坏了或不在了", "下次打开时会重新合成。")
    return Seen(PACKS, f"{value}，没有用上的改动 {len(edition.unfit)} 处，{folder.folder}")


def _is_signed(folder: PackFolder, name: str, pack_id: str) -> bool:
    try:
        return read_pack((folder.folder / name).read_bytes()).id == pack_id
    except (OSError, PackRefused):
        return False


def _key(store: DraftStore) -> Seen:
    try:
        kept = store.key_text
    except DataError as error:
        return Seen(KEY, str(error), error.hint)
    if not kept:
        return Seen(KEY, "还没有做过")
    return Seen(KEY, f"{store.key_file}；备份里没有它，请自己另抄一份")
