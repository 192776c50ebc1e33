"""Seeds checked, drawn and built for editors, over a guide small enough to be counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_guide import PROCEDURE, SMALL_GUIDE, write_small_guide
from yibao_desktop.content.problems import ContentError
from yibao_desktop.errors import UserError
from yibao_desktop.services import content_service
from yibao_desktop.services.content_service import build_content, check_content, draw_procedure


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return write_small_guide(tmp_path / "seeds")


def test_what_sound_seeds_hold_is_told(seeds: Path) -> None:
    found = check_content(seeds)
    assert found.counts.procedures == 1
    assert [doubt.id for doubt in found.doubts] == ["fee-conflict", "left-out"]
    assert "3、5 元" in found.doubts[0].claims[1].text.plain  # a figure is told, not its id
    assert found.few_questions


def test_faults_are_told_and_nothing_else(seeds: Path) -> None:
    (seeds / PROCEDURE).write_text(SMALL_GUIDE[PROCEDURE].replace("[id-card]", "[visa]"))
    with pytest.raises(ContentError) as caught:
        check_content(seeds)
    assert any("visa" in problem.message for problem in caught.value.problems)
    with pytest.raises(ContentError):
        draw_procedure(seeds, "get-card")


def test_a_procedure_is_drawn_and_one_that_is_not_there_is_told(seeds: Path) -> None:
    drawn = draw_procedure(seeds, "get-card")
    assert drawn.startswith("flowchart")
    assert "去领" in drawn
    with pytest.raises(UserError, match=r"没有编号是“get-visa”的办事，有这些：get-card"):
        draw_procedure(seeds, "get-visa")


def test_the_content_is_built_where_it_was_asked_for(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(content_service, "build", lambda *places: asked.append(places) or "counts")
    places = (seeds, tmp_path / "resources", tmp_path / "out.sqlite3")
    assert build_content(*places) == "counts"
    assert asked == [places]
