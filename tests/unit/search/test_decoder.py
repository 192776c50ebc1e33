"""Pinyin, pinyin among characters and wrong characters are read as what was meant."""

from __future__ import annotations

import pytest

from yibao_desktop.search.decoder import Decoder
from yibao_desktop.search.lexicon import Lexicon
from yibao_desktop.search.results import Match, Why
from yibao_desktop.search.sounds import Sounds


@pytest.fixture
def decoder(content) -> Decoder:
    return Decoder(Lexicon.from_data(content.lexicon()), Sounds.from_data(content.sounds()))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shebaokadiaole", "社保卡掉了"),
        ("jiatinggongji zenme kaitong", "家庭共济怎么开通"),
        ("bulingxinkayaoduojiu", "补领新卡要多久"),
        ("xin yibaoka zenme jihuo", "新医保卡怎么激活"),
        ("社保ka丢了", "社保卡丢了"),
        ("起负线是多少", "起付线是多少"),
        ("家停共记", "家庭共济"),
        ("医保断缴了怎么半", "医保断缴了怎么办"),
        ("yibaoka diule zenm", "医保卡丢了怎"),
        ("国家医保服务平台app", "国家医保服务平台app"),
        ("sbk", "sbk"),
        ("起付线是多少", "起付线是多少"),
        ("", ""),
        ("12333", "12333"),
    ],
)
def test_what_was_typed_is_read_as_meant(decoder, typed, meant):
    assert decoder.decode(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("geren yibao zenme jiao", "个人医保怎么交"),
        ("每个yue交多少", "每个月交多少"),
        ("在手机上 cha yue", "在手机上查余额"),
        ("zhe shi shenme qian", "这是什么钱"),
        ("新农和怎么报小", "新农合怎么报销"),
    ],
)
def test_of_words_that_sound_alike_the_one_is_meant_that_people_put_there(decoder, typed, meant):
    assert decoder.decode(typed) == meant


def test_a_word_does_not_take_parts_of_two_that_were_typed_apart(decoder):
    assert decoder.decode("xian ban shenme") == "先办什么"
    assert decoder.decode("xi'an de yibao") == "西安的医保"
    assert decoder.decode("nonghe yu yibao you shenme butong") == "农合与医保有什么不同"
    assert decoder.decode("nong he yu yi bao you shen me bu tong") == "农合与医保有什么不同"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sebaoka diule qu lali guasi", "社保卡丢了去哪里挂失"),
        ("can bao yao jiao duo sao qian", "参保要交多少钱"),
        ("yi liao bao xian zong duan le", "医疗保险中断了"),
        ("lan lin sen yu jin tie", "南宁生育津贴"),
        ("nanning shengyu jintie", "南宁生育津贴"),
    ],
)
def test_who_does_not_tell_sounds_apart_is_understood(decoder, typed, meant):
    assert decoder.decode(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("电医保卡怎么申请", "电子医保卡怎么申请"),
        ("社卡丢了", "社保卡丢了"),
        ("社保卡的余额怎查", "社保卡的余额怎么查"),
        ("医报销", "医保报销"),
        ("停交了还能报吗", "停交了还能报吗"),
    ],
)
def test_a_character_that_was_not_typed_is_found(decoder, typed, meant):
    assert decoder.decode(typed) == meant


def test_what_people_ask_that_is_not_treated_is_read_as_it_is(decoder):
    """Its words were not known, and those of the guide that sound like them took their place."""
    assert decoder.decode("touxi neng bao duoshao") == "透析能报多少"
    assert decoder.decode("透析能报多少") == "透析能报多少"


@pytest.mark.parametrize(
    "text", ["火锅店", "西安停车", "狂犬疫苗", "张三李四", "😀！？", "nv", "ü"]
)
def test_other_subjects_are_not_read_as_ours(decoder, text):
    assert "医保" not in decoder.decode(text)


@pytest.mark.parametrize(
    ("query", "expected", "why"),
    [
        ("yibaokadiaolezenmeban", "card-replacement", Why.PINYIN),
        ("qifuxian shi shenme", "deductible-meaning", Why.PINYIN),
        ("shebaoka 怎么挂失", "card-replacement", Why.PINYIN),
        ("起负县是什么", "deductible-meaning", Why.TYPO),
        ("灵活就叶医保", "flexible-how", Why.TYPO),
        ("yibaobaoxiao zai nali ban", "enrolment-guide", Why.PINYIN),
        ("geren yibao zai nali jiao", "pay-platforms", Why.PINYIN),
    ],
)
def test_search_reads_by_sound(services, query, expected, why):
    found = services.search.search(query)
    assert found.match is Match.DIRECT
    assert expected in [hit.passage.item_id.partition("/")[0] for hit in found.hits[:3]]
    assert found.hits[0].why is why


def test_initials_find_names_of_two_to_six_characters(services):
    for initials, name in (("jtgj", "家庭共济"), ("bbybk", "补办医保卡"), ("wxyj", "五险一金")):
        hits = services.search.search(initials, limit=5).hits
        names = [n for h in hits for n in (h.passage.title, h.passage.heading, *h.passage.names)]
        assert name in names
