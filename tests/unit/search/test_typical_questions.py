"""What people typically ask leads to the passage it was written for."""

from __future__ import annotations

from yibao_desktop.search.results import Match


def test_every_typical_question_is_answered_by_its_own_passage(guide):
    led_astray = []
    for passage in guide.content.passages():
        for question in passage.asked:
            found = guide.search.search(question, limit=1)
            if found.match is not Match.DIRECT or found.hits[0].passage.item_id != passage.item_id:
                led_astray.append((question, passage.item_id, found.match))
    assert not led_astray
