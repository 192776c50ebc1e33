"""Nothing search goes by is there for nothing: without each, a question goes wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import ROOT
from yibao_desktop.search.candidate import Evidence, Feature
from yibao_desktop.search.ranking import BY_WORDS, WITH_MEANING, read_rankings
from yibao_desktop.search.results import Match


def test_the_weights_are_for_what_is_known():
    rankings = read_rankings(ROOT / "resources")
    assert rankings[WITH_MEANING].order.keys() == set(Feature)
    assert rankings[BY_WORDS].order.keys() == {Feature.COVERAGE, Feature.LIKENESS, Feature.PLACE}
    for ranking in rankings.values():
        assert ranking.verdict.keys() == {Match.NEAR, Match.DIRECT}
        assert 0 < ranking.sure < 1
        assert 0 < ranking.nothing < 1
    assert rankings[WITH_MEANING].verdict[Match.DIRECT].keys() == set(Evidence)


def test_the_verdict_follows_the_probabilities():
    ranking = replace(read_rankings(ROOT / "resources")[WITH_MEANING], sure=0.4, nothing=0.7)

    def verdict(none: float, near: float, direct: float) -> Match:
        return ranking.verdict_of({Match.NONE: none, Match.NEAR: near, Match.DIRECT: direct})

    assert verdict(0.3, 0.3, 0.4) is Match.DIRECT
    assert verdict(0.65, 0.0, 0.35) is Match.NEAR
    assert verdict(0.75, 0.0, 0.25) is Match.NONE
    sums = ranking.probabilities(dict.fromkeys(Evidence, 0.0))
    assert sum(sums.values()) == pytest.approx(1)
