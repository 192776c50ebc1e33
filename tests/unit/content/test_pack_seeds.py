"""Packs laid over the guide: what they change, what is left out, and who wins."""

import copy
import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from yibao_desktop.content import pack_seeds
from yibao_desktop.content.loader import Seeds, load_seeds
from yibao_desktop.content.markup import parse_inline
from yibao_desktop.content.pack_files import write_overlay
from yibao_desktop.content.pack_seeds import Merged, PackTexts, checked, merge
from yibao_desktop.domain.packs.manifest import Manifest
from yibao_desktop.domain.packs.overlay import Change, Overlay, PartKind
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.domain.procedure.model import Line, Procedure

SEEDS = Path(__file__).parents[3] / "seeds"
SAMPLE = Path(__file__).parents[3] / "build_spec" / "samples" / "chunshui"
CITY, PROVINCE = "229900", "220000"
CARD = "card-replacement"


@pytest.fixture(scope="module")
def guide() -> Seeds:
    return load_seeds(SEEDS)


@pytest.fixture
def card(guide: Seeds, monkeypatch: pytest.MonkeyPatch) -> Procedure:
    """The guide is read once; every merge gets a copy of its own."""
    monkeypatch.setattr(pack_seeds, "load_seeds", lambda _: fresh(guide))
    return page(guide)


def fresh(guide: Seeds) -> Seeds:
    copied = copy.copy(guide)
    for name in Seeds.__dataclass_fields__:
        setattr(copied, name, list(getattr(guide, name)))
    return copied


def page(seeds: Seeds) -> Procedure:
    return next(s.value for s in seeds.procedures if s.value.id == CARD)


def pack(*changes: Change, region: str = CITY, pack_id: str = "chunshi") -> PackTexts:
    day = datetime.date(2026, 11, 1)
    manifest = Manifest(pack_id, 1, f"包{pack_id}", "局", (region,), day)
    files = {name: (SAMPLE / name).read_text("utf-8") for name in ("regions.yaml",)}
    files["overlays/card.yaml"] = write_overlay(Overlay(CARD, region, changes))
    return PackTexts(manifest, files)


def merged(*packs: PackTexts, region: str | None = CITY, **options: object) -> Merged:
    return merge(SEEDS, packs, region, options.pop("choices", {}), **options)


def fact_change(card: Procedure, value: str) -> Change:
    old = card.fact("card-making-time")
    return Change(PartKind.FACT, old.id, old, replace(old, low=None, high=None, value=value))


def told(found: Merged) -> list[str]:
    return [change.line for change in found.seeds.local_changes]


def test_the_sample_passes_every_check_and_every_path(card: Procedure) -> None:
    manifest, _ = pack_seeds_manifest()
    files = {p.relative_to(SAMPLE).as_posix(): p.read_text("utf-8") for p in SAMPLE.rglob("*.yaml")}
    found = checked(merged(PackTexts(manifest, files)))
    assert found.problems == []
    assert found.added == {"chunshui": ["chunshui--card-desk"]}
    assert "新增材料：补卡申请表" in told(found)
    assert any("15 个工作日" in line and "7–10" in line for line in told(found))


def pack_seeds_manifest():
    from yibao_desktop.content.pack_files import read_manifest

    return read_manifest((SAMPLE / "pack.yaml").read_text("utf-8"))


@pytest.mark.parametrize("region", [None, "110000", PROVINCE])
def test_a_change_holds_only_within_its_place(card: Procedure, region: str | None) -> None:
    found = merged(pack(fact_change(card, "15")), region=region)
    assert page(found.seeds) == card
    assert told(found) == []


def test_a_province_reaches_its_cities_and_the_city_wins(card: Procedure) -> None:
    wide = pack(fact_change(card, "20"), region=PROVINCE, pack_id="wide")
    narrow = pack(fact_change(card, "15"), pack_id="narrow")
    assert page(merged(wide).seeds).fact("card-making-time").value == "20"
    found = merged(wide, narrow)
    assert page(found.seeds).fact("card-making-time").value == "15"
    assert [left.pack.id for left in found.left_out] == ["wide"]
    assert found.clashes == []


def test_two_packs_on_one_part_ask_for_a_choice(card: Procedure) -> None:
    one, two = (pack(fact_change(card, v), pack_id=i) for v, i in (("15", "one"), ("20", "two")))
    (clash,) = merged(one, two).clashes
    assert [p.id for p in clash.packs] == ["one", "two"]
    chosen = merged(one, two, choices={clash.part: "two"})
    assert chosen.clashes == []
    assert page(chosen.seeds).fact("card-making-time").value == "20"


def test_a_stale_change_is_off_and_listed_and_the_others_hold(card: Procedure) -> None:
    old = card.material("recent-photo")
    stale = Change(PartKind.MATERIAL, old.id, replace(old, name="从前的名字"), None)
    found = merged(pack(stale, fact_change(card, "15")))
    assert found.problems == []
    (left,) = found.left_out
    assert "不是写的时候那样" in left.off.why
    assert left.off.now == old
    assert page(found.seeds).material(old.id) == old
    assert page(found.seeds).fact("card-making-time").value == "15"


def test_other_sources_or_pictures_make_nothing_stale(card: Procedure) -> None:
    old = card.material("recent-photo")
    change = Change(PartKind.MATERIAL, old.id, replace(old, sources=("x",), picture=None), None)
    found = merged(pack(change))
    assert found.left_out == []
    assert old.id not in [m.id for m in page(found.seeds).materials]
    assert all(old.id not in p.step.materials for p in placed_steps(page(found.seeds).flow))


@pytest.mark.parametrize("kind", [PartKind.MATERIAL, PartKind.OUTCOME, PartKind.CHANNEL])
def test_a_missing_target_is_an_error_and_after_an_update_of_the_guide_a_thing_left_out(
    card: Procedure, kind: PartKind
) -> None:
    part = {
        PartKind.MATERIAL: card.materials[0],
        PartKind.OUTCOME: card.outcomes[0],
        PartKind.CHANNEL: card.channels[0],
    }[kind]
    change = Change(kind, "no-such-part", replace(part, id="no-such-part"), None)
    found = merged(pack(change))
    assert "没有" in found.problems[0].message
    assert found.problems[0].file == "chunshi/overlays/card.yaml"
    later = merged(pack(change), strict=False)
    assert later.problems == []
    assert later.left_out[0].off.missing


def test_lines_are_named_by_their_text_wherever_they_stand(card: Procedure) -> None:
    step = next(p.step for p in placed_steps(card.flow) if p.step.id == "pay-fee")
    new = Line("note", parse_inline("可以刷卡。"))
    changes = (
        Change(PartKind.LINE, step.id, step.lines[1], None),
        Change(PartKind.LINE, step.id, None, new, after=step.lines[0].text.plain),
    )
    found = page(merged(pack(*changes)).seeds)
    lines = next(p.step.lines for p in placed_steps(found.flow) if p.step.id == "pay-fee")
    assert lines == (step.lines[0], new, *step.lines[2:])


def test_steps_come_and_go_with_what_is_asked_of_them(card: Procedure) -> None:
    steps = {p.step.id: p.step for p in placed_steps(card.flow)}
    new = replace(steps["pay-fee"], id="chunshi--pay", title="到银行交工本费")
    changes = (
        Change(PartKind.STEP, new.id, None, new, after="pay-fee"),
        Change(PartKind.STEP, "pay-fee", steps["pay-fee"], None),
    )
    found = checked(merged(pack(*changes)))
    ids = [p.step.id for p in placed_steps(page(found.seeds).flow)]
    assert "pay-fee" not in ids
    assert ids.index("chunshi--pay") == ids.index("wait-for-card") - 1
    assert found.problems == []


def test_the_proof_of_all_paths_runs_on_the_result(card: Procedure) -> None:
    gone = card.outcomes[0]
    found = checked(merged(pack(Change(PartKind.OUTCOME, gone.id, gone, None))))
    assert found.problems
    assert found.problems[0].file == "chunshi/overlays/card-replacement.yaml"


def test_a_pack_gives_ids_of_its_own_and_changes_pages_there_are(card: Procedure) -> None:
    foreign = replace(card.materials[0], id="form")
    found = merged(pack(Change(PartKind.MATERIAL, "form", None, foreign)))
    assert "chunshi--" in found.problems[0].message
    nowhere = pack()
    files = {"overlays/x.yaml": write_overlay(Overlay("nope", CITY, (fact_change(card, "1"),)))}
    assert "这一页" in merged(replace(nowhere, files=files)).problems[0].message


def test_nothing_of_the_guide_may_look_like_a_packs(guide: Seeds, card: Procedure) -> None:
    found = merged()
    seed = found.seeds.procedures[0]
    found.seeds.procedures[0] = replace(seed, value=replace(seed.value, id="chunshi--card"))
    assert any("小写字母" in str(problem) for problem in checked(found).problems)
