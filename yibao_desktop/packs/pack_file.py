"""A content pack as one file: five lines that say who signed it, then a zip of text.

Nothing of the zip is looked at before the signature has been found good.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from yibao_desktop.domain.packs.manifest import PACK_SUFFIX
from yibao_desktop.errors import DataError
from yibao_desktop.packs.keys import PublicKey, SecretKey, is_signed, read_public, sign
from yibao_desktop.zip_faults import ZIP_FAULTS

MAGIC = "yibao-pack 1"
MAX_SIZE = 8 << 20
MAX_UNPACKED = 32 << 20
MAX_FILES = 500
_COMMENT = "untrusted comment: yibao-pack"
_TRUSTED = "trusted comment: "
_HEAD = re.compile(
    rb"yibao-pack 1\n(?P<key>[^\n]{56})\nuntrusted comment: yibao-pack\n"
    rb"(?P<first>[^\n]{100})\ntrusted comment: (?P<trusted>[^\n]{1,300})\n(?P<last>[^\n]{88})\n"
)
_SIGNED_FOR = re.compile(r"yibao-pack id=(?P<id>[a-z0-9-]{1,40}) serial=(?P<serial>\d{1,10})")
_DAY = (1980, 1, 1, 0, 0, 0)
_ALLOWED = re.compile(
    r"(pack|sources|regions|glossary|doubts)\.yaml"
    r"|(answers|procedures|questions|overlays)/[A-Za-z0-9_-]{1,80}\.yaml"
    r"|articles/[A-Za-z0-9_-]{1,80}\.md"
)


class PackRefused(DataError):
    """A file is no pack, was altered, or holds what a pack may not hold."""


@dataclass(frozen=True, slots=True)
class SignedPack:
    """A pack whose signature is good.

    Attributes:
        id, serial: what the signature was given for.
        files: text of each file by its path within the pack.
    """

    key: PublicKey
    id: str
    serial: int
    files: Mapping[str, str]


def write_pack(files: Mapping[str, bytes], pack: str, serial: int, secret: SecretKey) -> bytes:
    """The signed file; the same files and key always give the same bytes.

    Raises:
        PackRefused: it would hold more than a pack may.
    """
    body = _zipped(files)
    lines = sign(secret, body, f"yibao-pack id={pack} serial={serial}")
    return _joined(secret.public, lines, body)


def _joined(key: PublicKey, lines: tuple[str, str, str], body: bytes) -> bytes:
    head = [MAGIC, key.text, _COMMENT, lines[0], f"{_TRUSTED}{lines[1]}", lines[2], ""]
    data = "\n".join(head).encode() + body
    read_pack(data)
    return data


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(_entry(name), files[name], compresslevel=9)
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # the same bytes on every system
    entry.external_attr = 0o100644 << 16
    return entry


def parts(data: bytes) -> tuple[str, str, bytes]:
    """What the standard tool needs to check a pack: key, ``.minisig`` text, signed bytes.

    Raises:
        PackRefused: it is no pack.
    """
    found = _head(data)
    lines = data[: found.end()].decode("ascii").split("\n")
    return lines[1], "\n".join(lines[2:6]) + "\n", data[found.end() :]


def read_pack(data: bytes) -> SignedPack:
    """The pack, its signature checked first and every limit held.

    Raises:
        PackRefused: with the reason; nothing was unpacked where the signature is not good.
    """
    found = _head(data)
    key_line, first, trusted, last = (
        found[name].decode("ascii", "replace") for name in ("key", "first", "trusted", "last")
    )
    key = read_public(key_line)
    body = data[found.end() :]
    if key is None or not is_signed(key, body, (first, trusted, last)):
        raise PackRefused(
            "这个内容包的签名不对：文件被改过，或者没有传完整。",
            "请向发布者重新要一份；里面的东西一样也没有打开。",
        )
    signed_for = _SIGNED_FOR.fullmatch(trusted)
    if signed_for is None:
        raise PackRefused("这个签名不是给内容包做的。", "请向发布者要内容包文件。")
    return SignedPack(key, signed_for["id"], int(signed_for["serial"]), _unzipped(body))


def _head(data: bytes) -> re.Match[bytes]:
    if len(data) > MAX_SIZE:
        raise PackRefused(f"这个文件比 {MAX_SIZE >> 20} MB 还大，内容包没有这么大。")
    found = _HEAD.match(data)
    if found is None:
        newer = data.startswith(b"yibao-pack ") and not data.startswith(MAGIC.encode() + b"\n")
        hint = "它是给更新的程序做的，请先更新医保指南。" if newer else f"请选“{PACK_SUFFIX}”文件。"
        raise PackRefused("这不是能用的内容包。", hint)
    return found


def _unzipped(body: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
            _refuse_excess(entries)
            return {entry.filename: _text(archive, entry) for entry in entries}
    except (OSError, *ZIP_FAULTS) as error:
        raise PackRefused("内容包里的压缩文件坏了。", "请向发布者重新要一份。") from error


def _refuse_excess(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_FILES:
        raise PackRefused(f"内容包里的文件多于 {MAX_FILES} 个，不收。")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise PackRefused(f"内容包展开后大于 {MAX_UNPACKED >> 20} MB，不收。")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise PackRefused("内容包里有两个同名的文件，不收。")
    for name in names:
        if not _ALLOWED.fullmatch(name):
            raise PackRefused(
                f"内容包里有不该有的文件：{name[:80]}。", "内容包只能有文字，不能有图片和程序。"
            )


def _text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    with archive.open(entry) as file:
        data = file.read(entry.file_size + 1)  # what the list of contents says may be a lie
    if len(data) != entry.file_size:
        raise PackRefused("内容包里的压缩文件坏了。", "请向发布者重新要一份。")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackRefused(f"内容包里的 {entry.filename} 不是 UTF-8 文字。") from None


def folder_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, as ``write_pack`` takes them.

    Raises:
        PackRefused: one is not a kind of file a pack may have.
        OSError: one cannot be read.
    """
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = str(PurePosixPath(path.relative_to(folder)))
        if path.is_dir() and not path.is_symlink():
            continue
        if path.is_symlink() or not path.is_file() or not _ALLOWED.fullmatch(name):
            raise PackRefused(f"不能放进内容包：{name}。", "内容包只能有文字，见 seeds/PACKS.md。")
        files[name] = path.read_bytes()
    return files
