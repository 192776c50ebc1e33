"""Makes a pack of a folder of text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from yibao_desktop.content.loader import Seeds, load_text
from yibao_desktop.content.pack_files import MANIFEST, read_manifest
from yibao_desktop.content.problems import ContentError, Problem
from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.errors import DataError
from yibao_desktop.packs.keys import SecretKey
from yibao_desktop.packs.pack_file import PackRefused, SignedPack, folder_files, write_pack


def make_pack(folder: Path, secret: SecretKey) -> bytes:
    """The signed pack of what lies in a folder; see ``seeds/PACKS.md`` for what may.

    Only ``pack.yaml`` is looked into; ``checking.check_pack`` checks the rest.

    Raises:
        ContentError: ``pack.yaml`` is missing or written wrongly.
        PackRefused: the folder holds what a pack may not hold, or too much.
        DataError: a file cannot be read.
    """
    try:
        files = folder_files(folder)
    except OSError as error:
        raise DataError(f"{folder} 读不出来（{error.strerror}）。") from error
    manifest = manifest_of({name: _decoded(name, data) for name, data in files.items()})
    return write_pack(files, manifest.id, manifest.serial, secret)


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackRefused(f"{name} 不是 UTF-8 编码。", "请另存为 UTF-8。") from None


def manifest_of(files: dict[str, str]) -> Manifest:
    """What the pack with these files says of itself.

    Raises:
        ContentError: ``pack.yaml`` is missing or written wrongly.
    """
    if MANIFEST not in files:
        raise ContentError([Problem(MANIFEST, 1, "缺少这个文件")])
    manifest, problems = read_manifest(files[MANIFEST])
    if manifest is None:
        raise ContentError(problems)
    return manifest


def region_names(files: Mapping[str, str]) -> dict[str, str]:
    """Names of the places a pack brings, by their codes."""
    seeds = Seeds()
    load_text(files.get("regions.yaml", "regions: []"), "regions.yaml", seeds)
    return {seed.value.code: seed.value.name for seed in seeds.regions}


def signed_manifest(pack: SignedPack) -> Manifest:
    """What a pack says of itself, which must be what its signature was given for.

    Raises:
        ContentError: ``pack.yaml`` is missing or written wrongly.
        PackRefused: the signature was given for another pack or edition.
    """
    manifest = manifest_of(dict(pack.files))
    if (manifest.id, manifest.serial) != (pack.id, pack.serial):
        raise PackRefused("签名写的编号、版次和内容包里的不一样，不收。", "请向发布者重新要一份。")
    return manifest
