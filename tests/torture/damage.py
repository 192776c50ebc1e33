"""Everything that can happen to the two database files between two starts."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.torture.child import ChildError, in_child
from tests.torture.table import Row
from tests.torture.world import Seen, World, look, mount, unmount
from yibao_desktop.paths import Paths
from yibao_desktop.store.content_file import spare_file

EVERYBODY = ("奶奶", "妈妈", "爸爸")
RANDOM_DAMAGES = 60

Damage = Callable[[Path], None]


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size * 2 // 3)


def header_overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\0" * 100)


def wrong_schema(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (table,) = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('case_step', 'passage')"
        ).fetchone()
        connection.execute(f"DROP TABLE {table}")
        connection.commit()


def another_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")


def folder_in_its_place(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def sixteen_bytes(seed: int) -> Damage:
    def spoil(path: Path) -> None:
        chosen = random.Random(seed)
        data = bytearray(path.read_bytes())
        place = chosen.randrange(len(data) - 16)
        before = bytes(data[place : place + 16])
        while (after := chosen.randbytes(16)) == before:
            pass
        data[place : place + 16] = after
        path.write_bytes(data)

    return spoil


def damages(count: int) -> Iterator[tuple[str, list[Damage]]]:
    """Name and kinds of every damage; of the random one, so many."""
    yield "文件没有了", [missing]
    yield "文件是空的", [empty]
    yield "文件被截断", [truncated]
    yield "文件头被覆盖", [header_overwritten]
    yield "随机 16 字节被改", [sixteen_bytes(seed) for seed in range(count)]
    yield "表不对", [wrong_schema]
    yield "别的程序的数据库", [another_programs]
    yield "那里是个文件夹", [folder_in_its_place]


def torture(world: World, short: bool) -> Iterator[Row]:
    """Try each fault on each database."""
    well = look(world.paths())
    for name, kinds in damages(4 if short else RANDOM_DAMAGES):
        yield _on_user(world, well, name, kinds)
    yield _user_locked(world, well)
    with mounted_folders(world) as places:
        yield _user_read_only(world, well, places / "read-only")
        yield _user_disk_full(world, well, places / "full")
    for name, kinds in damages(4 if short else RANDOM_DAMAGES):
        yield _on_content(world, well, name, kinds)
    yield _content_gone(world, well)
    yield _all_gone(world, well)
    yield _content_locked(world, well)
    with mounted_folders(world) as places:
        yield _content_read_only(world, well, places / "read-only")
        yield _content_disk_full(world, well, places / "full")


@contextmanager
def mounted_folders(world: World) -> Iterator[Path]:
    places = world.folder / "mounted"
    for name in ("read-only", "full"):
        (places / name).mkdir(parents=True, exist_ok=True)
        mount("-t", "tmpfs", "-o", "size=24M,mode=700", "tmpfs", str(places / name))
    try:
        yield places
    finally:
        for name in ("read-only", "full"):
            unmount(places / name)


def fill(folder: Path) -> Path:
    """Leave no room at all; the file that takes it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 512, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    return ballast


def _seen(row: Row, paths: Paths) -> Seen | None:
    try:
        return look(paths)
    except ChildError as error:
        row.note("没有窗口", f"{row.area} {row.fault}: {error}")
        return None


def _page_wrong(seen: Seen, well: Seen) -> list[str]:
    return [] if seen.page == well.page else ["the guide is not whole"]


def _on_user(world: World, well: Seen, name: str, kinds: list[Damage]) -> Row:
    row = Row("您的记录", name)
    for damage in kinds:
        paths = world.paths()
        damage(paths.user_database)
        spoilt = _bytes(paths.user_database)
        seen = _seen(row, paths)
        if seen is None:
            continue
        wrong = _page_wrong(seen, well)
        if not (seen.opened and seen.told):
            wrong.append("nothing was told")
        if not seen.kept:
            wrong.append("nothing new can be kept")
        asides = [p for p in paths.user.glob("user.sqlite3.damaged-*") if p.suffix != ".sha256"]
        if spoilt and not any(_bytes(p) == spoilt for p in asides):
            # Damage no check sees but the checksum: the file stays in use, a backup is at hand.
            if "改动过" not in seen.told:
                wrong.append("the damaged file was not kept")
            row.note("照用并提醒", *wrong)
        else:
            if (seen.cases, seen.notes) != (well.cases, well.notes):
                wrong.append(f"{seen.cases} {seen.notes}")
            row.note("用备份恢复", *wrong)
        world.forget(paths)
    return row


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        return "\n".join(sorted(p.name for p in path.rglob("*"))).encode()
    return path.read_bytes() if path.exists() else b""


def _on_content(world: World, well: Seen, name: str, kinds: list[Damage]) -> Row:
    row = Row("指南内容", name)
    for damage in kinds:
        paths = world.paths(bundle=True)
        damage(paths.content_database)
        _note_content(row, paths, well)
        world.forget(paths)
    return row


def _note_content(row: Row, paths: Paths, well: Seen, told: bool = True) -> None:
    seen = _seen(row, paths)
    if seen is None:
        return
    wrong = _page_wrong(seen, well)
    if not seen.opened or told != ("备用" in seen.told):
        wrong.append(f"told: {seen.told}")
    if (seen.cases, seen.notes) != (well.cases, well.notes):
        wrong.append(f"{seen.cases}")
    row.note("换成备用的一份" if told else "照常", *wrong)


def _spoil_spare_too(paths: Paths, damage: Damage) -> None:
    damage(paths.content_database)
    damage(spare_file(paths.content_database))


SPARE_DAMAGES = (missing, empty, truncated, header_overwritten, folder_in_its_place)


def _content_gone(world: World, well: Seen) -> Row:
    row = Row("指南内容", "坏了，备用的一份也坏了")
    for damage in SPARE_DAMAGES:
        paths = world.paths(bundle=True)
        _spoil_spare_too(paths, damage)
        seen = _seen(row, paths)
        if seen is not None:
            row.note("说明要重装，记录看得到", *_trouble_wrong(seen, well))
        world.forget(paths)
    return row


def _all_gone(world: World, well: Seen) -> Row:
    row = Row("两样一起", "资料、备用的、您的记录都坏了")
    for damage in SPARE_DAMAGES:
        paths = world.paths(bundle=True)
        _spoil_spare_too(paths, damage)
        damage(paths.user_database)
        seen = _seen(row, paths)
        if seen is not None:
            wrong = _trouble_wrong(seen, well)
            if "备份恢复" not in seen.told:
                wrong.append("nothing was told of the records")
            row.note("说明要重装，记录用备份恢复", *wrong)
        world.forget(paths)
    return row


def _trouble_wrong(seen: Seen, well: Seen) -> list[str]:
    wrong = []
    if not seen.opened or "重新安装" not in seen.told:
        wrong.append(f"told: {seen.told}")
    if (seen.cases, seen.notes) != (well.cases, well.notes):
        wrong.append(f"{seen.cases} {seen.notes}")
    return wrong


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Somebody else has a database to himself."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.close()


def _user_locked(world: World, well: Seen) -> Row:
    row = Row("您的记录", "被别的程序占着")
    paths = world.paths()
    before = paths.user_database.read_bytes()
    with _held(paths.user_database):
        seen = _seen(row, paths)
    if seen is not None:
        _note_untouched(row, paths, seen, well, before)
    again = look(paths)
    if again.cases != EVERYBODY or again.told:
        row.lost.append(f"afterwards: {again}")
    return row


def _note_untouched(row: Row, paths: Paths, seen: Seen, well: Seen, before: bytes) -> None:
    wrong = _page_wrong(seen, well)
    if not (seen.opened and "存不下来" in seen.told):
        wrong.append(f"told: {seen.told}")
    if seen.kept:
        wrong.append("acknowledged what cannot be kept")
    if paths.user_database.read_bytes() != before:
        wrong.append("the file was changed")
    row.note("能查，说明存不下", *wrong)


def _user_read_only(world: World, well: Seen, place: Path) -> Row:
    row = Row("您的记录", "文件夹不能写")
    paths = world.paths(home=place / "家")
    before = paths.user_database.read_bytes()
    mount("-o", "remount,ro", str(place))
    seen = _seen(row, paths)
    mount("-o", "remount,rw", str(place))
    if seen is not None:
        _note_untouched(row, paths, seen, well, before)
        if seen.cases != EVERYBODY:
            row.lost.append("what is there was not shown")
    return row


def _user_disk_full(world: World, well: Seen, place: Path) -> Row:
    row = Row("您的记录", "磁盘满了")
    paths = world.paths(home=place / "家")
    before = paths.user_database.read_bytes()
    fill(place)
    seen = _seen(row, paths)
    if seen is not None:
        _note_untouched(row, paths, seen, well, before)
    (place / "ballast").unlink()
    again = look(paths)
    if again.cases != EVERYBODY or not again.kept:
        row.lost.append(f"afterwards: {again}")
    return row


def _content_locked(world: World, well: Seen) -> Row:
    row = Row("指南内容", "被别的程序占着")
    paths = world.paths(bundle=True)
    with _held(paths.content_database):
        _note_content(row, paths, well, told=False)
    return row


def _content_read_only(world: World, well: Seen, place: Path) -> Row:
    row = Row("指南内容", "装在不能写的文件夹里，又坏了")
    source = world.paths(bundle=True)
    paths = Paths(place / "bundle", source.user, source.cache_home)
    in_child(lambda: _copy(source.bundle, paths.bundle))
    sixteen_bytes(1)(paths.content_database)
    mount("-o", "remount,ro", str(place))
    _note_content(row, paths, well)
    mount("-o", "remount,rw", str(place))
    return row


def _copy(source: Path, target: Path) -> None:
    import shutil

    shutil.copytree(source, target, symlinks=True)


def _content_disk_full(world: World, well: Seen, place: Path) -> Row:
    row = Row("指南内容", "坏了，磁盘又满了")
    source = world.paths(bundle=True)
    sixteen_bytes(2)(source.content_database)
    fill(place)
    _note_content(row, Paths(source.bundle, source.user, place / "cache"), well)
    return row
