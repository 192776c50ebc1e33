"""Everything that can happen to what is the user's between two starts: records and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.torture.child import ChildError, in_child
from tests.torture.spoiling import (
    RANDOM_DAMAGES,
    Damage,
    damages,
    empty,
    fill,
    header_overwritten,
    held,
    missing,
    mounted_folders,
    sixteen_bytes,
    truncated,
)
from tests.torture.table import Row
from tests.torture.world import Seen, World, look, mount
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.errors import DataError
from yibao_desktop.paths import Paths
from yibao_desktop.services.doctor_service import DoctorService


@dataclass(frozen=True, slots=True)
class Kept:
    """A database of the user's.

    Attributes:
        area: what it holds, as the table calls it.
        database: where it lies.
        shown: what of it is seen in the window.
        others: what is seen of the other one, which must not suffer.
        stored: whether what was stored now is there.
        refused: what the window says where nothing can be stored.
        searched: whether documents are to be looked for as well.
    """

    area: str
    database: Callable[[Paths], Path]
    shown: Callable[[Seen], object]
    others: Callable[[Seen], object]
    stored: Callable[[Seen], bool]
    refused: str
    searched: bool

    def others_wrong(self, seen: Seen, well: Seen) -> list[str]:
        """What befell the other one."""
        same = self.others(seen) == self.others(well)
        return [] if same else [f"the others: {self.others(seen)}"]


def _records(seen: Seen) -> object:
    return seen.cases, seen.notes


KEPT = (
    Kept("您的记录", lambda p: p.user_database, _records, lambda s: s.papers,
         lambda s: s.kept, "存不下来", searched=False),
    Kept("您加的资料", lambda p: p.own_database, lambda s: (s.papers, s.found), _records,
         lambda s: s.paper_kept, "资料加不了", searched=True),
)  # fmt: skip


def torture(world: World, well: Seen, short: bool) -> Iterator[Row]:
    """Try each fault on each database, and on originals; ``well`` is seen where all is well."""
    for kept in KEPT:
        for name, kinds in damages(4 if short else RANDOM_DAMAGES):
            yield _spoilt(world, well, kept, name, kinds)
        yield _locked(world, well, kept)
        with mounted_folders(world) as places:
            yield _read_only(world, well, kept, places / "read-only")
            yield _disk_full(world, well, kept, places / "full")
    yield _originals(world, well)


def seen_or_noted(row: Row, paths: Paths, searched: bool = False) -> Seen | None:
    """What the window shows; where none comes, that is noted."""
    try:
        return look(paths, searched)
    except ChildError as error:
        row.note("没有窗口", f"{row.area} {row.fault}: {error}")
        return None


def page_wrong(seen: Seen, well: Seen) -> list[str]:
    """Whether the guide suffered."""
    return [] if seen.page == well.page else ["the guide is not whole"]


def _spoilt(world: World, well: Seen, kept: Kept, name: str, kinds: list[Damage]) -> Row:
    row = Row(kept.area, name)
    for damage in kinds:
        paths = world.paths()
        database = kept.database(paths)
        damage(database)
        spoilt = _bytes(database)
        seen = seen_or_noted(row, paths, kept.searched)
        if seen is None:
            continue
        wrong = [*page_wrong(seen, well), *kept.others_wrong(seen, well)]
        if not (seen.opened and seen.told):
            wrong.append("nothing was told")
        if not kept.stored(seen):
            wrong.append("nothing new can be kept")
        asides = [
            p for p in database.parent.glob(f"{database.name}.damaged-*") if p.suffix != ".sha256"
        ]
        if spoilt and not any(_bytes(p) == spoilt for p in asides):
            # Damage no check sees but the checksum: the file stays in use, a backup is at hand.
            if "改动过" not in seen.told:
                wrong.append("the damaged file was not kept")
            row.note("照用并提醒", *wrong)
        else:
            if kept.shown(seen) != kept.shown(well):
                wrong.append(f"{kept.shown(seen)}")
            row.note("用备份恢复", *wrong)
        world.forget(paths)
    return row


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        return "\n".join(sorted(p.name for p in path.rglob("*"))).encode()
    return path.read_bytes() if path.exists() else b""


def _locked(world: World, well: Seen, kept: Kept) -> Row:
    row = Row(kept.area, "被别的程序占着")
    paths = world.paths()
    before = kept.database(paths).read_bytes()
    with held(kept.database(paths)):
        seen = seen_or_noted(row, paths, kept.searched)
    if seen is not None:
        _note_untouched(row, paths, seen, well, kept, before)
    again = look(paths, kept.searched)
    if kept.shown(again) != kept.shown(well) or again.told:
        row.lost.append(f"afterwards: {again}")
    return row


def _note_untouched(
    row: Row, paths: Paths, seen: Seen, well: Seen, kept: Kept, before: bytes
) -> None:
    wrong = page_wrong(seen, well)
    if not (seen.opened and kept.refused in seen.told):
        wrong.append(f"told: {seen.told}")
    if kept.stored(seen):
        wrong.append("acknowledged what cannot be kept")
    if kept.database(paths).read_bytes() != before:
        wrong.append("the file was changed")
    row.note("能查，说明存不下", *wrong)


def _read_only(world: World, well: Seen, kept: Kept, place: Path) -> Row:
    row = Row(kept.area, "文件夹不能写")
    paths = world.paths(home=place / "家")
    before = kept.database(paths).read_bytes()
    mount("-o", "remount,ro", str(place))
    seen = seen_or_noted(row, paths, kept.searched)
    mount("-o", "remount,rw", str(place))
    if seen is not None:
        _note_untouched(row, paths, seen, well, kept, before)
        if kept.shown(seen) != kept.shown(well):
            row.lost.append("what is there was not shown")
    return row


def _disk_full(world: World, well: Seen, kept: Kept, place: Path) -> Row:
    row = Row(kept.area, "磁盘满了")
    paths = world.paths(home=place / "家")
    before = kept.database(paths).read_bytes()
    fill(place)
    seen = seen_or_noted(row, paths, kept.searched)
    if seen is not None:
        _note_untouched(row, paths, seen, well, kept, before)
    (place / "ballast").unlink()
    again = look(paths, kept.searched)
    if kept.shown(again) != kept.shown(well) or not kept.stored(again):
        row.lost.append(f"afterwards: {again}")
    return row


def _originals(world: World, well: Seen) -> Row:
    """The text stays and is found; that the original is no longer what it was is told."""
    row = Row("您加的资料", "原件坏了或者没有了")
    for damage in (missing, empty, truncated, header_overwritten, sixteen_bytes(3)):
        paths = world.paths()
        for original in sorted(paths.originals.iterdir()):
            damage(original)
        seen = seen_or_noted(row, paths, searched=True)
        if seen is not None:
            wrong = [] if (seen.papers, seen.found) == (well.papers, well.found) else ["the text"]
            row.note("文字照看，说明原件用不了", *wrong, *in_child(lambda p=paths: _given_out(p)))
        world.forget(paths)
    return row


def _given_out(paths: Paths) -> list[str]:
    """What is wrong with how spoilt originals are told."""
    guide = ContentServices(paths)
    wrong = []
    for document in guide.own.documents():
        try:
            guide.own.original(document.id)
            wrong.append(f"{document.title} was handed out")
        except DataError as error:
            wrong += [] if document.title in str(error) else [str(error)]
    guide.close()
    told = next(f for f in DoctorService(paths).examine() if f.name == "本地资料")
    return wrong + ([f"doctor: {told.value}"] if told.well else [])
