"""What must be known of a page before it is relied on stands on the console, too."""

from __future__ import annotations

import datetime
from dataclasses import replace

from yibao_desktop.console.json_output import shown_view
from yibao_desktop.console.text_output import shown_text
from yibao_desktop.domain.guide.origin import Origin, OriginKind

LAST = datetime.date(2026, 6, 1)
AFTER = LAST + datetime.timedelta(days=1)


def test_a_pack_past_its_last_day_is_told_before_the_text(guide):
    pack = Origin(OriginKind.PACK, "chunshui", "春水市", LAST)
    shown = replace(
        guide.guide.show("jiangsu-password-by-area"), changed_by=(pack,), local=("春水市：20 元",)
    )
    lines = list(shown_text(shown, AFTER))
    (told,) = (
        line for line in lines if line.startswith("注意：这个内容包只写明用到 2026 年 6 月 1 日")
    )
    assert lines.index(told) < lines.index("本地不同：春水市：20 元") < lines.index(shown.item.text)
    assert f"注意：{shown_view(shown, AFTER)['cautions'][0]}" == told
    assert shown_view(shown, LAST)["cautions"] == []
    assert not any(line.startswith("注意") for line in shown_text(shown, LAST))


def test_a_paper_past_its_last_day_is_told(run, run_json, tmp_path):
    paper = tmp_path / "通知.txt"
    paper.write_text("溪口镇窗口搬家的通知\n窗口搬到龙津路十二号二楼。", encoding="utf-8")
    assert run("add", str(paper), "--until", "2020-01-01")[0] == 0
    (kept,) = run_json("documents")
    (caution,) = run_json("show", kept["id"])["cautions"]
    assert caution == "可能过期：它的有效期到 2020-01-01。"
    assert f"注意：{caution}" in run("show", kept["id"])[1]
    assert run_json("plan", "card-replacement")["cautions"] == []
