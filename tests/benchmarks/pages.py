"""Makes up any number of pages, always the same ones for the same seed.

The sentences are those of the guide's own pages, and of a file of messages where one is given, put
together anew with other figures; places, roads and offices are made up, so that each page has
something by which it can be told from all the others.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from yibao_desktop.domain.guide.items import Passage

SENTENCES = (14, 30)
"""How many sentences of the material a page has, at least and at most."""

_CITY_NAMES = (
    "合肥 芜湖 蚌埠 安庆 福州 厦门 泉州 漳州 南昌 九江 赣州 济南 青岛 烟台 潍坊 临沂 郑州 洛阳 开封 "
    "南阳 武汉 宜昌 襄阳 荆州 长沙 株洲 衡阳 岳阳 常德 广州 深圳 佛山 东莞 惠州 南宁 柳州 桂林 海口 "
    "成都 绵阳 泸州 宜宾 贵阳 遵义 昆明 大理 曲靖 西安 咸阳 宝鸡 太原 大同 石家庄 保定 唐山 沈阳 大连 "
    "鞍山 长春 吉林 哈尔滨 大庆 银川 西宁 乌鲁木齐 呼和浩特 包头 杭州 宁波 温州 嘉兴 绍兴 金华 台州"
)
CITIES = tuple(_CITY_NAMES.split())

FIRST = "青白红金银石龙凤梅兰竹松柏桃柳枫云雨雪霞晨安永长福寿嘉祥瑞和"
SECOND = "山水河溪湖泉桥坪坝岭岗湾塘井园林田庄坡坎渡关寨峰台洲港埠亭铺"
DISTRICTS = ("镇", "街道", "乡", "社区")

LOCAL_SENTENCES = (
    "{town}的医保服务窗口在{road}{number}号，周一到周五上班。",
    "住在{town}的，先到{road}{number}号取号，再交材料。",
    "{city}{town}受理以后发一个编号，以 {code} 开头。",
    "在{town}办这件事，请拨打 {phone} 预约。",
    "{road}{number}号的自助机也能办，{town}的居民都可以用。",
    "{city}的说法是：{town}每月 {day} 号集中办理。",
)

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_ENDS = "。！？；："
_FIGURE = re.compile(r"\d+")
_CLAUSE = re.compile(r"[，。：；]")


@dataclass(frozen=True, slots=True)
class Material:
    """What pages are made of: titles and sentences."""

    titles: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A made-up page.

    Attributes:
        searches: what somebody types who knows the page: its title, a piece of its text, and the
            place with what it is about.
    """

    title: str
    body: str
    searches: tuple[str, str, str]


def material(passages: Iterable[Passage], messages: Path | None = None) -> Material:
    """The titles and sentences of the guide, and of a file of messages where one is given.

    ``messages`` is a gzip file with a JSON object a line that has a ``title`` and a ``body``.
    """
    titles, sentences = [], []
    for passage in passages:
        titles.append(passage.heading or passage.title)
        sentences += _sentences(passage.body)
    if messages:
        with gzip.open(messages, "rt", encoding="utf-8") as lines:
            for message in map(json.loads, lines):
                titles.append(message["title"])
                sentences += _sentences(message["body"])
    return Material(tuple(dict.fromkeys(titles)), tuple(dict.fromkeys(sentences)))


def _sentences(text: str) -> Iterator[str]:
    return (s.strip() for s in _SENTENCE.findall(text) if len(s.strip()) > 5)


def pages(count: int, of: Material, seed: int = 1) -> Iterator[Page]:
    """So many different pages."""
    random = Random(seed)
    towns: set[str] = set()
    for _ in range(count):
        city, town = _place(random)
        while city + town in towns:
            city, town = _place(random)
        towns.add(city + town)
        yield _page(city, town, of, random)


def _place(random: Random) -> tuple[str, str]:
    name = random.choice(FIRST) + random.choice(SECOND)
    return random.choice(CITIES), name + random.choice(DISTRICTS)


def _page(city: str, town: str, of: Material, random: Random) -> Page:
    subject = random.choice(of.titles)
    chosen = random.sample(of.sentences, min(random.randint(*SENTENCES), len(of.sentences)))
    body = [_FIGURE.sub(lambda found: _figure(found[0], random), sentence) for sentence in chosen]
    local = [_local(template, city, town, random) for template in random.sample(LOCAL_SENTENCES, 2)]
    for sentence in local:
        body.insert(random.randint(0, len(body)), sentence)
    text = "".join(s if s[-1] in _ENDS else f"{s}。" for s in body)
    clause = next(c for c in _CLAUSE.split(local[0]) if town in c)
    title = f"{city}{town}：{subject}"
    return Page(title, text, (title, clause, f"{town}{subject}"))


def _figure(digits: str, random: Random) -> str:
    return str(random.randint(1, 9)) + "".join(str(random.randint(0, 9)) for _ in digits[1:])


def _local(template: str, city: str, town: str, random: Random) -> str:
    return template.format(
        city=city,
        town=town,
        road=random.choice(FIRST) + random.choice(SECOND) + "路",
        number=random.randint(1, 999),
        code=random.randint(10000, 99999),
        phone=random.randint(20000000, 89999999),
        day=random.randint(1, 28),
    )
