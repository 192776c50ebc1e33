"""Whether a pack may come in: whose key signed which edition, and what was known before.

A signature proves that whoever holds a key made a pack, never that the holder is the office named
in it. So the first time the user compares digits with what the publisher tells by telephone; from
then on the key is bound to the pack.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum

from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.packs.keys import PublicKey


class Verdict(StrEnum):
    """What is known of a pack's key and serial."""

    FIRST = "first"
    UPDATE = "update"
    SAME = "same"
    NEXT_KEY = "next-key"
    OLDER = "older"
    OTHER_KEY = "other-key"
    REVOKED = "revoked"

    @property
    def is_refused(self) -> bool:
        """Whether the pack may not come in."""
        return self in (Verdict.OLDER, Verdict.OTHER_KEY, Verdict.REVOKED)


WORDS = {
    Verdict.FIRST: "第一次装这个内容包。签名只能证明文件没有被改过，不能证明它真是这个单位发布的；"
    "请打发布者公布的电话，核对下面二十五个数字，对上了再装。",
    Verdict.UPDATE: "和已经装的那一份是同一把密钥签的，版次更新。",
    Verdict.SAME: "这一版已经装着。",
    Verdict.NEXT_KEY: "发布者换了密钥，新密钥是原来那把密钥签过字的，可以接着用。",
    Verdict.OLDER: "这一版比装过的旧，不装。想用回前一版，请点“退回上一版”。",
    Verdict.OTHER_KEY: "这个内容包换了一把密钥，原来的密钥没有为它签过字："
    "可能是别人冒名做的，不装。"
    "请打发布者的电话问清楚；确实换了，先去掉原来那一份，再重新核对、安装。",
    Verdict.REVOKED: "发布者已经声明这一版，或者签它的密钥作废，不装。请向发布者要新的一版。",
}
"""What the user is told; a verdict that refuses says the way out."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """What is known of one pack.

    Attributes:
        key: the public key it is bound to, as one line.
        serial: the highest edition seen of that key.
        next_key: the key that may follow, as the last edition says; empty for none.
        revoked: serials and keys the publisher has called void.
        earlier: keys it was bound to before.
    """

    key: str
    serial: int
    next_key: str = ""
    revoked: tuple[str, ...] = ()
    earlier: tuple[str, ...] = field(default=())


def judge(
    key: PublicKey, manifest: Manifest, known: Trusted | None, void: Collection[str]
) -> Verdict:
    """What to think of a pack; ``void`` are the keys this release of the program knows as void."""
    text = key.text
    if text in void or (known and {text, str(manifest.serial)} & set(_void_for(known, text))):
        return Verdict.REVOKED
    if known is None:
        return Verdict.FIRST
    if text != known.key:
        return Verdict.NEXT_KEY if known.next_key == text else Verdict.OTHER_KEY
    if manifest.serial == known.serial:
        return Verdict.SAME
    return Verdict.UPDATE if manifest.serial > known.serial else Verdict.OLDER


def _void_for(known: Trusted, key: str) -> tuple[str, ...]:
    """What is void for a key: serials are counted per key."""
    return tuple(r for r in known.revoked if not r.isdecimal() or key == known.key)


def learnt(key: PublicKey, manifest: Manifest, known: Trusted | None) -> Trusted:
    """What is known once a pack has come in.

    A pack can only call void its own editions and the keys it was signed with itself.
    """
    if known is None:
        return Trusted(key.text, manifest.serial, manifest.next_key, _own_void(manifest, ()))
    earlier = known.earlier if key.text == known.key else (*known.earlier, known.key)
    kept = known.revoked if key.text == known.key else _keys(known.revoked)
    void = (*kept, *_own_void(manifest, (*earlier, known.key)))
    return replace(
        known,
        key=key.text,
        serial=manifest.serial,
        next_key=manifest.next_key,
        revoked=tuple(dict.fromkeys(void)),
        earlier=earlier,
    )


def _keys(void: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in void if not one.isdecimal())


def _own_void(manifest: Manifest, keys: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in manifest.revokes if one.isdecimal() or one in keys)
