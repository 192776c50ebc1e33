"""Everything that can happen to the databases between two starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.torture import kept_damage
from tests.torture.child import in_child
from tests.torture.kept_damage import page_wrong, seen_or_noted
from tests.torture.spoiling import (
    RANDOM_DAMAGES,
    Damage,
    damages,
    empty,
    fill,
    folder_in_its_place,
    header_overwritten,
    held,
    missing,
    mounted_folders,
    sixteen_bytes,
    truncated,
)
from tests.torture.table import Row
from tests.torture.world import Seen, World, look, mount
from yibao_desktop.paths import Paths
from yibao_desktop.store.content_file import spare_file


def torture(world: World, short: bool) -> Iterator[Row]:
    """Try each fault on each database."""
    well = look(world.paths(), searched=True)
    yield from kept_damage.torture(world, well, short)
    for name, kinds in damages(4 if short else RANDOM_DAMAGES):
        yield _on_content(world, well, name, kinds)
    yield _content_gone(world, well)
    yield _all_gone(world, well)
    yield _content_locked(world, well)
    with mounted_folders(world) as places:
        yield _content_read_only(world, well, places / "read-only")
        yield _content_disk_full(world, well, places / "full")


def _on_content(world: World, well: Seen, name: str, kinds: list[Damage]) -> Row:
    row = Row("指南内容", name)
    for damage in kinds:
        paths = world.paths(bundle=True)
        damage(paths.content_database)
        _note_content(row, paths, well)
        world.forget(paths)
    return row


def _note_content(row: Row, paths: Paths, well: Seen, told: bool = True) -> None:
    seen = seen_or_noted(row, paths)
    if seen is None:
        return
    wrong = page_wrong(seen, well)
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
        seen = seen_or_noted(row, paths)
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
        seen = seen_or_noted(row, paths)
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


def _content_locked(world: World, well: Seen) -> Row:
    row = Row("指南内容", "被别的程序占着")
    paths = world.paths(bundle=True)
    with held(paths.content_database):
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
