"""What was done last comes first, whatever the clock of the computer says meanwhile."""

from __future__ import annotations

import datetime
import json
import shutil
import sqlite3
import time
from contextlib import closing

import pytest

from tests.clock import NOON
from tests.conftest import ROOT
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Accept, Answer, Rename, SetDoneDay, Tick
from yibao_desktop.domain.records.order import merged
from yibao_desktop.paths import Paths
from yibao_desktop.store.reading_repository import KEPT_QUERIES, KEPT_VISITS
from yibao_desktop.store.user_database import UserDatabase

CLOCKS = {
    "right": [NOON + n * datetime.timedelta(hours=1) for n in range(4)],
    "standing still": [NOON] * 4,
    "going back": [NOON - n * datetime.timedelta(days=400) for n in range(4)],
    "ahead for a while": [NOON, NOON.replace(year=2150), NOON, NOON.replace(year=1971)],
}


@pytest.fixture(params=CLOCKS.values(), ids=CLOCKS)
def moments(request):
    return request.param


@pytest.fixture
def elsewhere(paths, tmp_path, clock):
    opened = open_services(Paths(paths.bundle, tmp_path / "elsewhere"), clock)
    yield opened
    opened.close()


@pytest.fixture
def zone(monkeypatch):
    """Moves the computer to another time zone."""

    def move(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def fill(services, clock, moments):
    for number, moment in enumerate(moments):
        clock.moment = moment
        case = services.cases.start("e-card", f"第{number}个").case.id
        services.reading.add_bookmark(f"item-{number}", f"第{number}页")
        services.reading.note_visit(f"item-{number}", f"第{number}页")
        services.reading.note_query(f"第{number}问")
    return case


def seen(services):
    reading = services.reading
    return [
        [view.case.nickname for view in services.cases.open_cases()],
        [bookmark.title for bookmark in reading.bookmarks()],
        [visit.title for visit in reading.recent()],
        reading.queries(),
    ]


def test_the_newest_comes_first(services, clock, moments):
    fill(services, clock, moments)
    assert seen(services) == [[f"第{n}{what}" for n in (3, 2, 1, 0)] for what in "个页页问"]


def test_it_does_so_on_another_computer(services, elsewhere, clock, moments, tmp_path):
    fill(services, clock, moments)
    file = tmp_path / "x.json"
    services.records.export(file, services.settings.current)
    elsewhere.records.take_in(elsewhere.records.read_file(file))
    assert seen(elsewhere) == seen(services)


def test_what_comes_from_elsewhere_lies_between_by_its_time(services, elsewhere, clock, tmp_path):
    fill(services, clock, [NOON.replace(hour=hour) for hour in (1, 5)])
    clock.moment = NOON.replace(hour=3)
    elsewhere.cases.start("e-card", "别处")
    elsewhere.reading.add_bookmark("other", "别处")
    elsewhere.reading.note_visit("other", "别处")
    elsewhere.reading.note_query("别处")
    file = tmp_path / "x.json"
    elsewhere.records.export(file, elsewhere.settings.current)
    services.records.take_in(services.records.read_file(file))
    assert seen(services) == [[f"第1{what}", "别处", f"第0{what}"] for what in "个页页问"]
    clock.moment = NOON.replace(year=2000)
    services.reading.note_visit("item-0", "第0页")
    services.reading.note_query("第0问")
    assert seen(services)[2:] == [[f"第0{what}", f"第1{what}", "别处"] for what in "页问"]


def test_each_keeps_its_own_order():
    ours, theirs = [(NOON, "a"), (NOON.replace(year=2100), "b")], [(NOON.replace(year=2050), "c")]
    assert [name for _, name in merged(ours, theirs, lambda entry: entry[0])] == ["c", "a", "b"]
    assert merged([], theirs, lambda entry: entry[0]) == theirs


def test_a_case_changed_comes_first_and_one_brought_back_to_its_place(services, clock, moments):
    last = fill(services, clock, moments)
    (first,) = [v.case.id for v in services.cases.open_cases() if v.case.nickname == "第0个"]
    services.cases.apply(first, Rename("改了"))
    services.cases.delete(last)
    services.cases.restore(last)
    assert seen(services)[0] == ["改了", "第3个", "第2个", "第1个"]


def test_a_bookmark_taken_back_has_its_place_again(services, clock):
    fill(services, clock, CLOCKS["right"])
    before = services.reading.bookmarks()
    services.reading.remove_bookmark("item-1")
    services.reading.put_bookmark(before[2])
    assert services.reading.bookmarks() == before


@pytest.mark.parametrize("moments", [CLOCKS["ahead for a while"]], ids=["ahead"])
def test_history_is_pruned_to_what_was_read_last(services, clock, moments):
    fill(services, clock, moments)
    for number in range(KEPT_VISITS - 1):
        services.reading.note_visit(f"p{number}", f"p{number}")
    for number in range(KEPT_QUERIES - 1):
        services.reading.note_query(f"q{number}")
    titles = [visit.title for visit in services.reading.recent(999)]
    assert titles == [*(f"p{n}" for n in reversed(range(KEPT_VISITS - 1))), "第3页"]
    assert services.reading.queries() == [*(f"q{n}" for n in reversed(range(49))), "第3问"]


def test_a_file_with_more_history_than_is_kept_brings_the_newest(services, elsewhere, tmp_path):
    elsewhere.reading.note_visit("old", "这里的")
    services.reading.note_visit("x", "x")
    file = tmp_path / "x.json"
    services.records.export(file, services.settings.current)
    document = json.loads(file.read_text(encoding="utf-8"))
    (visit,) = document["visits"]
    document["visits"] = [
        visit | {"item_id": f"p{n}", "visited_at": f"2026-07-01T00:00:{59 - n % 60:02}+00:00"}
        for n in range(30_000)
    ]
    file.write_text(json.dumps(document), encoding="utf-8")
    plan = elsewhere.records.read_file(file)
    assert plan.remarks == ()
    elsewhere.records.take_in(plan)
    assert [v.item_id for v in elsewhere.reading.recent(999)] == [
        f"p{n}" for n in range(KEPT_VISITS)
    ]


def test_a_step_done_on_a_day_stays_on_it_in_another_time_zone(services, clock, zone):
    case = services.cases.start("card-replacement", "妈妈").case.id
    services.cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    zone("Asia/Shanghai")
    clock.moment = datetime.datetime(2026, 6, 14, 17, tzinfo=datetime.UTC)
    services.cases.apply(case, Tick("report-loss-phone", True))
    services.cases.apply(case, Tick("apply-at-window", True))
    services.cases.apply(case, SetDoneDay("apply-at-window", datetime.date(2026, 6, 13)))
    services.cases.apply(case, Accept(True))
    for name in ("Pacific/Kiritimati", "America/Los_Angeles", "Asia/Shanghai"):
        zone(name)
        kept = services.cases.view(case).case
        assert kept.accepted_on == datetime.date(2026, 6, 15)
        assert kept.done_days == {
            "report-loss-phone": datetime.date(2026, 6, 15),
            "apply-at-window": datetime.date(2026, 6, 13),
        }


def test_ticks_of_older_programs_keep_the_day_it_was_here(tmp_path, zone):
    path = tmp_path / "user.sqlite3"
    shutil.copy(ROOT / "tests" / "data" / "user-2.sqlite3", path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE case_step SET done_at = '2025-04-23T17:30:00.123456+00:00' WHERE done_at NOTNULL"
        )
        connection.execute("UPDATE case_file SET accepted_at = '2025-04-23T16:00:00+00:00'")
        connection.commit()
    zone("Asia/Shanghai")
    database = UserDatabase(path, ROOT / "db" / "migrations")
    with database.reading() as unit:
        days = [case.done_days for case in unit.cases.all() if case.steps]
        assert {case.accepted_on for case in unit.cases.all()} == {datetime.date(2025, 4, 24)}
    database.close()
    assert days == [{"report-loss-phone": datetime.date(2025, 4, 24)}]
