"""How well questions of our own are answered, and how honestly those the guide never treats."""

from __future__ import annotations

import pytest

from tests.unit.search.questions import ANSWERED, NOT_TREATED
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.domain.guide.items import page_id
from yibao_desktop.paths import Paths
from yibao_desktop.search.results import Match


@pytest.fixture(scope="module")
def answered(search):
    return {question: search(question, limit=5) for question in ANSWERED}


@pytest.fixture(scope="module")
def search(bundle):
    services = ContentServices(Paths(bundle, bundle))
    yield services.search.search
    services.close()


def share(results, holds) -> float:
    return sum(map(holds, results)) / len(results)


@pytest.mark.parametrize(("first", "least"), [(1, 0.8), (3, 0.95)])
def test_the_answer_is_among_the_first(answered, first, least):
    def found(question):
        pages = [page_id(hit.passage.item_id) for hit in answered[question].hits[:first]]
        return not set(ANSWERED[question].split()).isdisjoint(pages)

    assert share(ANSWERED, found) >= least


def test_what_is_answered_is_called_an_answer(answered):
    assert share(ANSWERED, lambda question: answered[question].match is Match.DIRECT) >= 0.9


def test_what_is_not_treated_is_not_called_an_answer(search):
    assert share(NOT_TREATED, lambda question: search(question).match is not Match.DIRECT) >= 0.9


@pytest.mark.parametrize(
    "question", ["出国看病医保能报吗", "近视手术医保给报多少", "社保卡里的钱可以提现到微信吗"]
)
def test_a_question_about_money_the_guide_never_treats_is_near_at_most(search, question):
    assert search(question).match is not Match.DIRECT


@pytest.mark.parametrize(
    "question", ["驾照过期了怎么换", "身份证丢了怎么补", "手机号换了微信登不上"]
)
def test_what_happened_is_not_enough_where_it_happened_to_something_else(search, question):
    assert search(question).match is not Match.DIRECT


@pytest.mark.parametrize("question", ["今天天气", "怎么停车", "火锅好吃吗", "血糖高吃什么"])
def test_another_field_gets_no_noise(search, question):
    assert search(question).match is Match.NONE
