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


def read_and_asked(reading, clock):
    """Three pages were read and three questions asked, a minute apart."""
    for number in range(3):
        reading.note_visit(f"p{number}", f"第{number}页")
        reading.note_query(f"第{number}问")
        clock.go_on(minutes=1)
    return reading


def test_what_was_forgotten_is_brought_back_and_what_came_since_stays(services, clock):
    reading = read_and_asked(services.reading, clock)
    visits, queries = reading.kept_history()
    assert [v.item_id for v in visits] == ["p2", "p1", "p0"]
    assert [q.text for q in queries] == ["第2问", "第1问", "第0问"]
    (first,) = [v for v in visits if v.item_id == "p0"]
    reading.forget_visits("p0")
    assert reading.put_visit(first) == Changes(history=True, queries=True)
    assert [v.item_id for v in reading.recent()] == ["p2", "p1", "p0"]
    reading.note_visit("p1", "第1页，后来的")
    reading.note_query("第1问")
    before = reading.recent(), reading.queries()
    reading.bring_back(visits, queries)
    assert (reading.recent(), reading.queries()) == before


def test_all_that_was_forgotten_comes_back_in_its_order(services, clock):
    reading = read_and_asked(services.reading, clock)
    kept = reading.kept_history()
    before = reading.recent(), reading.queries()
    reading.clear_history()
    assert reading.recent() == []
    reading.bring_back(*kept)
    assert (reading.recent(), reading.queries()) == before


def test_twenty_pages_are_told_unless_more_are_asked_for(services):
    for number in range(25):
        services.reading.note_visit(f"p{number}", f"第{number}页")
    assert len(services.reading.recent()) == 20
    assert len(services.reading.recent(99)) == 25
