"""Whose word a text is, said so that no two can be taken for one another."""

from __future__ import annotations

from yibao_desktop.domain.guide.origin import OWN, THE_GUIDE, Origin, OriginKind
from yibao_desktop.domain.guide.sources import NOTICE

PACK = Origin(OriginKind.PACK, "jiangning-2026", "江宁区医保局")
ALL = (THE_GUIDE, OWN, PACK, Origin(OriginKind.PACK, "other", "别的人"))


def test_no_two_origins_are_said_alike():
    for said in ("code", "short_name", "name", "notice"):
        assert len({getattr(origin, said) for origin in ALL}) == len(ALL), said


def test_the_guides_own_word_is_announced_as_before():
    assert THE_GUIDE.notice == NOTICE
    assert THE_GUIDE.is_guide


def test_own_text_says_that_nobody_checked_it():
    assert "未核对" in OWN.name
    assert "没有核对" in OWN.notice
    assert not OWN.is_guide


def test_a_pack_is_named_by_its_publisher_and_found_by_its_id():
    assert PACK.code == "pack:jiangning-2026"
    assert "江宁区医保局" in PACK.name
    assert "江宁区医保局" in PACK.notice
