"""Whatever a field takes is kept the same, in the records and through a file of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.depth import tries
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records import kept_text
from yibao_desktop.domain.records.commands import Answer, Note, Rename, SetReceipt
from yibao_desktop.domain.records.kept_text import NICKNAME, NOTE, QUERY, TextRule
from yibao_desktop.errors import UserError
from yibao_desktop.paths import Paths
from yibao_desktop.services.transfer import read_records

RULES = [rule for rule in vars(kept_text).values() if isinstance(rule, TextRule)]
ODD = [
    "\u202a12393\u202c", "\ud83d", "妈\ud83d\ude00", "a\x00b", "\x1b[31m红", "一\r\n二\r三", "\u2028行",
    " \u202e ", "\x85", "👨‍👩‍👧", "محمد", "e\u0301", "\ufffe", "\ufeff头", "𬱖", "\\N", "\t", "长" * 400,
]  # fmt: skip

anything = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(exclude_categories=()), max_size=300)
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(text=anything)
def test_what_is_kept_once_is_kept_as_it_is(rule, text):
    kept = rule.clean(text)
    assert rule.clean(kept) == kept
    kept.encode("utf-8")
    assert kept == kept.strip()
    assert rule.lines or (len(kept) <= rule.most and "\n" not in kept)


@given(text=st.text(st.characters(exclude_categories=("C", "Z")), max_size=20))
def test_ordinary_words_stay_as_they_were_typed(text):
    assert NICKNAME.clean(text) == text
    assert NOTE.kept(f"  {text}\n{text}") == f"{text}\n{text}".strip()


def test_what_is_too_long_to_be_kept_whole_is_refused_and_a_name_is_cut():
    with pytest.raises(UserError, match="有 20001 个字，最多 20000 个"):
        NOTE.kept("字" * 20_001)
    assert NOTE.kept("字" * 20_000 + "  ") == "字" * 20_000
    assert QUERY.kept("字" * 9_999) == "字" * 2_000


@pytest.fixture
def elsewhere(paths, tmp_path, clock):
    opened = open_services(Paths(paths.bundle, tmp_path / "elsewhere"), clock)
    yield opened
    opened.close()


def fill(services, texts):
    """Give each text to every field that takes one; those not taken are refused in a sentence."""
    cases, reading = services.cases, services.reading
    case = cases.start("card-replacement", "妈妈").case.id
    cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
    for number, text in enumerate(texts):
        for call in (
            lambda text=text: cases.apply(case, Rename(text)),
            lambda text=text: cases.start("e-card", text),
            lambda text=text: cases.apply(case, Note("apply-at-window", text)),
            lambda text=text: cases.apply(case, SetReceipt(text)),
            lambda text=text: reading.note_query(text),
            lambda text=text, n=number: reading.note_visit(f"item-{n}", text),
            lambda text=text, n=number: reading.add_bookmark(f"item-{n}", text),
            lambda text=text, n=number: put_bookmark(reading, f"item-{n}", text),
            lambda text=text: reading.rename_folder("妈妈的事", text),
        ):
            with suppress(UserError):
                call()


def put_bookmark(reading, item, text):
    reading.put_bookmark(replace(reading.bookmark(item), note=text, folder=text))


def everything(services):
    with services.records._user.reading() as unit:
        return (
            [kept.case for kept in unit.archive.cases()],
            unit.bookmarks.all(),
            unit.archive.visits(),
            unit.archive.queries(),
        )


@pytest.mark.deep
@settings(
    max_examples=tries(usual=8, deep=100),
)
@example(texts=ODD)
@given(texts=st.lists(anything, min_size=1, max_size=6))
def test_whatever_a_service_takes_survives_a_file_unchanged(services, elsewhere, tmp_path, texts):
    for opened in (services, elsewhere):
        for case in opened.cases.open_cases():
            opened.cases.delete(case.case.id)
        for bookmark in opened.reading.bookmarks():
            opened.reading.remove_bookmark(bookmark.item_id)
        opened.reading.clear_history()
    fill(services, texts)
    file = tmp_path / "all.json"
    done = services.records.export(file, services.settings.current, overwrite=True)
    assert done.remarks == ()
    assert read_records(file).remarks == []
    elsewhere.records.take_in(elsewhere.records.read_file(file))
    assert everything(elsewhere) == everything(services)
