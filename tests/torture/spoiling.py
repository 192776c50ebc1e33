"""What can happen to a file between two starts, and to the folder it lies in."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.torture.world import World, mount, unmount

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
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('case_step', 'passage', 'own_passage')"
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


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Somebody else has a database to himself."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.close()
