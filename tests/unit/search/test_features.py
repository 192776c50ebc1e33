"""Nothing search goes by is there for nothing: without each, a question with known answer goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace

import pytest

from tests.conftest import ROOT
from tests.evaluation.__main__ import LEARNT_WITH, learnt_with
from tests.evaluation.asked import set_rows
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.paths import RANKING_FILE, Paths
from yibao_desktop.search.candidate import Evidence, Feature
from yibao_desktop.search.ranking import BY_WORDS, WITH_MEANING, Ranking, read_rankings
from yibao_desktop.search.results import Match
from yibao_desktop.search.weighing import CONSIDERED, Search, Weighed

RESOURCES = ROOT / "resources"


@dataclass(frozen=True, slots=True)
class Known:
    """A question taken apart, and the numbers of the passages that answer it."""

    wanted: frozenset[int]
    weighed: Weighed


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    return read_rankings(RESOURCES)[WITH_MEANING]


@pytest.fixture(scope="module")
def known(bundle) -> list[Known]:
    with closing(ContentServices(Paths(bundle, bundle))) as guide:
        engine = guide.search._engine
        numbers = {passage.item_id: passage.number for passage in guide.content.passages()}
        with guide.content.connection() as connection:
            search = Search(connection, None, CONSIDERED)
            return [
                Known(frozenset(numbers[item] for item in row["want"]), weighed)
                for row in set_rows("train")
                if (
                    weighed := engine._weigher.weigh(
                        search, engine._reader.read(connection, row["q"])
                    )
                ).candidates
                and not any(candidate.is_exact for candidate in weighed.candidates)
            ]


def best_is_right(ranking: Ranking, one: Known) -> bool:
    best = max(one.weighed.candidates, key=lambda c: (ranking.score(c), -c.number))
    return best.number in one.wanted


def verdict_is_right(ranking: Ranking, one: Known) -> bool:
    for candidate in one.weighed.candidates:
        candidate.score = ranking.score(candidate)
    best = max(one.weighed.candidates, key=lambda c: (c.score, -c.number))
    verdict = ranking.verdict_of(ranking.probabilities(one.weighed.evidence(best)))
    return (verdict is Match.DIRECT) == bool(one.wanted)


def goes_wrong(
    holds: Callable[[Ranking, Known], bool], ranking: Ranking, without: Ranking, known: list[Known]
) -> bool:
    """Whether something that holds does not hold without."""
    return any(holds(ranking, one) and not holds(without, one) for one in known)


@pytest.mark.parametrize("feature", Feature)
def test_without_a_feature_a_question_finds_the_wrong_passage(ranking, known, feature):
    without = replace(ranking, order=ranking.order | {feature: 0.0})
    assert goes_wrong(best_is_right, ranking, without, [one for one in known if one.wanted])


@pytest.mark.parametrize("evidence", Evidence)
def test_without_a_piece_of_evidence_a_verdict_is_wrong(ranking, known, evidence):
    verdict = {match: weights | {evidence: 0.0} for match, weights in ranking.verdict.items()}
    assert goes_wrong(verdict_is_right, ranking, replace(ranking, verdict=verdict), known)


def test_the_weights_are_for_what_is_known(ranking):
    by_words = read_rankings(RESOURCES)[BY_WORDS]
    assert ranking.order.keys() == set(Feature)
    assert ranking.verdict[Match.DIRECT].keys() == set(Evidence)
    assert by_words.order.keys() == {
        Feature.COVERAGE,
        Feature.LIKENESS,
        Feature.PLACE,
        Feature.INTENT,
    }
    for each in (ranking, by_words):
        assert each.verdict.keys() == {Match.NEAR, Match.DIRECT}
        assert 0 < each.sure < 1
        assert 0 < each.nothing < 1


def test_the_weights_were_learnt_with_this_encoder_and_index():
    """Where this fails, ``make ranking`` has been forgotten."""
    learnt = json.loads((RESOURCES / RANKING_FILE).read_text(encoding="utf-8"))
    assert learnt[LEARNT_WITH] == learnt_with()


def test_the_verdict_follows_the_probabilities(ranking):
    strict = replace(ranking, sure=0.4, nothing=0.7)

    def verdict(none: float, near: float, direct: float) -> Match:
        return strict.verdict_of({Match.NONE: none, Match.NEAR: near, Match.DIRECT: direct})

    assert verdict(0.3, 0.3, 0.4) is Match.DIRECT
    assert verdict(0.65, 0.0, 0.35) is Match.NEAR
    assert verdict(0.75, 0.0, 0.25) is Match.NONE
    sums = ranking.probabilities(dict.fromkeys(Evidence, 0.0))
    assert sum(sums.values()) == pytest.approx(1)
