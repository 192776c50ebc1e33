"""Every kind of part changed, added and removed by files written by hand, up to the built page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.built_content import ROOT
from tests.small_guide import write_small_guide
from yibao_desktop.content.pack_seeds import Merged, PackTexts, checked, merge
from yibao_desktop.content.resolve import resolve
from yibao_desktop.content.walk import all_facts
from yibao_desktop.domain.procedure.model import CHANNEL, Procedure
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.wording.plain_text import procedure_text
from yibao_desktop.packs.keys import SecretKey
from yibao_desktop.packs.making import make_pack, signed_manifest
from yibao_desktop.packs.merging import done
from yibao_desktop.packs.order import Order
from yibao_desktop.packs.pack_file import read_pack
from yibao_desktop.store.content_repository import ContentRepository

KEY = SecretKey(b"12345678", bytes(range(32)))
SOURCE = '["x--n#须知"]'
BY_GUIDE = "[000#1. 领卡]"
PACK = """\
id: x
serial: 1
title: 苏州的领卡
publisher: 苏州的窗口
regions: ["320500"]
made_on: 2026-11-30
"""
SOURCES = """\
documents: [{id: x--n, title: 须知, web_date: 2026-11-01}]
sources:
- {key: x--n#须知, date: 2026-11-01, figures: ["8", "20"]}
"""
REGIONS = """\
regions:
- {code: "320500", name: 苏州市, short_names: [苏州]}
"""

GO = (
    "title: 去领, kind: do, when: {is: [where, here]}, materials: [id-card], "
    "paths: [{labels: [服务, 服务], sources: [000#1. 领卡]}], copy_text: [领卡]"
)
ASK = f"{{title: 先问, kind: check, lines: [{{do: 先问。}}], sources: {BY_GUIDE}}}"
DAYS = f'{{label: 等多久, kind: duration, low: "3", high: "5", unit: 天, sources: {BY_GUIDE}}}'
WHERE = "options: [{id: here, label: 这里, hint: 本地}, {id: there, label: 外地}]"
HALL = f"{{kind: hall, name: 窗口, visits: 1, sources: {BY_GUIDE}}}"
WEB = f"{{kind: web, name: 网上, sources: {BY_GUIDE}}}"
GOT = f"{{kind: done, title: 领到了, text: 领到了。, sources: {BY_GUIDE}}}"
ID_CARD = f"{{name: 身份证, copies: 1, sources: {BY_GUIDE}}}"

CELLS = {
    "fact changed": f"""
- fact: days
  was: {DAYS}
  to: {{label: 等多久, kind: duration, value: "8", unit: 天, sources: {SOURCE}}}
""",
    "fact added": f"""
- fact: x--fee
  to: {{label: 苏州的工本费, kind: money, value: "20", unit: 元, sources: {SOURCE}}}
- line: go
  to: {{note: "交{{x--fee}}。"}}
""",
    "fact removed": f"""
- step: x--wait
  to: {{title: 等通知, kind: wait, lines: [{{do: 等短信。}}], sources: {SOURCE}}}
  after: go
- step: ask
  was: {ASK}
- fact: days
  was: {DAYS}
""",
    "material changed": f"""
- material: id-card
  was: {ID_CARD}
  to: {{name: 户口簿, copies: 1, sources: {SOURCE}}}
""",
    "material added": f"""
- material: x--form
  to: {{name: 申请表, sources: {SOURCE}}}
  steps: [ask]
""",
    "material removed": f"""
- material: id-card
  was: {ID_CARD}
""",
    "line changed": """
- line: ask
  was: {do: 先问。}
  to: {do: 先到二楼问。}
""",
    "line added": """
- line: ask
  to: {caution: 周一人多。}
  after: 先问。
""",
    "line removed": """
- line: ask
  to: {do: 看公告栏。}
- line: ask
  was: {do: 先问。}
""",
    "step changed": f"""
- step: ask
  was: {ASK}
  to: {{title: 先打听, kind: check, lines: [{{do: 先打听。}}], sources: {SOURCE}}}
""",
    "step added": f"""
- step: x--queue
  to: {{title: 先取号, kind: do, lines: [{{do: 在门口取号。}}], sources: {SOURCE}}}
""",
    "step removed": f"""
- step: ask
  was: {ASK}
- fact: days
  was: {DAYS}
- step: x--wait
  to: {{title: 等通知, kind: wait, lines: [{{do: 等短信。}}], sources: {SOURCE}}}
""",
    "channel changed": f"""
- channel: web
  was: {WEB}
  to: {{kind: app, name: 苏州的应用, sources: {SOURCE}}}
""",
    "channel added": f"""
- channel: x--phone
  to: {{kind: phone, name: 打电话, sources: {SOURCE}}}
""",
    "channel removed": f"""
- channel: web
  was: {WEB}
- question: channel
  was: {{text: 您想在哪里办？, kind: one, recommended: hall}}
""",
    "outcome changed": f"""
- outcome: got
  was: {GOT}
  to: {{kind: done, title: 拿到了, text: 在苏州拿到了。, sources: {SOURCE}}}
""",
    "outcome added": f"""
- outcome: got
  was: {GOT}
  to: {{kind: done, title: 领到了, text: 领到了。, sources: {BY_GUIDE}, when: {{is: [where, here]}}}}
- outcome: x--elsewhere
  to:
    {{kind: elsewhere, title: 外地的另办, text: 回去办。, sources: {SOURCE},
     when: {{is: [where, there]}}}}
""",
    "outcome removed": f"""
- outcome: got
  was: {GOT}
- outcome: x--end
  to: {{kind: done, title: 苏州领到了, text: 好了。, sources: {SOURCE}}}
""",
    "question changed": f"""
- question: where
  was: {{text: 您在哪里？, {WHERE}}}
  to: {{text: 您在不在苏州？, {WHERE}}}
""",
    "question added": f"""
- question: x--who
  to: {{text: 给谁领？, options: [{{id: self, label: 自己}}, {{id: kin, label: 家人}}]}}
- material: x--proof
  to: {{name: 家人的证件, sources: {SOURCE}, when: {{is: [x--who, kin]}}}}
  steps: [ask]
""",
    "question removed": f"""
- step: go
  was: {{{GO}, lines: [{{do: 去领。}}], sources: {BY_GUIDE}}}
  to: {{title: 去领, kind: do, lines: [{{do: 去领。}}], materials: [id-card], sources: {SOURCE}}}
- question: where
  was: {{text: 您在哪里？, {WHERE}}}
""",
}
"""What a file says, by the kind of the part and what becomes of it."""

READ = {
    "fact changed": ("等卡：8 天", "等卡：3–5 天"),
    "fact added": ("说明：交20 元。", ""),
    "fact removed": ("【等通知】", "等卡：3–5 天"),
    "material changed": ("带：户口簿", "身份证"),
    "material added": ("带：申请表", ""),
    "material removed": ("", "身份证"),
    "line changed": ("先到二楼问。", "· 先问。"),
    "line added": ("注意：周一人多。", ""),
    "line removed": ("看公告栏。", "· 先问。"),
    "step changed": ("【先打听】", "【先问】"),
    "step added": ("【先取号】", ""),
    "step removed": ("【等通知】", "【先问】"),
    "channel changed": ("· 苏州的应用：", "· 网上："),
    "channel added": ("· 打电话：", ""),
    "channel removed": ("· 窗口：", "· 网上："),
    "outcome changed": ("结果：拿到了", "结果：领到了"),
    "outcome added": ("结果：外地的另办", ""),
    "outcome removed": ("结果：苏州领到了", "结果：领到了"),
    "question changed": ("问：您在不在苏州？", "问：您在哪里？"),
    "question added": ("问：给谁领？", ""),
    "question removed": ("", "问：您在哪里？"),
}
"""What one then reads, and what one does not read any more."""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_guide(tmp_path_factory.mktemp("guide"))


def signed(folder: Path, changes: str) -> Path:
    """A pack that makes the changes."""
    pack = folder / "pack"
    (pack / "overlays").mkdir(parents=True)
    head = 'page: get-card\nregion: "320500"\nchanges:'
    for name, text in (
        ("pack.yaml", PACK),
        ("sources.yaml", SOURCES),
        ("regions.yaml", REGIONS),
        ("overlays/get-card.yaml", head + changes),
    ):
        (pack / name).write_text(text, encoding="utf-8")
    file = folder / "x.yibaopack"
    file.write_bytes(make_pack(pack, KEY))
    return file


def laid_over(guide: Path, file: Path) -> Merged:
    """The guide as it is read with the pack, with every fault of it."""
    pack = read_pack(file.read_bytes())
    return checked(merge(guide, [PackTexts(signed_manifest(pack), pack.files)], "320500", {}))


def page_of(merged: Merged) -> Procedure:
    facts = {fact.id: fact for fact, _, _ in all_facts(merged.seeds)}
    (page,) = (resolve(seed.value, facts) for seed in merged.seeds.procedures)
    return page


def page_in(content: Path) -> Procedure:
    repository = ContentRepository(content)
    try:
        page = repository.page("get-card")
        assert isinstance(page, Procedure)
        return page
    finally:
        repository.close()


def read_out(page: Procedure) -> str:
    """The page, the plan of whoever has answered nothing yet, what is asked, and every end."""
    plan = make_plan(page, {})
    waits = [f"{e.title}：{page.fact(e.fact).text}" for e in plan.expected]
    asked = [f"问：{question.text}" for question in page.questions if question.id != CHANNEL]
    ends = [f"结果：{outcome.title}" for outcome in page.outcomes]
    return "\n".join([procedure_text(page), *waits, *asked, *ends])


@pytest.mark.parametrize("cell", CELLS)
def test_a_part_changed_added_or_removed_is_read_so(guide: Path, tmp_path: Path, cell: str) -> None:
    there, gone = READ[cell]
    merged = laid_over(guide, signed(tmp_path, CELLS[cell]))
    assert merged.problems == []
    assert merged.left_out == []
    told = read_out(page_of(merged))
    assert there in told
    assert not gone or gone not in told


@pytest.mark.slow
@pytest.mark.parametrize("what", ["changed", "added"])
def test_all_kinds_at_once_are_in_the_content_built(guide: Path, tmp_path: Path, what: str) -> None:
    cells = [cell for cell in CELLS if cell.endswith(what) and cell != "line changed"]
    out = tmp_path / "content.sqlite3"
    file = signed(tmp_path, "".join(CELLS[cell] for cell in cells))
    order = Order(str(guide), str(ROOT / "resources"), (str(file),), "320500", {}, str(out))
    assert done(order, lambda _: None).unfit == ()
    told = read_out(page_in(out))
    for there, _ in map(READ.__getitem__, cells):
        assert there in told


HANGING = {
    "question": f"- question: where\n  was: {{text: 您在哪里？, {WHERE}}}\n",
    "outcome": f"- outcome: got\n  was: {GOT}\n",
    "fact": f"- fact: days\n  was: {DAYS}\n",
    "channel": f"- channel: hall\n  was: {HALL}\n",
}
"""What something else on the page still needs."""


@pytest.mark.parametrize("kind", HANGING)
def test_what_is_still_needed_is_not_removed(guide: Path, tmp_path: Path, kind: str) -> None:
    problems = laid_over(guide, signed(tmp_path, "\n" + HANGING[kind])).problems
    assert problems
    assert {problem.file for problem in problems} == {"x/overlays/get-card.yaml"}
