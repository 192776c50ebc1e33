"""Backups, restoring, and all records as one file."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace

import pytest

from tests.clock import NOON
from tests.conftest import ROOT
from yibao_desktop.bootstrap import UserDataServices, open_services
from yibao_desktop.domain.records.case import MaterialState
from yibao_desktop.domain.records.commands import Answer, Archive, Finish, Note, SetMaterial, Tick
from yibao_desktop.domain.records.reading import Bookmark
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.paths import Paths
from yibao_desktop.services.backup_service import Choice, preview_lines
from yibao_desktop.services.case_service import MAX_CASES
from yibao_desktop.services.transfer import FORMAT_VERSION, MAX_BYTES, MAX_VALUES, parse_records
from yibao_desktop.settings import TextSize, Theme, carried_changes
from yibao_desktop.store.backup import BackupFolder, Reason
from yibao_desktop.store.preview import preview

WINDOW = {"card": ("physical",), "channel": ("window",)}


@pytest.fixture
def filled(services):
    """Services with two cases, bookmarks, visits and queries."""
    mother = services.cases.start("card-replacement", "妈妈").case.id
    services.cases.apply(mother, Answer(WINDOW))
    services.cases.apply(mother, Tick("report-loss-phone", True))
    services.cases.apply(mother, Note("apply-at-window", "下周二去\n带身份证"))
    services.cases.apply(mother, SetMaterial("id-document", MaterialState.HAVE))
    services.cases.start("e-card", "爸爸 👨‍👩‍👧")
    services.reading.add_bookmark("pool-balance", "余额")
    services.reading.note_visit("e-card", "申请电子医保卡")
    services.reading.note_query("卡丢了")
    return services


@pytest.fixture
def elsewhere(paths, tmp_path, clock):
    """Services of another computer."""
    opened = open_services(Paths(paths.bundle, tmp_path / "elsewhere"), clock)
    yield opened
    opened.close()


@pytest.fixture
def file(filled, tmp_path):
    """Everything of the first computer, exported."""
    path = tmp_path / "我的记录.json"
    assert filled.records.export(path, filled.settings.current).cases == 2
    return path


def state(services):
    """All that is kept, in a form that can be compared."""
    return (
        sorted(services.cases.open_cases(), key=lambda v: v.case.id),
        services.reading.bookmarks(),
        [(v.item_id, v.title) for v in services.reading.recent()],
        services.reading.queries(),
    )


def test_everything_goes_from_one_computer_to_another(filled, file, elsewhere):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    plan = elsewhere.records.read_file(file)
    assert sorted(kept.case.nickname for kept in plan.new) == ["妈妈", "爸爸 👨‍👩‍👧"]
    assert (plan.same, plan.differing, plan.bookmarks, plan.visits) == (0, (), 1, 1)
    changes = elsewhere.records.take_in(plan)
    assert changes.cases == {kept.case.id for kept in plan.new}
    assert changes.bookmarks
    assert state(elsewhere) == state(filled)
    again = elsewhere.records.read_file(file)
    assert (again.new, again.same, again.differing, again.bookmarks) == ((), 2, (), 0)
    assert again.known_bookmarks == 1


@pytest.mark.parametrize(
    ("choice", "notes"), [(Choice.OURS, ["我的"]), (Choice.THEIRS, ["下周二去\n带身份证"]),
                          (Choice.BOTH, ["下周二去\n带身份证", "我的"])],
)  # fmt: skip
def test_a_case_that_differs_is_replaced_only_if_asked(filled, file, choice, notes):
    (mother,) = [v.case.id for v in filled.cases.open_cases() if v.case.nickname == "妈妈"]
    filled.cases.apply(mother, Note("apply-at-window", "我的"))
    plan = filled.records.read_file(file)
    (difference,) = plan.differing
    assert difference.ours.steps["apply-at-window"].note == "我的"
    filled.records.take_in(plan, {mother: choice})
    found = [v.case for v in filled.cases.open_cases() if v.case.nickname == "妈妈"]
    assert sorted(case.steps["apply-at-window"].note for case in found) == notes


def test_the_settings_travel_but_are_never_taken_unasked(filled, elsewhere, tmp_path):
    filled.settings.update(
        text_size=TextSize.ELDER, theme=Theme.DARK, region="320000", no_trace=True, welcomed=True
    )
    file = tmp_path / "x.json"
    filled.records.export(file, filled.settings.current)
    plan = elsewhere.records.read_file(file)
    assert plan.records.settings == filled.settings.current
    before = elsewhere.settings.current
    elsewhere.records.take_in(plan)
    assert elsewhere.settings.current == before
    changes = carried_changes(before, plan.records.settings)
    assert changes == {
        "text_size": TextSize.ELDER, "theme": Theme.DARK, "region": "320000", "no_trace": True,
    }  # fmt: skip
    elsewhere.settings.update(**changes)
    assert elsewhere.settings.current == replace(filled.settings.current, welcomed=False)


def test_a_file_from_before_the_settings_travelled_is_read(file, elsewhere):
    document = json.loads(file.read_text(encoding="utf-8"))
    settings = document.pop("settings")
    file.write_text(json.dumps(document | {"version": 1}), encoding="utf-8")
    plan = elsewhere.records.read_file(file)
    assert len(plan.new) == 2
    assert plan.records.settings is None
    file.write_text(json.dumps(document | {"version": 1, "settings": settings}), encoding="utf-8")
    with pytest.raises(UserError, match="导出的记录"):
        elsewhere.records.read_file(file)


def test_both_are_kept_where_nothing_is_chosen_and_only_once(filled, file):
    (mother,) = [v.case.id for v in filled.cases.open_cases() if v.case.nickname == "妈妈"]
    filled.cases.apply(mother, Note("apply-at-window", "我的"))
    filled.records.take_in(filled.records.read_file(file))
    assert len(filled.cases.open_cases()) == 3
    filled.records.take_in(filled.records.read_file(file))
    assert len(filled.cases.open_cases()) == 3


def test_bookmarks_and_visits_that_are_here_stay_as_they_are(filled, file):
    (bookmark,) = filled.reading.bookmarks()
    filled.reading.put_bookmark(replace(bookmark, note="我的", folder="给妈妈办"))
    filled.reading.note_visit("e-card", "申请电子医保卡")
    before = filled.reading.bookmarks(), filled.reading.recent(), filled.reading.queries()
    filled.records.take_in(filled.records.read_file(file))
    assert (filled.reading.bookmarks(), filled.reading.recent(), filled.reading.queries()) == before


def test_a_deleted_case_comes_back(filled, file):
    (mother,) = [v.case.id for v in filled.cases.open_cases() if v.case.nickname == "妈妈"]
    filled.cases.delete(mother)
    plan = filled.records.read_file(file)
    assert [kept.case.id for kept in plan.new] == [mother]
    filled.records.take_in(plan)
    assert filled.cases.view(mother).case.steps["apply-at-window"].note == "下周二去\n带身份证"


def test_a_file_that_says_the_moment_of_a_tick_is_read(file, elsewhere):
    document = json.loads(file.read_text(encoding="utf-8"))
    for kept in document["cases"]:
        for mark in kept["case"]["steps"].values():
            day = mark.pop("done_on")
            mark["done_at"] = day and f"{day}T04:00:00+00:00"
        kept["case"]["accepted_at"] = kept["case"].pop("accepted_on") or "2026-06-15T04:00:00+00:00"
    file.write_text(json.dumps(document | {"version": 2}), encoding="utf-8")
    elsewhere.records.take_in(elsewhere.records.read_file(file))
    (mother,) = [v.case for v in elsewhere.cases.open_cases() if v.case.nickname == "妈妈"]
    assert mother.steps["report-loss-phone"].done_on == NOON.date()
    assert mother.accepted_on == NOON.date()


def test_a_case_that_a_restored_backup_does_not_know_cannot_be_brought_back(services):
    services.reading.add_bookmark("e-card", "申请电子医保卡")
    services.records.keep()
    case = services.cases.start("card-replacement", "妈妈").case.id
    services.cases.delete(case)
    services.records.restore(services.records.backups()[0].name)
    for change in (services.cases.restore, services.cases.delete):
        with pytest.raises(UserError, match="已经不在了"):
            change(case)
    assert services.cases.open_cases() == []


def test_what_is_read_in_is_backed_up_first(filled, file, paths):
    filled.records.take_in(filled.records.read_file(file))
    assert [b.reason for b in BackupFolder(paths.user_database).all()] == [Reason.IMPORT]


def test_a_backup_is_seen_into_and_restored(filled, paths):
    filled.records.keep()
    before = state(filled)
    (mother,) = [v.case.id for v in filled.cases.open_cases() if v.case.nickname == "妈妈"]
    (view,) = filled.records.backups()
    assert {(c.nickname, c.procedure) for c in view.preview.cases} == {
        ("妈妈", "card-replacement"), ("爸爸 👨‍👩‍👧", "e-card"),
    }  # fmt: skip
    assert view.preview.bookmarks == 1
    filled.cases.apply(mother, Note("apply-at-window", "别的"))
    late = filled.cases.start("e-card", "爷爷").case.id
    filled.reading.remove_bookmark("pool-balance")
    changes = filled.records.restore(view.name)
    assert {mother, late} <= changes.cases
    assert state(filled) == before
    kept = next(b for b in filled.records.backups() if b.reason == "恢复备份之前")
    assert "爷爷" in {c.nickname for c in kept.preview.cases}
    filled.records.restore(kept.name)
    assert filled.cases.view(late).case.nickname == "爷爷"
    (leftover,) = [[p.name for p in paths.user.rglob(".restored*")]]
    assert leftover == []


def test_a_backup_tells_finished_from_put_away(filled):
    cases = {v.case.nickname[:2]: v.case.id for v in filled.cases.open_cases()}
    for step in filled.cases.view(cases["妈妈"]).plan.steps:
        filled.cases.apply(cases["妈妈"], Tick(step.step.id, True))
    filled.cases.apply(cases["妈妈"], Finish())
    filled.cases.apply(cases["爸爸"], Archive())
    filled.records.keep()
    (view,) = filled.records.backups()
    told = preview_lines(view.preview, {})
    assert sum("（办好了）" in line for line in told) == 1
    assert sum("（收起来了）" in line for line in told) == 1


@pytest.mark.parametrize("old", sorted((ROOT / "tests" / "data").glob("user-*.sqlite3")))
def test_a_backup_of_every_version_is_seen_into(old):
    assert [case.nickname for case in preview(old).cases]


def test_a_spoilt_backup_is_told_and_changes_nothing(filled, paths):
    filled.records.keep()
    (backup,) = BackupFolder(paths.user_database).all()
    backup.path.write_bytes(backup.path.read_bytes()[:5000])
    before = state(filled)
    (view,) = filled.records.backups()
    assert view.preview is None
    with pytest.raises(DataError, match="坏了"):
        filled.records.restore(view.name)
    with pytest.raises(UserError, match="不在了"):
        filled.records.restore("../user.sqlite3")
    assert state(filled) == before


def test_a_file_is_not_overwritten_unasked(filled, file):
    before = file.read_bytes()
    with pytest.raises(UserError, match="已经有"):
        filled.records.export(file, filled.settings.current)
    assert file.read_bytes() == before
    filled.records.export(file, filled.settings.current, overwrite=True)
    with pytest.raises(DataError, match="写不到"):
        filled.records.export(file.parent / "no such" / "x.json", filled.settings.current)


def set_at(document, path, value):
    for name in path[:-1]:
        document = document[name]
    document[path[-1]] = value


REFUSED = [
    (("version",), True), (("version",), "1"), (("format",), "other"), (("more",), 1),
    (("cases",), {}), (("settings",), {"more": 1}), (("visits",), "all"),
]  # fmt: skip

PASSED_OVER = [
    (("cases", 0), 1), (("cases", 0, "case", "id"), "../../etc/passwd"),
    (("cases", 0, "case", "id"), ""), (("cases", 0, "case", "id"), 7),
    (("cases", 0, "case", "procedure"), "/etc/passwd"), (("cases", 0, "case", "nickname"), 1),
    (("cases", 0, "case", "updated_at"), "yesterday"),
    (("cases", 0, "case", "updated_at"), "2026-11-22T09:00:00"),
    (("cases", 0, "case", "updated_at"), "0001-01-01T00:00:00+14:00"),
    (("cases", 0, "case", "region"), "<script>"), (("cases", 0, "case", "unknown"), 1),
    (("cases", 0, "case", "steps"), {"../x": {"done_on": None, "note": ""}}),
    (("cases", 0, "case", "steps"), {"x": {"done_on": "soon", "note": ""}}),
    (("cases", 0, "case", "materials"), {"id": "stolen"}),
    (("cases", 0, "events"), [{"at": "x", "event": "y", "detail": ""}]),
    (("bookmarks", 0, "item_id"), "file:///etc/passwd"), (("bookmarks", 0, "item_id"), "a/../b"),
    (("visits", 0, "item_id"), "javascript:alert(1)"), (("visits", 0), []),
    (("queries", 0, "text"), "\u202a \x00"), (("settings", "text_size"), "huge"),
    (("settings", "region"), "../etc"), (("settings", "no_trace"), 1), (("settings", "more"), 1),
    (("settings", "theme"), None), (("settings",), []),
]  # fmt: skip

MENDED = [
    (("cases", 0, "case", "nickname"), "妈\x00妈", "妈妈"),
    (("cases", 0, "case", "nickname"), "妈\u202e妈", "妈妈"),
    (("cases", 0, "case", "nickname"), "\ud800 ", "没有称呼"),
    (("cases", 0, "case", "nickname"), "妈" * 300, "妈" * 20),
    (("cases", 0, "case", "updated_at"), "1904-01-01T00:00:00+00:00", "1970-01-02T00:00:00+00:00"),
    (("cases", 0, "case", "updated_at"), "9999-12-31T23:59:59+00:00", "2199-12-30T00:00:00+00:00"),
    (("cases", 0, "case", "answers"), {"born": ["9999-12-31"], "x": ["a"]}, {"x": ["a"]}),
    (("cases", 0, "case", "answers"), {"born": ["0001-01-01"]}, {}),
    (("cases", 0, "case", "steps"), {"x": {"done_on": "9999-12-31", "note": "a\r\nb\u2067"}},
     {"x": {"done_on": "2199-12-30", "note": "a\nb"}}),
    (("bookmarks", 0, "title"), "", "pool-balance"), (("bookmarks", 0, "note"), " a\x1b[1m", "a[1m"),
    (("visits", 0, "title"), "标" * 300, "标" * 200),
    (("visits", 0, "visited_at"), "2200-01-01T00:00:00+00:00", "2199-12-30T00:00:00+00:00"),
    (("queries", 0, "text"), "\u202a12393\u202c", "12393"),
]  # fmt: skip


def spoil(file, path, value):
    document = json.loads(file.read_text(encoding="utf-8"))
    set_at(document, path, value)
    file.write_text(json.dumps(document), encoding="utf-8")
    return document


@pytest.mark.parametrize(("path", "value"), REFUSED, ids=lambda v: repr(v)[:40])
def test_a_file_that_is_not_built_as_ours_is_refused(filled, file, path, value):
    if path == ("settings",):
        document = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**document, "version": 1}), encoding="utf-8")
    else:
        spoil(file, path, value)
    before = state(filled)
    with pytest.raises(UserError, match="导出的记录"):
        filled.records.read_file(file)
    assert state(filled) == before


@pytest.mark.parametrize(("path", "value"), PASSED_OVER, ids=lambda v: repr(v)[:40])
def test_an_entry_no_file_of_ours_holds_is_passed_over_and_told(elsewhere, file, path, value):
    document = spoil(file, path, value)
    plan = elsewhere.records.read_file(file)
    (told,) = plan.notices
    assert "没有读入的：1 条" in told
    whole = {name: len(document[name]) for name in ("cases", "bookmarks", "visits", "queries")}
    elsewhere.records.take_in(plan)
    taken = dict(zip(whole, map(len, state(elsewhere)), strict=True))
    assert taken == whole | ({path[0]: whole[path[0]] - 1} if path[0] in whole else {})
    assert (plan.records.settings is None) == (path[0] == "settings")


@pytest.mark.parametrize(("path", "value", "kept"), MENDED, ids=lambda v: repr(v)[:40])
def test_a_value_out_of_its_limits_is_mended_and_told(elsewhere, file, tmp_path, path, value, kept):
    spoil(file, path, value)
    plan = elsewhere.records.read_file(file)
    (told,) = plan.notices
    assert "整理过的：1 条" in told
    elsewhere.records.take_in(plan)
    again = tmp_path / "again.json"
    assert elsewhere.records.export(again, elsewhere.settings.current).remarks == ()
    entry = json.loads(again.read_text(encoding="utf-8"))
    for name in path:
        entry = entry[name]
    assert entry == kept


def test_a_file_of_which_nothing_can_be_read_is_refused(filled, file):
    empty = {"cases": [1], "bookmarks": [2], "visits": [], "queries": [{}], "settings": 3}
    document = json.loads(file.read_text(encoding="utf-8")) | empty
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UserError, match="导出的记录"):
        filled.records.read_file(file)


def test_records_of_an_older_program_are_brought_within_limits_when_they_are_written(filled, file):
    with filled.records._user.writing() as unit:
        unit.queries.add("\u202a12393\u202c", NOON)
        unit.bookmarks.add(Bookmark("x", "一\x07页", NOON, note="注" * 30_000))
        unit.commit()
    told = filled.records.export(file, filled.settings.current, overwrite=True).remarks
    assert [("2 条" in t, "12393" in t, "一页" in t) for t in told] == [(True, True, True)]
    plan = filled.records.read_file(file)
    assert plan.remarks == ()
    assert [len(b.note) for b in plan.records.bookmarks if b.item_id == "x"] == [30_000]


def test_a_note_that_differs_in_the_file_is_told(filled, file):
    (bookmark,) = filled.reading.bookmarks()
    filled.reading.put_bookmark(replace(bookmark, note="我的"))
    spoil(file, ("bookmarks", 0, "note"), "文件里的")
    plan = filled.records.read_file(file)
    assert plan.notices == ["这些收藏两边的备注或文件夹不一样，留的是这里的：余额。"]
    filled.records.take_in(plan)
    assert filled.reading.bookmarks()[0].note == "我的"


def test_a_file_of_all_cases_that_can_be_kept_can_be_read(services, tmp_path):
    """Measured on one finished case of each procedure, with a note on every step."""
    worst_bytes = worst_values = 0
    for number, procedure in enumerate(services.procedures.procedures()):
        case = services.cases.start(procedure.id, "二十个字的一个称呼二十个字的一个称呼").case.id
        while (view := services.cases.view(case)).plan.open_questions:
            question = view.plan.open_questions[0]
            day = services.clock.today().isoformat()
            answer = day if question.kind == "date" else question.options[0].id
            services.cases.apply(case, Answer({question.id: (answer,)}))
        for planned in view.plan.steps:
            services.cases.apply(case, Tick(planned.step.id, True))
            services.cases.apply(
                case, Note(planned.step.id, "3 号窗口，下周二去拿，带身份证和旧卡")
            )
        for planned in view.plan.materials:
            services.cases.apply(case, SetMaterial(planned.material.id, MaterialState.HAVE))
        file = tmp_path / f"{number}.json"
        services.records.export(file, services.settings.current)
        text = file.read_text(encoding="utf-8")
        services.cases.delete(case)
        worst_bytes = max(worst_bytes, len(text.encode()))
        worst_values = max(worst_values, text.count("[") + text.count("{"))
    assert worst_bytes * MAX_CASES < MAX_BYTES
    assert worst_values * MAX_CASES < MAX_VALUES


def test_no_more_cases_are_begun_or_read_in_than_a_file_can_hold(services, file, monkeypatch):
    for module in ("case_service", "backup_service"):
        monkeypatch.setattr(f"yibao_desktop.services.{module}.MAX_CASES", 2)
    assert len(services.cases.open_cases()) == 2
    with pytest.raises(UserError, match="不能再多了"):
        services.cases.start("e-card", "第三个")
    mother = services.cases.open_cases()[0].case.id
    services.cases.delete(mother)
    services.cases.start("e-card", "第三个")
    with pytest.raises(UserError, match="不能再多了"):
        services.records.take_in(services.records.read_file(file))
    assert len(services.cases.open_cases()) == 2


def test_what_was_written_is_read_again_before_it_is_said_to_be_there(filled, file, monkeypatch):
    before = file.read_bytes()

    def spoil_unfinished(_handle):
        (unfinished,) = file.parent.glob(".*.new")
        unfinished.write_bytes(unfinished.read_bytes()[:-9])

    with monkeypatch.context() as patched, pytest.raises(DataError, match="对不上"):
        patched.setattr("os.fsync", spoil_unfinished)
        filled.records.export(file, filled.settings.current, overwrite=True)
    assert file.read_bytes() == before
    assert list(file.parent.glob(".*.new")) == []


def test_records_that_cannot_be_read_are_not_written_over_those_that_could(filled, file, paths):
    filled.close()
    with closing(sqlite3.connect(paths.user_database)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    newer = UserDataServices(paths)
    assert (newer.records.kept, newer.records.complete) == (False, False)
    assert "读不出来" in newer.records.news
    with pytest.raises(DataError, match="什么也没有存"):
        newer.records.export(file, filled.settings.current, overwrite=True)
    newer.close()
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{", "[" * 100_000, '{"a":' * 50_000, "1" * 10_000, '{"format": NaN}',
     '{"format": "yibao-records", "format": "yibao-records", "version": 1}', "[]," * 500_001,
     '{"format": "yibao-records", "version": 1e999}', "\ufeff{}"],
    ids=range(12),
)  # fmt: skip
def test_a_text_that_is_no_export_is_refused(text):
    with pytest.raises(UserError) as caught:
        parse_records(text)
    assert "没有读入任何东西" in caught.value.hint


def test_a_newer_file_is_refused_by_name(file, filled):
    document = json.loads(file.read_text(encoding="utf-8"))
    document["version"] = FORMAT_VERSION + 1
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UserError, match="更新的版本"):
        filled.records.read_file(file)


def test_a_file_that_is_none_is_told(filled, tmp_path):
    with pytest.raises(DataError, match="读不了"):
        filled.records.read_file(tmp_path / "nothing.json")
    with pytest.raises(UserError, match="普通文件"):
        filled.records.read_file(tmp_path)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError):
        filled.records.read_file(tmp_path / "binary")
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(MAX_BYTES + 1)
    with pytest.raises(UserError, match="太大"):
        filled.records.read_file(tmp_path / "huge")


def test_html_stays_text(filled, file, elsewhere):
    plan = elsewhere.records.read_file(file)
    odd = replace(plan.records.bookmarks[0], title="<img src=file:///etc/passwd>")
    elsewhere.records.take_in(replace(plan, records=replace(plan.records, bookmarks=(odd,))))
    assert [b.title for b in elsewhere.reading.bookmarks()] == [odd.title]
