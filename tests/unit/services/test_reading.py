"""What is kept of reading, and what is not where no trace is to be left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from yibao_desktop.errors import UserError
from yibao_desktop.services.changes import Changes


def rows(paths, table):
    with closing(sqlite3.connect(paths.user_database)) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_keeping_a_page_again_leaves_its_note(services):
    reading = services.reading
    reading.add_bookmark("e-card", "申请电子医保卡")
    written = replace(reading.bookmark("e-card"), note="周二去", folder="妈妈的事")
    assert reading.put_bookmark(written).bookmarks
    reading.add_bookmark("e-card", "申请电子医保卡")
    assert reading.bookmarks() == [written]
    reading.remove_bookmark("e-card")
    reading.put_bookmark(written)
    assert reading.bookmark("e-card") == written


def test_a_folder_gets_another_name_or_goes_up_in_another(services):
    reading = services.reading
    for item, folder in (("a", "妈妈"), ("b", "爸爸"), ("c", "")):
        reading.add_bookmark(item, item)
        reading.put_bookmark(replace(reading.bookmark(item), folder=folder))
    assert reading.rename_folder("妈妈", "爸爸").bookmarks
    assert {b.item_id: b.folder for b in reading.bookmarks()} == {"a": "爸爸", "b": "爸爸", "c": ""}
    reading.rename_folder("爸爸", "")
    assert {b.folder for b in reading.bookmarks()} == {""}


def test_several_bookmarks_come_back_all_or_none(services):
    reading = services.reading
    for item in ("a", "b"):
        reading.add_bookmark(item, item)
    before = {bookmark.item_id: bookmark for bookmark in reading.bookmarks()}
    moved = [replace(before["a"], folder="妈妈"), replace(before["b"], note="字" * 20_001)]
    with pytest.raises(UserError):
        reading.put_bookmarks(moved)
    assert {bookmark.item_id: bookmark for bookmark in reading.bookmarks()} == before
    reading.put_bookmarks([moved[0], replace(before["b"], folder="妈妈")])
    assert {bookmark.folder for bookmark in reading.bookmarks()} == {"妈妈"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("医保卡", ["补办医保卡", "电子医保卡"]),
        ("QQ", ["qq 怎么办"]),
        ("%", []),
        ("", ["补办医保卡", "电子医保卡", "qq 怎么办"]),
    ],
)
def test_what_was_read_is_found_by_a_part_of_its_title(services, words, found):
    for title in ("qq 怎么办", "电子医保卡", "补办医保卡"):
        services.reading.note_visit(title, title)
    assert [v.title for v in services.reading.recent(9, words)] == found


def test_one_page_is_forgotten_however_often_it_was_read(services, paths):
    reading = services.reading
    for item in ("a", "b", "a"):
        reading.note_visit(item, item)
    assert reading.forget_visits("a").history
    assert [v.item_id for v in reading.recent()] == ["b"]
    assert rows(paths, "visit") == 1


def test_without_a_trace_nothing_is_stored_but_cases_and_bookmarks(services, paths):
    services.settings.update(no_trace=True)
    assert services.reading.note_visit("e-card", "申请电子医保卡") == Changes()
    assert services.reading.note_query("卡丢了") == Changes()
    services.cases.start("card-replacement", "妈妈")
    services.reading.add_bookmark("e-card", "申请电子医保卡")
    assert (rows(paths, "visit"), rows(paths, "query_history")) == (0, 0)
    assert (rows(paths, "case_file"), rows(paths, "bookmark")) == (1, 1)
    services.settings.update(no_trace=False)
    services.reading.note_visit("e-card", "申请电子医保卡")
    assert rows(paths, "visit") == 1
