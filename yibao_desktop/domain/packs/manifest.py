"""What a content pack says of itself: ``pack.yaml``."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

PACK_MARK = "--"
"""Between the id of a pack and the rest of an id the pack gives; no id of the guide has it."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REGION = re.compile(r"\d{6}")
_VERSION = re.compile(r"\d+(\.\d+)*")
PACK_SUFFIX = ".yibaopack"
"""The end of the name of a pack's file."""
MAX_SERIAL = 10**9
MAX_SLUG = 40
MAX_CHANGES = 50
RESERVED = frozenset({"own", "guide"})
"""Ids with these before the mark mean something else."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a publisher says of one edition of a pack.

    Attributes:
        id: slug, the same in every edition; what the pack gives ids to begins with it.
        serial: number of the edition; a later one has a higher number.
        publisher: who makes it, in their own words; a signature does not prove it.
        regions: codes of the places it is made for, at least one.
        made_on: the day it was made.
        contact: how the publisher is reached, such as a telephone number; empty where not told.
        valid_until: the last day it should be relied on; None where the publisher names none.
        min_program: the oldest version of the program that can show it; empty for any.
        changes: what is new in this edition, a sentence each.
        revokes: what must not be used any more: serials of this pack, or keys it was signed with.
        next_key: public key that later editions may be signed with instead; empty for none.
    """

    id: str
    serial: int
    title: str
    publisher: str
    regions: tuple[str, ...]
    made_on: datetime.date
    contact: str = ""
    valid_until: datetime.date | None = None
    min_program: str = ""
    changes: tuple[str, ...] = ()
    revokes: tuple[str, ...] = ()
    next_key: str = ""

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """What is wrong with it: the name of each field and a Chinese sentence."""
        told = (
            ("id", _id_fault(self.id)),
            ("serial", "" if 0 < self.serial <= MAX_SERIAL else "版次要从 1 往上编"),
            ("regions", _regions_fault(self.regions)),
            ("valid_until", _validity_fault(self.made_on, self.valid_until)),
            ("min_program", _version_fault(self.min_program)),
            (
                "changes",
                "" if len(self.changes) <= MAX_CHANGES else f"最多写 {MAX_CHANGES} 条改动",
            ),
        )
        return tuple((name, sentence) for name, sentence in told if sentence)

    @property
    def prefix(self) -> str:
        """What every id that the pack gives begins with."""
        return f"{self.id}{PACK_MARK}"

    def is_over(self, today: datetime.date) -> bool:
        """Whether the last day it should be relied on has passed."""
        return self.valid_until is not None and today > self.valid_until


def pack_of(item_id: str) -> str:
    """Id of the pack that gave an id; empty for what no pack gave."""
    before, mark, _ = item_id.partition(PACK_MARK)
    pack = before.rpartition("/")[2]
    return pack if mark and pack not in RESERVED else ""


def version_tuple(version: str) -> tuple[int, ...]:
    """A version such as ``0.1.0`` so that it can be compared; what is no number ends it."""
    found = _VERSION.match(version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def _id_fault(given: str) -> str:
    if given in RESERVED:
        return f"编号不能是“{given}”"
    if not _SLUG.fullmatch(given) or len(given) > MAX_SLUG:
        return f"编号“{given}”只能用小写字母、数字和连字符，最多 {MAX_SLUG} 个"
    return ""


def _regions_fault(regions: tuple[str, ...]) -> str:
    if not regions:
        return "要写明给哪个地方用"
    wrong = [code for code in regions if not _REGION.fullmatch(code)]
    return f"地区代码“{wrong[0]}”要写六位数字" if wrong else ""


def _validity_fault(made_on: datetime.date, valid_until: datetime.date | None) -> str:
    if valid_until is not None and valid_until < made_on:
        return "有效期不能在编成的日子之前"
    return ""


def _version_fault(version: str) -> str:
    return "" if not version or _VERSION.fullmatch(version) else "程序版本写成 0.1.0 这样"
