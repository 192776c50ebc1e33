"""The content database as the program reads it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from yibao_desktop.content.loader import load_seeds
from yibao_desktop.domain.guide.items import Kind
from yibao_desktop.domain.procedure.interview import completions
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.errors import DataError
from yibao_desktop.paths import Paths
from yibao_desktop.services.search_service import SearchService
from yibao_desktop.store.codec import decode, encode
from yibao_desktop.store.content_models import ContentBase
from yibao_desktop.store.content_repository import ContentRepository
from yibao_desktop.store.content_schema import CONTENT_TABLES, FULL_TEXT_TABLES

RESOURCES = ROOT / "resources"


def damaged(path: Path, table: str) -> Path:
    """The file with the first page of a table overwritten."""
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    return path


def altered(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


@pytest.fixture
def copy(tmp_path, bundle) -> Path:
    """A content database of the test's own."""
    path = tmp_path / "医保 content.sqlite3"
    shutil.copy(Paths(bundle, bundle).content_database, path)
    return path


def test_pages_come_back_as_they_were_written(content, bundle):
    seeds = load_seeds(bundle / "seeds")
    for seed in seeds.pages():
        page = content.page(seed.value.id)
        assert type(page) is type(seed.value)
        assert page.title == seed.value.title
        assert decode(encode(page), type(page)) == page


def test_stored_procedures_give_the_same_plans(content, bundle):
    seeds = {s.value.id: s.value for s in load_seeds(bundle / "seeds").procedures}
    for stored in content.procedures():
        written = seeds[stored.id]
        for answers in completions(written, {}):
            ours, theirs = make_plan(stored, answers), make_plan(written, answers)
            assert [s.step.id for s in ours.steps] == [s.step.id for s in theirs.steps]
            assert [m.material.id for m in ours.materials] == [
                m.material.id for m in theirs.materials
            ]


def test_figures_have_their_values(content):
    texts = [item.text for item in content.items()]
    assert any("约 7–10 个工作日" in t for t in texts)
    assert not any("{" in t for t in texts)


def test_every_item_has_an_order_and_a_parent_above(content):
    seen = set()
    for item in content.items():
        assert item.parent is None or item.parent in seen
        seen.add(item.id)
    assert content.item("nothing") is None
    assert content.page("nothing") is None
    assert content.page("cards") is None
    assert content.procedure("card-replacement/collect-card") is None
    assert content.procedure("card-replacement-guide") is None


def test_every_page_and_part_names_its_sources(content):
    known = {s.key for s in content.sources()}
    for item in content.items():
        keys = content.source_keys(item.id)
        assert set(keys) <= known
        assert bool(keys) is (item.kind is not Kind.TOPIC), item.id
    users = content.source_users()
    assert "card-replacement/collect-card" in users["004#5. 领取新卡"]


def test_doubts_of_parts_show_on_their_page(content):
    step = [d.id for d in content.doubts("card-replacement/report-loss-phone")]
    page = [d.id for d in content.doubts("card-replacement")]
    assert "hotline-scope" in step
    assert "hotline-scope" in page
    assert [d.id for d in content.doubts("card-replacement/collect-card")] == []
    assert {d.kind for d in content.doubts("family-pooling")} == {"local", "expert"}


def test_passages_are_narrow(content):
    passages = content.passages()
    assert [p.number for p in passages] == list(range(1, len(passages) + 1))
    assert all(p.sources for p in passages)
    assert len({p.item_id for p in passages}) == len(passages)


def test_a_passage_tells_the_place_and_the_year_of_its_item(content):
    items = {item.id: item for item in content.items()}
    passages = content.passages()
    assert {p.as_of for p in passages} > {None, 2025}
    for passage in passages:
        item = items[passage.item_id]
        assert passage.as_of == item.as_of
        assert (passage.region.code if passage.region else None) == item.region


def test_the_content_cannot_be_written(content):
    with pytest.raises(DataError) as caught, content.connection() as connection:
        connection.execute("DELETE FROM meta")
    assert "readonly" in str(caught.value.__cause__)


def test_a_missing_database_is_told(tmp_path):
    with pytest.raises(DataError, match="找不到内容库") as caught:
        ContentRepository(tmp_path / "content.sqlite3")
    assert "重新安装" in caught.value.hint


def test_a_damaged_database_is_told(tmp_path):
    path = tmp_path / "content.sqlite3"
    path.write_bytes(b"garbage" * 1000)
    with pytest.raises(DataError, match="打不开"):
        ContentRepository(path)


def test_another_version_is_told(copy):
    with pytest.raises(DataError, match="版本是 99"):
        ContentRepository(altered(copy, "PRAGMA user_version = 99"))


def test_an_index_of_another_version_is_not_searched(copy):
    older = altered(copy, "UPDATE meta SET value = '1' WHERE name = 'index_version'")
    with closing(ContentRepository(older)) as repository:
        assert repository.procedures()
        with pytest.raises(DataError, match="另一个版本"):
            SearchService(repository, RESOURCES).search("挂失")


def test_a_sound_database_passes(copy):
    with closing(ContentRepository(copy)) as repository:
        repository.verify()


def test_damage_met_on_opening_is_told(copy):
    with pytest.raises(DataError, match="坏了") as caught:
        ContentRepository(damaged(copy, "meta"))
    assert "重新安装" in caught.value.hint


@pytest.mark.parametrize(
    ("table", "read"),
    [
        ("item", lambda content: content.items()),
        ("passage", lambda content: content.passages()),
        ("source", lambda content: content.sources()),
        ("item_source", lambda content: content.source_keys("e-card")),
        ("doubt", lambda content: content.doubts("e-card")),
        ("document", lambda content: content.documents()),
        ("term", lambda content: SearchService(content, RESOURCES).search("卡丢了")),
        ("passage_pair_data", lambda content: SearchService(content, RESOURCES).search("卡丢了")),
        ("lexicon", lambda content: SearchService(content, RESOURCES).search("卡丢了")),
    ],
)
def test_damage_met_later_is_told(copy, table, read):
    with closing(ContentRepository(damaged(copy, table))) as repository:
        for action in (lambda: read(repository), repository.verify):
            with pytest.raises(DataError, match="坏了") as caught:
                action()
            assert "重新安装" in caught.value.hint


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE item SET definition = substr(definition, 9) WHERE id = 'e-card'",
        "UPDATE item SET definition = '{}' WHERE id = 'e-card'",
        "UPDATE item SET kind = '?' WHERE id = 'e-card'",
        "UPDATE doubt SET definition = '[]'",
        "UPDATE document SET web_date = '?'",
        "UPDATE lexicon SET definition = '{'",
    ],
)
def test_text_that_cannot_be_decoded_is_damage(copy, statement):
    repository = ContentRepository(altered(copy, statement))
    with closing(repository), pytest.raises(DataError, match="坏了"):
        repository.verify()


def test_what_must_be_there_is_what_is_written():
    assert ContentBase.metadata.tables.keys() | FULL_TEXT_TABLES.keys() == CONTENT_TABLES


@pytest.mark.parametrize("table", sorted(CONTENT_TABLES))
def test_a_lacking_table_is_told(copy, table):
    with pytest.raises(DataError, match=f"缺少 {table}："):
        ContentRepository(altered(copy, f"DROP TABLE {table}"))


@pytest.mark.parametrize("table", ["meta", "item", "passage", "lexicon"])
def test_an_empty_table_is_told(copy, table):
    with pytest.raises(DataError, match=f"缺少 {table}："):
        ContentRepository(altered(copy, f"DELETE FROM {table}"))
