"""Which words follow which is counted phrase by phrase, and kept so that it comes back equal."""

from __future__ import annotations

from yibao_desktop.search import phrasing
from yibao_desktop.search.phrasing import EDGE, Phrasing

PHRASES = [["医保", "怎么", "交"], ["医保", "怎么", "查"], ["怎么", "交"]]


def test_words_and_what_follows_them_are_counted():
    said = Phrasing.of(PHRASES)
    assert said.used["怎么"] == 3
    assert said.after("怎么") == {"交": 2, "查": 1}
    assert said.after(EDGE) == {"医保": 2, "怎么": 1}
    assert said.after("交") == {EDGE: 2}
    assert said.after("没有的") == {}


def test_what_is_stored_comes_back_equal():
    said = Phrasing.of(PHRASES)
    again = Phrasing.from_data(said.to_data())
    assert again.used == said.used
    assert all(again.after(word) == said.after(word) for word in said.used)
    assert Phrasing.of(PHRASES[::-1]).to_data() == said.to_data()


def test_a_word_is_likelier_after_those_it_follows():
    said = Phrasing.of(PHRASES)
    alone = said.alone("交", 0.0)
    assert 0 < alone < said.alone("交", 0.1)
    assert said.alone("没有的", 0.0) == 0.0
    together = [alone + said.pair("怎么") * said.after("怎么").get(w, 0) for w in ("交", "医保")]
    assert together[0] > together[1] == alone


def test_of_a_large_library_the_commonest_pairs_are_kept(monkeypatch):
    monkeypatch.setattr(phrasing, "MOST_PAIRS", 4)
    said = Phrasing.of(PHRASES)
    assert said.after(EDGE) == {"医保": 2}
    assert said.after("怎么") == {"交": 2}
    assert sum(len(said.after(word)) for word in said.used) == 4
