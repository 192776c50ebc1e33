"""The process is killed at random moments, and two write at once."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.conftest import ROOT
from tests.torture.child import ChildError, in_child, killed, moments
from tests.torture.spoiling import header_overwritten
from tests.torture.table import Row
from tests.torture.world import WINDOW, World
from yibao_desktop.bootstrap import Services, open_services
from yibao_desktop.domain.records.commands import Answer, Note, Tick
from yibao_desktop.paths import Paths
from yibao_desktop.store.backup import BackupFolder, Reason
from yibao_desktop.store.user_database import check_values, examine

KILLS = 100
ITEMS = ("e-card", "card-replacement", "card-replacement-guide", "pool-members", "own-account")

Tell = Callable[[str], None]
State = dict[str, dict[str, tuple[bool, str]]]


def torture(world: World, short: bool) -> Iterator[Row]:
    """Try each kind of work."""
    kills = 8 if short else KILLS
    yield _session(world, kills)
    yield _work(world, kills, "做备份的时候", _backing_up, _one_of_all)
    yield _migration(world, kills)
    yield _work(world, kills, "读入文件的时候", _importing, _old_or_new)
    yield _work(world, kills, "恢复备份的时候", _restoring, _old_or_new)
    yield _recovery(world, kills)
    yield _two_recover(world, 4 if short else 20)
    yield _two_writers(world, 20 if short else 60)


def _session(world: World, kills: int) -> Row:
    """Ticks, bookmarks and notes; the same records go through all the kills."""
    row = Row("强行结束", "打勾、收藏、写备注的时候")
    paths = world.paths()
    answered = 0
    for number, moment in enumerate(moments(kills, 0.5, 1)):
        told = killed(lambda tell, n=number: _live(paths, n, tell), moment, when_told=True)
        try:
            wrong = in_child(lambda lines=told: _missing(paths, lines))
        except ChildError as error:
            wrong = [str(error)]
        row.note("记下了才答应，答应的都在", *wrong)
        answered += sum(json.loads(line)[0] == "done" for line in told)
    if answered < 5 * kills:
        row.lost.append(f"only {answered} actions were acknowledged in {kills} sessions")
    row.fault += f"（答应了 {answered} 次）"
    world.forget(paths)
    return row


def _live(paths: Paths, seed: int, tell: Tell) -> None:
    chosen = random.Random(seed)
    services = open_services(paths)
    case = services.cases.start("card-replacement", f"{seed} 号").case.id
    services.cases.apply(case, Answer(WINDOW))
    steps = [s.step.id for s in services.cases.view(case).plan.steps]
    tell(json.dumps(["begun", "case", case, case]))

    def act(action: Callable[[], object], *key: object) -> None:
        tell(json.dumps(["begun", *key]))
        action()
        tell(json.dumps(["done", *key]))

    while True:
        step, item = chosen.choice(steps), chosen.choice(ITEMS)
        match chosen.randrange(3):
            case 0:
                done = chosen.random() < 0.8
                act(partial(services.cases.apply, case, Tick(step, done)), "tick", case, step, done)
            case 1:
                text = f"备注 {chosen.randrange(10**9)}"
                act(partial(services.cases.apply, case, Note(step, text)), "note", case, step, text)
            case _:
                kept = chosen.random() < 0.7
                reading = services.reading
                keep = partial(reading.add_bookmark, item, item)
                drop = partial(reading.remove_bookmark, item)
                act(keep if kept else drop, "bookmark", item, kept)


def _missing(paths: Paths, told: list[str]) -> list[str]:
    """What was acknowledged and is not there; only the action under way may be or not be."""
    wrong = _whole(paths)
    lines = [json.loads(line) for line in told]
    acknowledged = {tuple(line[1:-1]): line[-1] for line in lines if line[0] == "done"}
    under_way = tuple(lines[-1][1:]) if lines[-1][0] == "begun" else ((), None)
    services = open_services(paths)
    try:
        if services.news:
            wrong.append(f"told: {services.news}")
        for key, value in acknowledged.items():
            now = _now(services, key)
            if now != value and (key, now) != (under_way[:-1], under_way[-1]):
                wrong.append(f"acknowledged and gone: {key} = {value}, now {now}")
    finally:
        services.close()
    return wrong


def _now(services: Services, key: tuple[str, ...]) -> object:
    match key:
        case ("tick", case, step):
            mark = services.cases.view(case).case.steps.get(step)
            return mark is not None and mark.done_on is not None
        case ("note", case, step):
            mark = services.cases.view(case).case.steps.get(step)
            return mark.note if mark else ""
        case ("bookmark", item):
            return services.reading.bookmark(item) is not None
    raise AssertionError(key)


def _whole(paths: Paths) -> list[str]:
    """Whether the file is sound and no case is half written."""
    wrong: list[str] = []
    with closing(sqlite3.connect(paths.user_database)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            wrong.append("the file is damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            wrong.append("rows without their case")
        events = connection.execute(
            "SELECT case_id, event, detail FROM case_event ORDER BY id"
        ).fetchall()
        ticked = {
            (case, step): done is not None
            for case, step, done in connection.execute(
                "SELECT case_id, step, done_on FROM case_step"
            )
        }
    last = {(case, step): event for case, event, step in events if event in ("ticked", "unticked")}
    for key, event in last.items():
        if ticked.get(key, False) != (event == "ticked"):
            wrong.append(f"half written: {key} {event}")
    started = Counter(event for _, event, _ in events)["started"]
    with closing(sqlite3.connect(paths.user_database)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM case_file").fetchone()
    if count != started:
        wrong.append(f"{count} cases, {started} of them begun")
    return wrong


# -- one piece of work ------------------------------------------------------------------------


def _many(paths: Paths, count: int) -> None:
    services = open_services(paths)
    for number in range(count):
        case = services.cases.start("card-replacement", f"{number} 号").case.id
        services.cases.apply(case, Answer(WINDOW))
        services.cases.apply(case, Note("apply-at-window", "备注" * 50))
    services.close()


def _names(paths: Paths) -> list[str]:
    services = open_services(paths)
    try:
        assert not services.news, services.news
        return sorted(v.case.nickname for v in services.cases.open_cases())
    finally:
        services.close()


def _work(
    world: World,
    kills: int,
    fault: str,
    prepare: Callable[[World, Paths], tuple[Callable[[], None], list[list[str]]]],
    check: Callable[[Paths, list[list[str]]], tuple[str, list[str]]],
) -> Row:
    row = Row("强行结束", fault)
    paths = world.paths()
    work, allowed = prepare(world, paths)
    state = paths.user.with_name("state")
    shutil.copytree(paths.user, state)
    began = time.monotonic()
    in_child(work)
    longest = (time.monotonic() - began) * 1.1
    for moment in moments(kills, longest, 2):
        shutil.rmtree(paths.user)
        shutil.copytree(state, paths.user)
        killed(lambda _tell: work(), moment)
        try:
            outcome, wrong = in_child(lambda: check(paths, allowed))
        except ChildError as error:
            outcome, wrong = "打不开", [str(error)]
        row.note(outcome, *wrong)
    world.forget(paths)
    return row


def _backups_well(paths: Paths) -> list[str]:
    wrong = []
    for backup in BackupFolder(paths.user_database).all():
        try:
            found = examine(backup.path, paths.migrations)
            if found.version == found.newest:
                check_values(backup.path)
        except Exception as error:
            wrong.append(f"a backup is not whole: {error}")
    return wrong


def _backing_up(_world: World, paths: Paths) -> tuple[Callable[[], None], list[list[str]]]:
    in_child(lambda: _many(paths, 30))
    names = in_child(lambda: _names(paths))

    def work() -> None:
        for _ in range(10):
            BackupFolder(paths.user_database).make(Reason.IMPORT)

    return work, [names]


def _one_of_all(paths: Paths, allowed: list[list[str]]) -> tuple[str, list[str]]:
    wrong = _backups_well(paths)
    if _names(paths) not in allowed:
        wrong.append("not what was there")
    return "记录和每份备份都好", wrong


def _importing(world: World, paths: Paths) -> tuple[Callable[[], None], list[list[str]]]:
    other = world.paths()
    in_child(lambda: _many(other, 60))
    file = paths.user.with_name("记录.json")

    def export() -> None:
        services = open_services(other)
        services.records.export(file, services.settings.current)
        services.close()

    in_child(export)
    before = in_child(lambda: _names(paths))

    def work() -> None:
        services = open_services(paths)
        services.records.take_in(services.records.read_file(file))
        services.close()

    return work, [before, sorted([*before, *(f"{n} 号" for n in range(60))])]


def _restoring(_world: World, paths: Paths) -> tuple[Callable[[], None], list[list[str]]]:
    before = in_child(lambda: _names(paths))
    in_child(lambda: _many(paths, 60))
    after = in_child(lambda: _names(paths))
    folder = BackupFolder(paths.user_database)
    first = folder.all()[-1].path.name

    def work() -> None:
        services = open_services(paths)
        services.records.restore(first)
        services.close()

    return work, [after, before]


def _old_or_new(paths: Paths, allowed: list[list[str]]) -> tuple[str, list[str]]:
    wrong = [*_whole(paths), *_backups_well(paths)]
    names = _names(paths)
    if names not in allowed:
        wrong.append(f"neither as before nor as after: {len(names)}")
    return ("照旧" if names == allowed[0] else "全部换好"), wrong


def _migration(world: World, kills: int) -> Row:
    row = Row("强行结束", "升级记录的时候")
    paths = world.paths()
    old = ROOT / "tests" / "data" / "user-1.sqlite3"

    def work() -> None:
        open_services(paths).close()

    def prepare() -> None:
        shutil.rmtree(paths.user)
        paths.user.mkdir()
        shutil.copy(old, paths.user_database)

    prepare()
    began = time.monotonic()
    in_child(work)
    longest = (time.monotonic() - began) * 1.1
    for moment in moments(kills, longest, 3):
        prepare()
        killed(lambda _tell: work(), moment)
        with closing(sqlite3.connect(paths.user_database)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        try:
            names = in_child(lambda: _names(paths))
            wrong = [*in_child(lambda: _backups_well(paths))]
        except ChildError as error:
            names, wrong = [], [str(error)]
        if names != ["妈妈"]:  # the other case is closed
            wrong.append(f"{names}")
        row.note("还是旧版，再开就升级" if version == 1 else "已经升级", *wrong)
    world.forget(paths)
    return row


def _recovery(world: World, kills: int) -> Row:
    row = Row("强行结束", "坏文件正在恢复的时候")
    paths = world.paths()
    header_overwritten(paths.user_database)
    spoilt = paths.user_database.read_bytes()
    state = paths.user.with_name("state")
    shutil.copytree(paths.user, state)

    def work() -> None:
        open_services(paths).close()

    began = time.monotonic()
    in_child(work)
    longest = (time.monotonic() - began) * 1.1
    for moment in moments(kills, longest, 4):
        shutil.rmtree(paths.user)
        shutil.copytree(state, paths.user)
        killed(lambda _tell: work(), moment)

        def names() -> list[str]:
            services = open_services(paths)
            try:
                return sorted(v.case.nickname for v in services.cases.open_cases())
            finally:
                services.close()

        try:
            found, wrong = in_child(names), []
        except ChildError as error:
            found, wrong = [], [str(error)]
        if found != ["奶奶", "妈妈", "爸爸"]:
            wrong.append(f"{found}")
        asides = [p.read_bytes() for p in paths.user.glob("user.sqlite3.damaged-*") if p.is_file()]
        if spoilt not in asides:
            wrong.append("the damaged file was not kept")
        row.note("恢复好了，坏文件留着", *wrong)
    world.forget(paths)
    return row


def _two_recover(world: World, times: int) -> Row:
    """Two starts find the same damaged file."""
    row = Row("同时写", "两个进程同时遇到坏文件")
    for _ in range(times):
        paths = world.paths()
        header_overwritten(paths.user_database)
        spoilt = paths.user_database.read_bytes()
        wrong = []
        for status in _at_once(partial(_add_one, paths, "甲"), partial(_add_one, paths, "乙")):
            if status:
                wrong.append(f"a process failed: {status}")
        try:
            found = in_child(lambda p=paths: _names(p))
        except ChildError as error:
            found = [str(error)]
        if found != sorted(["奶奶", "妈妈", "爸爸", "甲", "乙"]):
            wrong.append(f"{found}")
        asides = [p for p in paths.user.glob("user.sqlite3.damaged-*") if p.suffix != ".sha256"]
        if [p.read_bytes() for p in asides] != [spoilt]:
            wrong.append(f"set aside: {[p.name for p in asides]}")
        row.note("恢复一次，两边存的都在", *wrong)
        world.forget(paths)
    return row


def _add_one(paths: Paths, name: str) -> None:
    services = open_services(paths)
    services.cases.start("card-replacement", name)
    services.close()


def _at_once(*works: Callable[[], None]) -> list[int]:
    """How each of several processes ended that all began at the same moment."""
    go, begin = os.pipe()
    children = []
    for work in works:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.close(begin)
                os.read(go, 1)
                work()
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    os.close(go)
    os.close(begin)
    return [os.waitpid(child, 0)[1] for child in children]


def _two_writers(world: World, each: int) -> Row:
    """The window and the console at once."""
    row = Row("同时写", "窗口和控制台两个进程")
    paths, other = world.paths(), world.paths()
    in_child(lambda: _many(other, each))
    file = Path(f"{paths.user}.json")

    def export() -> None:
        services = open_services(other)
        services.records.export(file, services.settings.current)
        services.close()

    in_child(export)
    children = []
    for part in ("窗口", "控制台"):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                if part == "窗口":
                    _write_many(paths, each)
                else:
                    services = open_services(paths)
                    services.records.take_in(services.records.read_file(file))
                    for number in range(each):
                        services.reading.add_bookmark(f"item-{number}", "试")
                    services.close()
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    failed = [os.waitpid(child, 0)[1] for child in children]
    wrong = in_child(lambda: _whole(paths))
    if any(failed):
        wrong.append(f"a writer failed: {failed}")
    services_names = in_child(lambda: _names(paths))
    expected = sorted(
        [
            "奶奶",
            "妈妈",
            "爸爸",
            *(f"{n} 号" for n in range(each)),
            *(f"甲{n}" for n in range(each)),
        ]
    )
    if services_names != expected:
        wrong.append(f"{len(services_names)} cases of {len(expected)}")
    with closing(sqlite3.connect(paths.user_database)) as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM bookmark WHERE item_id LIKE 'item-%'"
        ).fetchone()
    if count != each:
        wrong.append(f"{count} bookmarks of {each}")
    row.note(f"{3 * each} 次写入都在", *wrong)
    return row


def _write_many(paths: Paths, each: int) -> None:
    services = open_services(paths)
    for number in range(each):
        case = services.cases.start("card-replacement", f"甲{number}").case.id
        services.cases.apply(case, Answer(WINDOW))
        services.cases.apply(case, Tick("report-loss-phone", True))
    services.close()
