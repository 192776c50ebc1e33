"""What the editors' guide shows can be copied as it stands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from textwrap import indent

import pytest

from tests.conftest import ROOT
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.content.builder import build
from yibao_desktop.paths import Paths

GUIDE = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
(QUESTIONS,) = re.findall(r"^```yaml questions\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
(ANSWER, PROCEDURE) = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
(ARTICLE,) = re.findall(r"^````markdown\n(.*?)^````$", GUIDE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The guide with the examples added, built."""
    folder = tmp_path_factory.mktemp("guide")
    seeds = Path(shutil.copytree(ROOT / "seeds", folder / "seeds"))
    (seeds / "answers" / "example.yaml").write_text("answers:\n" + ANSWER, encoding="utf-8")
    questions = seeds / "questions" / "example.yaml"
    questions.parent.mkdir(exist_ok=True)
    questions.write_text("questions:\n" + indent(QUESTIONS, "  "), encoding="utf-8")
    (seeds / "procedures" / "example.yaml").write_text(PROCEDURE, encoding="utf-8")
    (seeds / "articles" / "example.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "resources").symlink_to(ROOT / "resources")
    paths = Paths(folder, folder)
    build(seeds, ROOT / "resources", paths.content_database)
    return paths


@pytest.mark.slow
def test_the_examples_are_in_the_guide_and_found(extended):
    services = ContentServices(extended)
    try:
        kinds = {e.id: e.kind for e in services.guide.entries()}
        assert kinds["card-password-change"] == "answer"
        assert kinds["some-guide"] == "article"
        assert kinds["some-procedure"] == "procedure"
        found = services.search.search("社保卡密码在哪里改").hits[0].passage
        assert found.item_id == "card-password-change"
        asked = services.search.search("我妈的卡要输密码，密码怎么换").hits[0].passage
        assert asked.item_id == "card-password-change"
        plan = services.procedures.plan("some-procedure", {"card": ("physical",)})
        assert [s.step.title for s in plan.steps] == ["领卡"]
        assert [m.material.id for m in plan.materials] == ["id-card"]
    finally:
        services.close()


def test_the_guide_names_every_file_of_the_seeds():
    for path in (ROOT / "seeds").iterdir():
        if path.name not in ("README.md", "PACKS.md"):
            assert f"`{path.name}" in GUIDE
