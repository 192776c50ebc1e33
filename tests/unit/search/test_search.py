"""Search on the real content, with questions of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import tries
from yibao_desktop.search.index import BREAK, phrase_matches
from yibao_desktop.search.lexicon import Lexicon, WordCounts, read_groups, read_variants, read_words
from yibao_desktop.search.results import Match, Why
from yibao_desktop.search.segmenter import Segmenter, characters, pairs
from yibao_desktop.search.snippet import LENGTH, make_snippet
from yibao_desktop.services.search_service import HOTLINE, NOTHING_EXACT, NOTHING_FOUND


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(
        counts=WordCounts.of(
            {"医保卡": 50, "社保卡": 50, "补办": 40, "丢": 30, "怎么办": 60, "医保": 80}
        ),
        concepts=read_groups("医保卡 社保卡 # 都是卡\n补办 补卡\n\n# 空行不算\n"),
        fillers=read_words("怎么办 了\n"),
        variants=read_variants("醫医\n補补\n辦办\n"),
    )


def test_text_is_normalised(lexicon):
    assert lexicon.normalise("  醫保卡　ＡＢＣ\n１２３\0 ") == "医保卡 abc 123"
    assert lexicon.normalise("\ud800医") == "医"


def test_words_and_terms(lexicon):
    segmenter = Segmenter(lexicon)
    assert segmenter.words("社保卡丢了，怎么办？") == ["社保卡", "丢", "了", "怎么办"]
    assert list(segmenter.terms("社保卡丢了，怎么办？")) == ["医保卡", "丢"]
    assert segmenter.words("") == []
    assert characters("医保 12-3") == "医 保 1 2 3"
    assert pairs("医保 12-3") == "医保 保1 12 23 3"
    assert pairs("卡！") == "卡"
    assert pairs("") == ""


def test_a_snippet_is_cut_from_the_text_and_marks_what_was_found(lexicon):
    segmenter = Segmenter(lexicon)
    body = "开头。" * 30 + "到窗口补办社保卡。" + "结尾。" * 30
    found = make_snippet(body, "", {"医保卡", "补办"}, segmenter)
    assert len(found.text) <= LENGTH + 2
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert [found.text[a:b] for a, b in found.marks] == ["补办", "社保卡"]
    literal = make_snippet("先补办。\n再补办。", "补办", (), segmenter)
    assert literal.text == "先补办。 再补办。"
    assert literal.marks == ((1, 3), (6, 8))
    assert make_snippet("没有", "", {"医保卡"}, segmenter).marks == ()


@pytest.mark.parametrize("before", ["", "字" * 12, "字" * 13])
def test_of_two_places_that_say_as_much_the_first_is_shown(lexicon, before):
    body = f"{before}挂失在先。{'字' * 2 * LENGTH}挂失在后。{'字' * 2 * LENGTH}"
    found = make_snippet(body, "挂失", (), Segmenter(lexicon))
    assert "挂失在先" in found.text
    assert [found.text[a:b] for a, b in found.marks] == ["挂失"]


QUESTIONS = {
    "卡丢了怎么办": "card-replacement",
    "卡丢了咋办": "card-replacement",
    "我妈的社保卡找不到了": "card-replacement",
    "卡刷不了要换一张": "card-replacement",
    "挂失该打哪个电话": "card-replacement/report-loss-phone",
    "补卡要带什么去": "card-replacement/apply-at-window",
    "补的卡几天能好": "card-replacement/wait-for-card",
    "领新卡带什么": "card-replacement/collect-card",
    "家庭共济怎么弄": "family-pooling",
    "想让爸妈用我医保里的钱": "family-pooling",
    "电子医保卡怎么开": "e-card",
    "離職後醫保怎麼辦": "resume-insurance",
    "kadiule": "card-replacement",
    "jtgj": "family-pooling",
    "起付线是啥": "deductible-meaning",
    "刚出生的宝宝啥时候上医保": "newborn",
    "换工作医保多久能接上用": "transfer-new-company",
    "南京卡的密码": "jiangsu-password-by-area",
}


@pytest.mark.parametrize(("question", "wanted"), QUESTIONS.items())
def test_a_question_as_people_ask_it_finds_its_answer(guide, question, wanted):
    results = guide.search.search(question, limit=3)
    assert wanted in [h.passage.item_id for h in results.hits]
    assert results.elapsed_ms > 0


@pytest.mark.parametrize("question", ["卡丢了怎么办", "社保卡掉了到哪里补", "醫保卡丟了怎麼辦"])
def test_a_lost_card_leads_to_the_procedure_or_to_reporting_it(guide, question):
    first = guide.search.search(question).hits[0].passage
    assert first.item_id.startswith("card-replacement")
    assert all(key.startswith("004#") for key in first.sources)
    assert guide.search.search(question).match is Match.DIRECT


@pytest.mark.parametrize("question", ["西安停车哪里便宜", "附近哪家火锅好吃", "股票明天涨吗"])
def test_a_question_about_something_else_is_not_answered_with_noise(guide, question):
    results = guide.search.search(question)
    assert results.match is Match.NONE
    assert results.hits == ()
    assert guide.search.suggestion(results) == NOTHING_FOUND


def test_what_people_ask_most_is_answered_first_by_its_page(guide):
    for question, item in guide.guide.frequent():
        found = guide.search.search(question, limit=1)
        assert found.match is Match.DIRECT, question
        assert found.hits[0].passage.item_id == item.id, question


def test_the_hotline_is_named_for_what_the_sources_name_it_for(guide):
    for query, named in (("健身卡退款", True), ("药品价格", False)):
        results = guide.search.search(query)
        assert results.match is not Match.DIRECT
        assert (guide.search.suggestion(results) or "").endswith(HOTLINE) is named


def test_where_to_ask_is_said_where_no_answer_fits_exactly(guide):
    found = guide.search.search("近视手术医保给报多少")
    assert found.match is Match.NEAR
    subject = "某种检查、治疗能不能报"
    assert guide.search.suggestion(found) == f"资料没有说{subject}。{NOTHING_EXACT}"
    assert guide.search.suggestion(guide.search.search("卡丢了怎么办")) is None


def test_an_empty_question_has_no_results_and_no_advice(guide):
    for query in ("", "   ", "？！", "\0"):
        results = guide.search.search(query)
        assert (results.match, results.hits) == (Match.NONE, ())
    assert guide.search.suggestion(guide.search.search("")) is None


def test_what_parts_the_names_in_the_index_cannot_be_asked_for(guide):
    for query in (BREAK, "ꙮ"):
        assert guide.search.search(query).match is Match.NONE
    names = next(p.names for p in guide.content.passages() if len(p.names) > 1)
    with guide.content.connection() as connection:
        assert phrase_matches(connection, names[0])
        assert phrase_matches(connection, names[0] + BREAK + names[1]) == []
        assert phrase_matches(connection, names[0] + names[1]) == []


def test_the_reason_is_told(guide):
    def why(query):
        return guide.search.search(query).hits[0].why

    assert why("指定的地点") is Why.LITERAL
    assert why("kadiule") is Why.PINYIN
    assert why("卡丢了怎么办") is Why.QUESTION


def test_exact_strings_are_all_found_and_come_first(guide):
    passages = guide.content.passages()
    for wanted in (
        "12333",
        "身份证",
        "家庭共济",
        "户口",
        "卡",
        "网上",
        "立即办理",
        "App",
        "承诺书",
    ):
        holding = {
            p.number
            for p in passages
            if wanted.lower() in f"{p.title} {p.heading} {' '.join(p.names)} {p.body}".lower()
        }
        found = [h.passage.number for h in guide.search.search(wanted, limit=0).hits]
        assert holding
        assert holding <= set(found), wanted
        assert set(found[: len(holding)]) == holding, wanted


@pytest.mark.deep
@settings(
    max_examples=tries(usual=100, deep=1_000),
)
@given(
    st.text(max_size=40)
    | st.text(alphabet="\"'*()-:^+{}[]~NEARandORnot 医保卡", max_size=40)
    | st.sampled_from(
        ["a" * 5000, "卡" * 5000, "😀" * 50, "\ud800", '" OR "', "NEAR(a b)", "a*", "-"]
    )
)
def test_any_input_is_safe(guide, query):
    results = guide.search.search(query, limit=3)
    assert len(results.hits) <= 3
    for hit in results.hits:
        assert all(0 <= a < b <= len(hit.snippet.text) for a, b in hit.snippet.marks)


def test_a_place_alone_is_no_answer(services):
    assert services.search.search("西安停车哪里便宜").match is Match.NONE
    assert services.search.search("西安医保统筹").hits[0].passage.item_id == "xian-pooled-limit"


def test_a_result_names_the_three_passages_nearest_to_the_question(services):
    hit = services.search.search("甘肃社保基数29900公积金是多少").hits[0]
    assert hit.passage.item_id == "gansu-housing-fund"
    assert len(hit.passage.sources) == 5
    assert len(hit.sources) == 3
    assert hit.sources[0] == "000#snippet:甘肃社保基数29900公积金是多少"


PLACED = (
    "灵活就业医保交多少钱",
    "灵活就业医保一个月交多少钱",
    "住院报销多少",
    "门诊能报多少",
    "医保一年最多报多少",
    "在哪里报销",
)
"""Questions that are answered differently in different places, and name none."""


def test_the_own_place_comes_first(services):
    for region, expected in (("330000", "zhejiang-flexible"), ("430600", "hunan-flexible")):
        found = services.search.search("灵活就业医保一个月交多少钱", region=region)
        assert found.hits[0].passage.item_id == expected


def test_the_own_place_changes_the_order_and_nothing_else(services):
    moved = 0
    for question in PLACED:
        anywhere = services.search.search(question, limit=0)
        for region in ("110000", "330000", "430600", "445100"):
            there = services.search.search(question, limit=0, region=region)
            assert (there.match, there.likely) == (anywhere.match, anywhere.likely)
            found, expected = ([h.passage.number for h in r.hits] for r in (there, anywhere))
            assert sorted(found) == sorted(expected), (question, region)
            assert [h.score for h in there.hits] == sorted(h.score for h in there.hits)[::-1]
            moved += found != expected
    assert moved >= len(PLACED)


def test_a_place_nobody_named_stands_behind(guide):
    def regions(question):
        return [h.passage.region for h in guide.search.search(question, limit=3).hits]

    assert regions("近视手术医保给报多少")[:2] == [None, None]
    assert regions("西安近视手术医保给报多少")[0] is not None
