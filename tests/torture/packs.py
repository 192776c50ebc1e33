"""Content packs: altered ones, and the process killed while one comes in or goes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.torture.child import ChildError, in_child, killed, moments
from tests.torture.table import Row
from tests.torture.world import WINDOW, World
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Answer, Tick
from yibao_desktop.packs.keys import SecretKey
from yibao_desktop.packs.making import make_pack
from yibao_desktop.packs.pack_file import PackRefused, read_pack
from yibao_desktop.paths import Paths

SAMPLE = ROOT / "build_spec" / "samples" / "chunshui"
KEY = SecretKey(b"12345678", bytes(range(32)))
PAGE, BOOKMARKED, NICKNAME = "card-replacement", "family-pooling-guide", "外婆"
BUILD_S = 600.0
"""So long a build may take where everything else is slow, too."""


def torture(world: World, short: bool) -> Iterator[Row]:
    """Try each kind of fault."""
    yield _altered(60 if short else 3_000)
    paths = world.paths()
    in_child(lambda: _prepare(paths), 4 * BUILD_S)
    yield _killed(paths, 8 if short else 66, building=False)
    yield _killed(paths, 1 if short else 34, building=True)


def _altered(count: int) -> Row:
    row = Row("内容包", "文件被改过")
    whole = make_pack(SAMPLE, KEY)
    chance = random.Random(20)
    for _ in range(count):
        altered = _spoilt(whole, chance)
        try:
            read_pack(altered)
            row.note("收下了", f"accepted a pack altered: {altered[:80]!r}")
        except PackRefused:
            row.note("没有收")
    return row


def _spoilt(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    while bytes(data) == whole:
        at = chance.randrange(len(data))
        match chance.randrange(5):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = chance.randbytes(chance.randint(1, 40))
            case 3:
                data[at : at + 8] = chance.randbytes(8)
            case _:
                data = data[:at]
    return bytes(data)


def _packed(folder: Path, serial: int) -> Path:
    source = folder / f"source-{serial}"
    if not source.exists():
        shutil.copytree(SAMPLE, source)
        manifest = source / "pack.yaml"
        text = manifest.read_text(encoding="utf-8").replace("serial: 1", f"serial: {serial}")
        manifest.write_text(text, encoding="utf-8")
    file = folder / f"{serial}.yibaopack"
    file.write_bytes(make_pack(source, KEY))
    return file


def _prepare(paths: Paths) -> None:
    """Two editions of a pack, one after the other, and records to be kept."""
    services = open_services(paths)
    try:
        case = services.cases.start(PAGE, NICKNAME).case.id
        services.cases.apply(case, Answer(WINDOW))
        services.cases.apply(case, Tick("report-loss-phone", True))
        services.reading.add_bookmark(BOOKMARKED, "补办")
        for serial in (1, 2):
            services.packs.install(services.packs.look(_packed(paths.user.parent, serial)))
    finally:
        services.close()


def _killed(paths: Paths, kills: int, *, building: bool) -> Row:
    what = "生成新的一版的时候" if building else "换上、退回的时候"
    row = Row("内容包", f"强行结束：{what}")
    for number, moment in enumerate(moments(kills, 12.0 if building else 0.4, 7)):
        serial = 3 + number

        def work(tell, wanted=serial) -> None:  # type: ignore[no-untyped-def]
            services = open_services(paths)
            if building:
                look = services.packs.look(_packed(paths.user.parent, wanted))
                tell("looked")
                services.packs.install(look)
                return
            tell("opened")
            while True:
                services.packs.go_back()

        try:
            killed(work, moment, when_told=True)
            wrong = in_child(lambda: _missing(paths), BUILD_S)
        except ChildError as error:
            wrong = [str(error)]
        row.note("旧的或新的，都是完整的", *wrong)
    return row


def _missing(paths: Paths) -> list[str]:
    """What is not as it was: the content with the pack, the tick, the bookmark."""
    services = open_services(paths)
    try:
        wrong = []
        if not services.guide.page(PAGE).local:
            wrong.append("the pack is not in the content")
        if len(services.packs.installed()) != 1:
            wrong.append("the pack is not listed")
        ours = [c.case for c in services.cases.open_cases() if c.case.nickname == NICKNAME]
        if not any("report-loss-phone" in case.done_steps for case in ours):
            wrong.append("a tick is lost")
        if BOOKMARKED not in [b.item_id for b in services.reading.bookmarks()]:
            wrong.append("a bookmark is lost")
        return wrong
    finally:
        services.close()
