"""Bookmarks in folders, visits by day, and where one must beware."""

from __future__ import annotations

import datetime

import pytest

from yibao_desktop.domain.guide.doubts import Doubt
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.records.reading import Bookmark, Visit, by_day, by_folder, mentions

UTC = datetime.UTC
CHINA = datetime.timezone(datetime.timedelta(hours=8))


def bookmark(item_id, folder="", note=""):
    return Bookmark(item_id, item_id, datetime.datetime(2026, 11, 1, tzinfo=UTC), note, folder)


def test_bookmarks_stand_in_their_folders_those_in_none_first():
    kept = [bookmark("a", "爸爸"), bookmark("b"), bookmark("c", "爸爸"), bookmark("d", "妈妈")]
    shown = [(name, [b.item_id for b in found]) for name, found in by_folder(kept)]
    assert shown == [("", ["b"]), ("妈妈", ["d"]), ("爸爸", ["a", "c"])]
    assert by_folder([]) == []


@pytest.mark.parametrize("words", ["E-CARD", "mother", "身份", ""])
def test_a_bookmark_is_found_by_title_note_and_folder(words):
    assert mentions(bookmark("e-card", "Mother", "带身份证"), words)
    assert not mentions(bookmark("e-card", "Mother", "带身份证"), "共济")


def test_visits_fall_on_the_day_it_is_here_not_in_greenwich():
    now = datetime.datetime(2026, 11, 22, 0, 30, tzinfo=CHINA)
    visits = [
        Visit("late", "late", datetime.datetime(2026, 11, 21, 16, 10, tzinfo=UTC)),
        Visit("before", "before", datetime.datetime(2026, 11, 21, 15, 50, tzinfo=UTC)),
        Visit("older", "older", datetime.datetime(2026, 11, 20, 15, 50, tzinfo=UTC)),
    ]
    days = [(day.day, [v.item_id for v in seen]) for day, seen in by_day(visits, now)]
    assert days == [(22, ["late"]), (21, ["before"]), (20, ["older"])]


@pytest.mark.parametrize(
    ("short", "advice", "further"),
    [
        ("要不要等，请问医保部门。", "请问医保部门。", ""),
        ("要不要等，请问医保部门。", "请问医保部门要等多久。", "请问医保部门要等多久。"),
    ],
)
def test_what_to_do_is_not_said_twice(short, advice, further):
    doubt = Doubt("d", "expert", RichText.of(short), (), RichText.of(advice))
    assert doubt.further_advice.plain == further
