"""What is left of conditions where a question offers fewer options."""

from __future__ import annotations

import pytest

from yibao_desktop.domain.procedure.conditions import AllOf, AnyOf, Has, In, Is, Not
from yibao_desktop.domain.procedure.narrowing import narrowed

APP, WEB, HALL = (Is("channel", way) for way in ("app", "web", "hall"))
CHILD = Is("who", "child")


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        (None, True),
        (HALL, False),
        (APP, APP),
        (CHILD, CHILD),
        (Has("what", "card"), Has("what", "card")),
        (In("channel", ("app", "hall")), APP),
        (In("channel", ("app", "web")), True),
        (In("channel", ("hall",)), False),
        (Not(HALL), True),
        (Not(APP), Not(APP)),
        (AllOf((APP, CHILD)), AllOf((APP, CHILD))),
        (AllOf((Not(HALL), CHILD)), CHILD),
        (AllOf((HALL, CHILD)), False),
        (AllOf((Not(HALL),)), True),
        (AnyOf((HALL, CHILD)), CHILD),
        (AnyOf((Not(HALL), CHILD)), True),
        (AnyOf((HALL,)), False),
    ],
)
def test_a_condition_asks_only_what_is_still_open(condition, left):
    assert narrowed(condition, "channel", ("app", "web")) == left


def test_a_single_way_decides_nothing():
    assert narrowed(APP, "channel", ("app",)) is True
    assert narrowed(WEB, "channel", ("app",)) is False
    assert narrowed(APP, "channel", ()) is False
