"""What is written as seeds is read back equal: every page of the guide, and overlays."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from yibao_desktop.content.loader import Seeds, load_seeds
from yibao_desktop.content.markup import parse_inline
from yibao_desktop.content.pack_files import (
    read_manifest,
    read_overlay,
    write_manifest,
    write_overlay,
)
from yibao_desktop.content.schema import structure
from yibao_desktop.content.seed_data import to_data, to_inline, to_yaml
from yibao_desktop.content.yaml_reader import read_yaml
from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.domain.packs.overlay import Change, Overlay, PartKind
from yibao_desktop.domain.procedure.model import Line, Procedure

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return load_seeds(SEEDS)


def test_everything_in_the_guide_is_read_back_equal(seeds: Seeds) -> None:
    for seed in (*seeds.pages(), *seeds.topics, *seeds.regions, *seeds.sources, *seeds.doubts):
        written = to_yaml(to_data(seed.value))
        assert structure(read_yaml(written), type(seed.value), "x") == (seed.value, [])


@pytest.mark.parametrize(
    "text",
    ["7", "1e3", "2026-11-01", "true", "~", "yes", "a: b", "- a", "#", "'", "<<", " a", "无"],
)
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    assert read_yaml(to_yaml({"name": text})).data == {"name": text}


@pytest.mark.parametrize("text", [r"1\. 先打电话", r"a\_b\*c\[d\]", r"\- 减", r"2 \> 1 \& 3 \< 4"])
def test_signs_that_mean_markup_stay_signs(text: str) -> None:
    read = parse_inline(text)
    assert parse_inline(to_inline(read)) == read


def card(seeds: Seeds) -> Procedure:
    return next(s.value for s in seeds.procedures if s.value.id == "card-replacement")


def test_an_overlay_is_read_back_equal(seeds: Seeds) -> None:
    page = card(seeds)
    fact, paper = page.fact("card-making-time"), page.material("recent-photo")
    new = replace(fact, low=None, high=None, value="15", approx=False)
    changes = (
        Change(PartKind.FACT, fact.id, fact, new),
        Change(PartKind.MATERIAL, paper.id, paper, None),
        Change(PartKind.MATERIAL, "p--form", None, replace(paper, id="p--form"), steps=("apply",)),
        Change(PartKind.LINE, "pay-fee", None, Line("note", parse_inline("可以刷卡。"))),
        Change(PartKind.OUTCOME, "replaced", page.outcomes[0], None),
    )
    overlay = Overlay(page.id, "229900", changes)
    read, _, problems = read_overlay(write_overlay(overlay), "overlays/x.yaml")
    assert (read, problems) == (overlay, [])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("- fact: a", "至少写一个"),
        ("- fact: a\n  line: b", "写一个就够"),
        ("- fact: a\n  with: b", "不认识“with”"),
        ("- colour: a", "写一个就够"),
        ("- line: a\n  was: {do: 甲。}\n  to: {do: 甲。}", "等于没有改"),
        ("- outcome: a\n  to: {id: b, kind: done, title: 好, text: 好。, sources: []}", "就是这里"),
        ("- fact: a\n  to: {label: 1}", "文字"),
    ],
)
def test_a_faulty_change_is_told_by_line(written: str, told: str) -> None:
    text = f'page: card-replacement\nregion: "229900"\nchanges:\n{written}\n'
    _, _, problems = read_overlay(text, "overlays/x.yaml")
    assert problems
    assert told in problems[0].message
    assert problems[0].line >= 4


def test_a_manifest_is_read_back_equal() -> None:
    manifest = Manifest(
        "chunshi",
        2,
        "春市内容包",
        "春市医保局",
        ("229900",),
        datetime.date(2026, 11, 1),
        valid_until=datetime.date(2027, 12, 31),
        changes=("工本费改了",),
        revokes=("1",),
    )
    assert read_manifest(write_manifest(manifest)) == (manifest, [])
