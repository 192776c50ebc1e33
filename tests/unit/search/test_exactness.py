"""A short string finds every passage that contains it, before anything else."""

from __future__ import annotations

import random
import re

import pytest

from yibao_desktop.search.lexicon import Lexicon
from yibao_desktop.search.segmenter import characters

SAMPLES = 300
NOT_SEARCHED = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")


@pytest.fixture
def passages(content):
    return content.passages()


def sample(passages, chance: random.Random) -> str:
    """One to eight letters, digits and Chinese characters in a row, from some passage."""
    passage = chance.choice(passages)
    text = chance.choice([passage.title, passage.body, *passage.names])
    run = chance.choice([r for r in NOT_SEARCHED.split(text) if r] or ["医保"])
    length = chance.randint(1, 8)
    start = chance.randrange(max(1, len(run) - length + 1))
    return run[start : start + length]


def test_short_strings_are_found_wherever_they_stand(services, content, passages):
    normalise = Lexicon.from_data(content.lexicon()).normalise

    def spaced(text: str) -> str:
        return f" {characters(normalise(text))} "

    texts = {
        p.item_id: [spaced(t) for t in (f"{p.title} {p.heading}", p.body, *p.names)]
        for p in passages
    }
    asked = {p.item_id: {spaced(question) for question in p.asked} for p in passages}
    chance = random.Random(7)
    for _ in range(SAMPLES):
        query = sample(passages, chance)
        wanted = {i for i, each in texts.items() if any(spaced(query) in text for text in each)}
        wanted |= {i for i, questions in asked.items() if spaced(query) in questions}
        found = [h.passage.item_id for h in services.search.search(query, limit=0).hits]
        assert set(found[: len(wanted)]) == wanted, query


def test_snippets_are_cut_from_the_original_text(services, passages):
    bodies = {p.item_id: " ".join(p.body.split()) for p in passages}
    for query in ("挂失", "12333", "国家医保服务平台APP", "醫保卡", "工作日", "qifuxian"):
        for hit in services.search.search(query, limit=0).hits:
            assert hit.snippet.text.strip("…") in bodies[hit.passage.item_id]
            assert all(0 <= a < b <= len(hit.snippet.text) for a, b in hit.snippet.marks)


def test_what_stands_there_as_it_was_asked_is_marked_whole(services):
    """And not word by word, though it is several."""
    query = "各地快慢不同"
    hit = services.search.search(query).hits[0]
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == [query]
