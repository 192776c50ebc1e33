"""What a pack may say of itself: its id, edition, places, days and the program it is for."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from yibao_desktop.domain.packs.manifest import Manifest, pack_of, version_tuple

MADE_ON = datetime.date(2026, 11, 30)
SOUND = Manifest("chun-shi", 1, "春市的窗口", "春市", ("229900",), MADE_ON)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, ""),
        ({"id": "own"}, "id"),
        ({"id": "guide"}, "id"),
        ({"id": "春市"}, "id"),
        ({"id": "a--b"}, "id"),
        ({"id": "a" * 40}, ""),
        ({"id": "a" * 41}, "id"),
        ({"serial": 0}, "serial"),
        ({"serial": 1_000_000_000}, ""),
        ({"serial": 1_000_000_001}, "serial"),
        ({"regions": ()}, "regions"),
        ({"regions": ("2299",)}, "regions"),
        ({"regions": ("2299000",)}, "regions"),
        ({"valid_until": MADE_ON - datetime.timedelta(days=1)}, "valid_until"),
        ({"valid_until": MADE_ON + datetime.timedelta(days=1)}, ""),
        ({"min_program": "0.1.0"}, ""),
        ({"min_program": "最新"}, "min_program"),
        ({"changes": ("改了",) * 50}, ""),
        ({"changes": ("改了",) * 51}, "changes"),
    ],
)
def test_a_fault_is_told_at_its_field(change, fault):
    assert [name for name, _ in replace(SOUND, **change).faults] == ([fault] if fault else [])


def test_it_may_be_relied_on_up_to_its_last_day():
    until = replace(SOUND, valid_until=MADE_ON)
    assert not until.is_over(MADE_ON)
    assert until.is_over(MADE_ON + datetime.timedelta(days=1))
    assert not SOUND.is_over(datetime.date(2199, 1, 1))


@pytest.mark.parametrize(
    ("item", "pack"),
    [
        ("chun-shi--desk", "chun-shi"),
        ("card-replacement/chun-shi--queue", "chun-shi"),
        ("card-replacement", ""),
        ("own--documents", ""),
        ("guide--x", ""),
    ],
)
def test_an_id_tells_the_pack_that_gave_it(item, pack):
    assert pack_of(item) == pack


def test_versions_are_compared_by_their_numbers():
    assert version_tuple("0.10.0") > version_tuple("0.9")
    assert version_tuple("1.2beta") == (1, 2)
    assert version_tuple("") == ()
