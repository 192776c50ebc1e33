"""Content packs, drafts and the key they are signed with, as the doctor sees them."""

from __future__ import annotations

from collections.abc import Iterator

from yibao_desktop.errors import DataError
from yibao_desktop.packs.installed import Edition, PackFolder
from yibao_desktop.packs.pack_file import PackRefused, read_pack
from yibao_desktop.paths import Paths
from yibao_desktop.services.finding import Finding
from yibao_desktop.store.draft_store import DraftStore

PACKS, DRAFTS, KEY = "内容包", "编到一半的", "签名的密钥"
_AGAIN = "请再装一次这个内容包；指南自己的内容不受影响。"


def pack_findings(paths: Paths) -> Iterator[Finding]:
    """Packs with their signatures and the content built with them; drafts; the key."""
    yield _packs(PackFolder(paths.packs)) if paths.packs.is_dir() else Finding(PACKS, "还没有装")
    if not paths.drafts.is_dir():
        yield Finding(DRAFTS, "没有")
        return
    yield Finding(DRAFTS, f"{len(list(paths.drafts.glob('*.json')))} 份，{paths.drafts}")
    yield _key(DraftStore(paths.drafts))


def _packs(folder: PackFolder) -> Finding:
    try:
        edition = folder.state().current
    except DataError as error:
        return Finding(PACKS, str(error), False, _AGAIN)
    if not edition.packs:
        return Finding(PACKS, "还没有装")
    unsound = [name for pack, name in edition.packs.items() if not _is_signed(folder, name, pack)]
    value = f"{len(edition.packs)} 个，签名都对"
    if unsound:
        return Finding(
            PACKS, f"{len(edition.packs)} 个；坏了的：{'、'.join(unsound)}", False, _AGAIN
        )
    return _content(folder, edition, value)


def _content(folder: PackFolder, edition: Edition, value: str) -> Finding:
    if not folder.has_content(edition):
        return Finding(
            PACKS, f"{value}，和指南合起来的内容库坏了或不在了", False, "下次打开时会重新合成。"
        )
    return Finding(PACKS, f"{value}，没有用上的改动 {len(edition.unfit)} 处，{folder.folder}")


def _is_signed(folder: PackFolder, name: str, pack_id: str) -> bool:
    try:
        return read_pack((folder.folder / name).read_bytes()).id == pack_id
    except (OSError, PackRefused):
        return False


def _key(store: DraftStore) -> Finding:
    try:
        kept = store.key_text
    except DataError as error:
        return Finding(KEY, str(error), False, error.hint)
    if not kept:
        return Finding(KEY, "还没有做过")
    return Finding(KEY, f"{store.key_file}；备份里也有，密码锁着；请再另抄一份，放在别的地方")
