"""What people typically ask leads to the passage it was written for."""

from __future__ import annotations

import pytest

from tests.depth import tries
from tests.evaluation.left_out import PARTS, ask_left_out, share_found
from yibao_desktop.paths import Paths
from yibao_desktop.search.results import Match

FOUND_FIRST = 0.4
FOUND_IN_THREE = 0.65
"""Of the questions left out, at least this share finds its own passage first, or in three."""


@pytest.fixture(scope="module")
def left_out(bundle):
    parts = range(tries(usual=1, deep=PARTS))
    return list(ask_left_out(Paths(bundle, bundle), parts))


@pytest.mark.deep
def test_a_question_never_seen_finds_the_passage_it_was_written_for(left_out):
    assert share_found(left_out, 1) >= FOUND_FIRST
    assert share_found(left_out, 3) >= FOUND_IN_THREE


@pytest.mark.slow
def test_every_typical_question_is_answered_by_its_own_passage(guide):
    led_astray = []
    for passage in guide.content.passages():
        for question in passage.asked:
            found = guide.search.search(question, limit=1)
            if found.match is not Match.DIRECT or found.hits[0].passage.item_id != passage.item_id:
                led_astray.append((question, passage.item_id, found.match))
    assert not led_astray
