"""What computers and people do that no laboratory thinks of: clocks, names, rights, odd texts."""

from __future__ import annotations

import datetime
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tests.clock import SetClock
from tests.conftest import ROOT
from tests.torture.child import ChildError, in_child
from tests.torture.spoiling import header_overwritten, truncated
from tests.torture.table import Row
from tests.torture.world import EVERYBODY, World, look
from yibao_desktop.bootstrap import Services, UserDataServices, open_services
from yibao_desktop.domain.records.case import StepMark
from yibao_desktop.domain.records.commands import Note, Rename, SetReceipt
from yibao_desktop.domain.records.reading import Bookmark
from yibao_desktop.errors import UserError
from yibao_desktop.paths import Paths
from yibao_desktop.store.backup import BackupFolder, Reason
from yibao_desktop.store.reading_repository import KEPT_QUERIES

TRIALS = 60
ACTS = 25
THREADS = 12
OLD_NAME = os.fsdecode("老电脑的家".encode("gbk"))

ODD = [
    "\u202a12393\u202c", "\ud83d", "妈\ud83d\ude00", "a\x00b", "\x1b[31m红", "一\r\n二\r三", "\u2028行",
    " \u202e ", "\x85", "👨‍👩‍👧", "محمد", "e\u0301", "\ufffe", "\ufeff头", "𬱖", "\\N", "\t", "长" * 30_000,
    "<b>粗</b>", "'; DROP TABLE case_file; --", "%s%n", "\U0010ffff", "\u200b",
]  # fmt: skip

Trial = Callable[[World, int], tuple[str, list[str]]]
"""Takes a seed; the outcome, and what was lost or wrong."""


def torture(world: World, short: bool) -> Iterator[Row]:
    """Try each so many times."""
    count = 3 if short else TRIALS
    yield _row(world, "时钟", "乱走的时钟", count, _clock_trial)
    yield _row(world, "时钟", "不可能的日期", min(count, 6), _day_trial)
    yield _row(world, "您的记录", "奇怪的文字，导出再读入", count, _text_trial)
    yield _row(world, "您的记录", "几份备份坏的坏、锁的锁", count, _backups_trial)
    yield _row(world, "您的记录", "不让读，又去导出", 1, _rights_trial)
    yield _row(world, "您的记录", "许多线程一起打开", count, _threads_trial)
    yield _row(world, "文件夹", "名字不是 UTF-8", 1, _name_trial)
    yield _row(world, "文件夹", "自己的文件名下是别的东西", len(SPECIAL), _special_trial)


def _row(world: World, area: str, fault: str, count: int, trial: Trial) -> Row:
    row = Row(area, fault)
    for seed in range(count):
        try:
            outcome, wrong = trial(world, seed)
        except ChildError as error:
            outcome, wrong = "没有经受住", [f"{seed}: {error}"]
        row.note(outcome, *wrong)
    return row


# -- clocks -----------------------------------------------------------------------------------


def _clock_trial(world: World, seed: int) -> tuple[str, list[str]]:
    """Whatever the clock does meanwhile, what was done last stands first, and is backed up."""
    paths = world.paths()
    chosen = random.Random(seed)
    clock = SetClock()
    wrong: list[str] = []

    def live() -> list[str]:
        done: list[str] = []
        for number in range(ACTS):
            clock.moment = _some_moment(chosen)
            services = open_services(paths, clock)
            services.reading.note_query(f"第 {number} 问")
            services.reading.add_bookmark(f"item-{number}", f"第 {number} 页")
            case = chosen.choice(services.cases.board().open).case
            services.cases.apply(case.id, Note("apply-at-window", f"{case.nickname} {number}"))
            done.append(case.nickname)
            services.close()
        return done

    done = in_child(live)

    def seen() -> tuple[list[str], list[str], list[str]]:
        services = open_services(paths, clock)
        file = paths.user / "all.json"
        services.records.export(file, services.settings.current, overwrite=True)
        same = services.records.read_file(file)
        found = (
            services.reading.queries(),
            [bookmark.title for bookmark in services.reading.bookmarks()],
            [view.case.nickname for view in services.cases.board().open],
        )
        assert (same.new, same.differing, same.remarks) == ((), (), ())
        services.close()
        return found

    order = list(dict.fromkeys(reversed(done)))
    for when in ("as it was", "from the newest backup"):
        queries, bookmarks, cases = in_child(seen)
        if queries != [f"第 {n} 问" for n in reversed(range(ACTS))][:KEPT_QUERIES]:
            wrong.append(f"{seed} {when}: {queries}")
        if bookmarks[:ACTS] != [f"第 {n} 页" for n in reversed(range(ACTS))]:
            wrong.append(f"{seed} {when}: {bookmarks}")
        if cases[: len(order)] != order:
            wrong.append(f"{seed} {when}: {cases}, not {order}")
        header_overwritten(paths.user_database)
    world.forget(paths)
    return "次序不乱，备份是新的", wrong


def _some_moment(chosen: random.Random) -> datetime.datetime:
    year = chosen.choice((1, 1970, 1980, 2026, 2026, 2026, 2038, 2099, 2199, 2200, 9999))
    hours = datetime.timedelta(hours=chosen.randrange(24 * 364))
    return datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) + hours


def _day_trial(world: World, seed: int) -> tuple[str, list[str]]:
    """A day nobody can reckon with, as another program may leave it, spoils no other case."""
    paths = world.paths()
    day = ("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "9999-11-30", "0100-02-28")[seed]

    def spoil() -> None:
        services = open_services(paths)
        (bad,) = [v.case for v in services.cases.board().open if v.case.nickname == "奶奶"]
        mark = StepMark(datetime.date.fromisoformat(day))
        with services.cases._user.writing() as unit:
            kept = unit.cases.get(bad.id)
            assert kept is not None
            steps = {**kept.steps, "apply-at-window": mark}
            answers = {**kept.answers, "ended-on": (day,)}
            unit.cases.update(replace(kept, steps=steps, answers=answers))
            unit.commit()
        services.close()

    in_child(spoil)
    seen = look(paths)
    world.forget(paths)
    others = {"妈妈", "爸爸"} <= set(seen.cases) and seen.opened and seen.kept
    return "只有那一件打不开或者没有期限", [] if others else [f"{day}: {seen}"]


# -- texts ------------------------------------------------------------------------------------


def _text_trial(world: World, seed: int) -> tuple[str, list[str]]:
    """Whatever a field takes comes through a file unchanged, and what it does not it says."""
    paths, other = world.paths(), world.paths()
    chosen = random.Random(seed)
    texts = [
        "".join(chosen.choice(ODD) for _ in range(chosen.randrange(1, 4)))
        if chosen.random() < 0.7
        else "".join(chr(chosen.randrange(0x110000)) for _ in range(chosen.randrange(1, 200)))
        for _ in range(6)
    ]

    def through() -> list[str]:
        ours = open_services(paths)
        for number, text in enumerate(texts):
            _give(ours, text, number)
        file = paths.user / "all.json"
        remarks = list(ours.records.export(file, ours.settings.current).remarks)
        theirs = open_services(other)
        plan = theirs.records.read_file(file)
        remarks += plan.remarks
        choices = {difference.ours.id: "theirs" for difference in plan.differing}
        theirs.records.take_in(plan, choices)  # type: ignore[arg-type]
        wrong = [f"{seed}: {remark}" for remark in remarks]
        mine = {v.case.id: v.case for v in ours.cases.board().open}
        if {v.case.id: v.case for v in theirs.cases.board().open} != mine:
            wrong.append(f"{seed}: cases differ for {texts!r:.300}")
        if theirs.reading.queries() != ours.reading.queries():
            wrong.append(f"{seed}: queries differ for {texts!r:.300}")
        if _given(theirs) != _given(ours):
            wrong.append(f"{seed}: bookmarks differ for {texts!r:.300}")
        ours.close()
        theirs.close()
        return wrong

    wrong = in_child(through)
    for used in (paths, other):
        world.forget(used)
    return "一字不差", wrong


def _given(services: Services) -> list[Bookmark]:
    return [b for b in services.reading.bookmarks() if b.item_id.startswith("item-")]


def _give(services: Services, text: str, number: int) -> None:
    case = services.cases.board().open[0].case.id
    reading = services.reading
    for call in (
        lambda: services.cases.start("e-card", text),
        lambda: services.cases.apply(case, Rename(text)),
        lambda: services.cases.apply(case, Note("apply-at-window", text)),
        lambda: services.cases.apply(case, SetReceipt(text)),
        lambda: reading.note_query(text),
        lambda: reading.add_bookmark(f"item-{number}", text),
        lambda: reading.rename_folder("", text),
    ):
        with suppress(UserError):
            call()


# -- rights, threads --------------------------------------------------------------------------


def _backups_trial(world: World, seed: int) -> tuple[str, list[str]]:
    """The newest backup that can be used is used; the others are told."""
    paths = world.paths()
    chosen = random.Random(seed)
    folder = BackupFolder(paths.user_database)

    def make() -> None:
        for number in range(chosen.randrange(1, 5)):
            services = open_services(paths)
            services.reading.add_bookmark(f"backup-{number}", str(number))
            folder.make(chosen.choice((Reason.IMPORT, Reason.RESTORE)))
            services.close()

    make()
    newest_first = folder.all()
    good = chosen.randrange(len(newest_first))
    for backup in newest_first[:good]:
        chosen.choice((truncated, header_overwritten, _lock, _replace_by_folder))(backup.path)
    files = sum(backup.path.is_file() for backup in newest_first[:good])  # some are pruned later
    header_overwritten(paths.user_database)

    def recovered() -> str:
        services = UserDataServices(paths)
        news = services.records.news
        services.user.close()
        return news

    news = in_child(recovered)
    seen = look(paths)
    wrong = [] if seen.cases == EVERYBODY else [f"{seed}: {seen}"]
    if "备份恢复" not in news or news.count("跳过了") != files:
        wrong.append(f"{seed}: {news}")
    world.forget(paths)
    return "用最近一份好的，说明跳过了哪些", wrong


def _lock(path: Path) -> None:
    """What nobody may read; for the administrator, who may, what cannot be read."""
    path.chmod(0)
    if os.geteuid() == 0:
        path.write_bytes(b"")


def _replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _rights_trial(world: World, _seed: int) -> tuple[str, list[str]]:
    """Records that may not be read are not written out, and nothing is written over."""
    paths = world.paths()
    file = paths.user / "before.json"
    in_child(lambda: _export(paths, file))
    before = file.read_bytes()
    paths.user_database.chmod(0)
    ordinary = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]
    command = [*ordinary, sys.executable, "-m", "yibao_desktop.cli", "export"]
    wrong = []
    for target in (file, paths.user / "new.json"):
        done = subprocess.run(
            [*command, str(target)],
            cwd=ROOT,
            env={**os.environ, "YIBAO_HOME": str(paths.user)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode != 1 or "读不出来" not in done.stderr or "Traceback" in done.stderr:
            wrong.append(f"{done.returncode}: {done.stderr}")
    if file.read_bytes() != before or (paths.user / "new.json").exists():
        wrong.append("something was written")
    paths.user_database.chmod(0o600)
    again = look(paths)
    wrong += [] if again.cases == EVERYBODY else [f"afterwards: {again}"]
    world.forget(paths)
    return "说明读不出来，什么也没有写", wrong


def _export(paths: Paths, file: Path) -> None:
    services = open_services(paths)
    services.records.export(file, services.settings.current)
    services.close()


def _threads_trial(world: World, seed: int) -> tuple[str, list[str]]:
    """Whoever asks first: the records are opened once, and what each writes is there."""
    paths = world.paths()

    def ask() -> list[str]:
        services = Services(paths)

        def write(number: int) -> int:
            services.reading.add_bookmark(f"thread-{number}", str(number))
            return id(services.reading)

        with ThreadPoolExecutor(THREADS) as pool:
            ids = set(pool.map(write, range(THREADS)))
        kept = {b.item_id for b in services.reading.bookmarks()}
        services.close()
        wrong = [] if len(ids) == 1 else [f"{seed}: {len(ids)} services"]
        return wrong + [
            f"{seed}: thread-{n} lost" for n in range(THREADS) if f"thread-{n}" not in kept
        ]

    wrong = in_child(ask)
    world.forget(paths)
    return "打开一次，都存下", wrong


# -- names ------------------------------------------------------------------------------------


def _name_trial(world: World, _seed: int) -> tuple[str, list[str]]:
    """The program and its records in folders of an old computer."""
    source = world.paths(bundle=True)
    place = source.user.parent / OLD_NAME
    place.mkdir()
    paths = Paths(place / "bundle", place / "home", place / "cache")
    shutil.move(source.bundle, paths.bundle)
    shutil.move(source.user, paths.user)
    seen = look(paths)
    wrong = [] if seen.cases == EVERYBODY and seen.kept and seen.page else [f"{seen}"]
    in_child(lambda: _export(paths, place / "all.json"))
    header_overwritten(paths.user_database)
    again = look(paths)
    if again.cases != EVERYBODY or "备份恢复" not in again.told:
        wrong.append(f"afterwards: {again}")
    world.forget(source)
    return "照常用，也能恢复", wrong


def _pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _loop(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path.name)


def _folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    (path / "inside").mkdir(parents=True)


def _deep(path: Path) -> None:
    path.write_text("[" * 100_000)


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3_000_000_000)


SPECIAL = [
    (name, make)
    for name in ("settings.json", "window.ini", "user.sqlite3.sha256", "yibao.log")
    for make in (_pipe, _loop, _folder, _deep)
] + [("settings.json", _large), ("user.sqlite3.sha256", _large)]


def _special_trial(world: World, seed: int) -> tuple[str, list[str]]:
    paths = world.paths()
    name, make = SPECIAL[seed]
    make(paths.user / name)
    seen = look(paths)
    well = seen.opened and seen.cases == EVERYBODY and seen.kept
    world.forget(paths)
    return "照常打开", [] if well else [f"{name} {make.__name__}: {seen}"]
