"""Carries out an order: loads the seed readers, so only the process of its own imports this."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError

from yibao_desktop.content.builder import write_database
from yibao_desktop.content.pack_seeds import Merged, PackTexts, checked, merge
from yibao_desktop.content.problems import ContentError
from yibao_desktop.content.resolve import resolve
from yibao_desktop.content.version import content_version
from yibao_desktop.content.walk import all_facts
from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.items import Article
from yibao_desktop.domain.packs.apply import part_title
from yibao_desktop.domain.packs.manifest import pack_of
from yibao_desktop.domain.packs.overlay import PART_NAMES
from yibao_desktop.domain.pages import Page
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.wording.plain_text import article_text, procedure_text, short_text
from yibao_desktop.errors import DataError, YibaoError
from yibao_desktop.packs.making import signed_manifest
from yibao_desktop.packs.order import (
    BUILDING,
    CHECKING,
    READING,
    Clashing,
    Order,
    Outcome,
    PackPage,
    Told,
    Unfit,
)
from yibao_desktop.packs.pack_file import read_pack
from yibao_desktop.store.checksum import store_digest
from yibao_desktop.whole_file import sync_folder, whole_file


def done(order: Order, told: Told) -> Outcome:
    """Carry out an order.

    Raises:
        ContentError: the packs are written wrongly, or do not fit the guide.
        DataError: a pack is not signed well, or the database cannot be written.
    """
    told(READING)
    packs = [_texts(Path(file)) for file in order.packs]
    for region in sorted(_regions(packs) - {order.region}) if order.everywhere else ():
        elsewhere = merge(Path(order.seeds), packs, region, order.choices, strict=order.strict)
        _refuse_faults(elsewhere)
    merged = merge(Path(order.seeds), packs, order.region, order.choices, strict=order.strict)
    told(CHECKING)
    _refuse_faults(merged)
    if order.out:
        told(BUILDING)
        _write(merged, order, Path(order.out))
    return _outcome(merged)


def _texts(file: Path) -> PackTexts:
    try:
        pack = read_pack(file.read_bytes())
    except OSError as error:
        raise DataError(f"{file} 读不出来（{error.strerror}）。") from error
    return PackTexts(signed_manifest(pack), pack.files)


def _regions(packs: list[PackTexts]) -> set[str]:
    """The places the packs are made for; what they change there is checked there."""
    return {region for pack in packs for region in pack.manifest.regions}


def _refuse_faults(merged: Merged) -> None:
    problems = merged.problems or checked(merged).problems
    if problems:
        raise ContentError(problems)


def _write(merged: Merged, order: Order, out: Path) -> None:
    version = content_version(Path(order.seeds), Path(order.resources))
    packs = "".join(f"+{pack.id}.{pack.serial}" for pack in merged.seeds.packs)
    try:
        out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole_file(out) as unfinished:
            write_database(merged.seeds, Path(order.resources), f"{version}{packs}", unfinished)
        store_digest(out)
        sync_folder(out.parent)
    except (OSError, DatabaseError) as error:
        raise DataError(
            f"内容写不到 {out.parent}（{error.args[-1]}）。", "请看磁盘是不是满了；原来的没有动。"
        ) from error


def _outcome(merged: Merged) -> Outcome:
    facts = {fact.id: fact for fact, _, _ in all_facts(merged.seeds)}
    titles = {page.value.id: page.value.title for page in merged.seeds.pages()}
    return Outcome(
        pages=tuple(_pages(merged, facts)),
        changes=tuple(merged.seeds.local_changes),
        unfit=tuple(
            Unfit(one.pack.id, titles.get(one.page, one.page), one.off.why)
            for one in merged.left_out
        ),
        clashes=tuple(
            Clashing(
                clash.part,
                clash.title,
                f"{PART_NAMES[clash.change.kind]}“{part_title(clash.change)}”",
                tuple(pack.id for pack in clash.packs),
                tuple(f"{pack.title}（〔{pack.publisher}〕）" for pack in clash.packs),
            )
            for clash in merged.clashes
        ),
    )


def _pages(merged: Merged, facts: Mapping[str, Fact]) -> Iterator[PackPage]:
    for seed in merged.seeds.pages():
        if pack_of(seed.value.id):
            page = resolve(seed.value, facts)
            yield PackPage(page.id, page.title, _text(page))


def _text(page: Page) -> str:
    match page:
        case Article():
            return article_text(page)
        case Procedure():
            return procedure_text(page)
        case _:
            return short_text(page)


def serve() -> int:
    """The other side: read an order from standard input, and carry it out."""
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    try:
        data = json.loads(sys.stdin.buffer.read())
        order = Order(**{**data, "packs": tuple(data["packs"])})
        _say({"outcome": asdict(done(order, lambda stage: _say({"stage": stage})))})
    except ContentError as error:
        _say({"problems": [str(problem) for problem in error.problems]})
    except YibaoError as error:
        _say({"error": str(error), "hint": error.hint})
    return 0


def _say(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)  # in ASCII: names of files may have any bytes
