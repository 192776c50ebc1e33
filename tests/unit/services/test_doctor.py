"""What the doctor sees, and that it leaves everything as it was."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from yibao_desktop.domain.packs.draft import Draft
from yibao_desktop.packs.installed import Edition, PackFolder, State
from yibao_desktop.packs.keys import SecretKey, write_secret
from yibao_desktop.packs.making import make_pack
from yibao_desktop.paths import ENCODER_FILE, HOME_VARIABLE, Paths
from yibao_desktop.services.doctor_service import MEANING, DoctorService
from yibao_desktop.services.finding import Finding
from yibao_desktop.store.checksum import store_digest
from yibao_desktop.store.draft_store import DraftStore
from yibao_desktop.store.user_database import UserDatabase

SAMPLE = Path(__file__).parents[3] / "build_spec" / "samples" / "chunshui"


def bad(paths: Paths) -> dict[str, Finding]:
    """What is not well, by name; each has a remedy."""
    found = {f.name: f for f in DoctorService(paths).examine() if not f.well}
    assert all(f.remedy for f in found.values())
    return found


def everything_in(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def execute(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.fixture
def own_content(paths, tmp_path) -> Paths:
    """A bundle whose content database the test may spoil."""
    bundle = Path(shutil.copytree(paths.bundle, tmp_path / "bundle", symlinks=True))
    return Paths(bundle, paths.user)


@pytest.fixture
def used(paths) -> Paths:
    """A user's folder as the program leaves it."""
    UserDatabase(paths.user_database, paths.migrations).close()
    return paths


def test_the_doctor_finds_a_sound_installation_well(paths, services):
    findings = DoctorService(paths).examine()
    assert all(f.well for f in findings), findings
    assert any("user.sqlite3" in f.value for f in findings)


def test_the_doctor_sees_content_older_than_the_seeds(tmp_path, bundle):
    stale = Path(shutil.copytree(bundle, tmp_path / "bundle", symlinks=False))
    with (stale / "seeds" / "glossary.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    found = bad(Paths(stale, tmp_path))
    assert set(found) == {"内容库"}
    assert found["内容库"].remedy.endswith("请运行 yibao build。")


def test_the_doctor_reads_all_of_what_search_reads_only_in_part(tmp_path, bundle):
    spoilt = Path(shutil.copytree(bundle, tmp_path / "bundle", symlinks=False))
    with (spoilt / "resources" / ENCODER_FILE).open("r+b") as file:
        file.seek(2_000_000)  # among the vectors of the pieces
        file.write(b"damaged")
    assert MEANING in bad(Paths(spoilt, tmp_path))


def test_the_doctor_says_what_to_do(tmp_path):
    user = tmp_path / "user"
    user.mkdir()
    (user / "user.sqlite3").write_bytes(b"garbage" * 500)
    assert set(bad(Paths(tmp_path, user))) == {"内容库", "您的记录", "自带字体", "按意思搜索"}


@pytest.mark.parametrize(
    "statements",
    [
        ["DELETE FROM meta"],
        ["DROP TABLE lexicon"],
        ["UPDATE item SET definition = '{}' WHERE definition IS NOT NULL"],
        ["DELETE FROM item WHERE kind <> 'topic'"],
        ["DELETE FROM term", "INSERT INTO passage_pair (passage_pair) VALUES ('delete-all')"],
    ],
)
def test_spoilt_content_is_seen(own_content, statements):
    execute(own_content.content_database, *statements)
    assert set(bad(own_content)) == {"内容库"}


def test_a_user_folder_that_is_a_file_is_seen(bundle, tmp_path):
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below" / "it"):
        found = bad(Paths(bundle, folder))
        assert set(found) == {"您的文件夹"}
        assert HOME_VARIABLE in found["您的文件夹"].remedy


def test_a_user_folder_that_leads_nowhere_is_seen(bundle, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    assert set(bad(Paths(bundle, tmp_path / "link"))) == {"您的文件夹"}


def test_a_user_folder_that_is_not_there_yet_is_well_and_is_not_made(paths):
    assert bad(paths) == {}
    assert not paths.user.exists()


def test_nothing_is_written_beside_a_sound_database(used):
    before = everything_in(used.user)
    assert bad(used) == {}
    assert everything_in(used.user) == before


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DROP TABLE bookmark", "坏了"),
        ("DROP TABLE case_step", "坏了"),
        ("PRAGMA user_version = 99", "更新的版本"),
        ("PRAGMA user_version = 0", "别的程序"),
    ],
)
def test_a_user_database_that_cannot_be_used_is_seen_and_left_alone(used, statement, message):
    execute(used.user_database, statement)
    before = everything_in(used.user)
    found = bad(used)
    assert set(found) == {"您的记录"}
    assert message in found["您的记录"].value
    assert everything_in(used.user) == before


def test_a_folder_in_place_of_the_user_database_is_seen(paths):
    paths.user_database.mkdir(parents=True)
    assert "不是一个文件" in bad(paths)["您的记录"].value


def test_an_empty_user_database_is_left_for_the_program_to_fill(paths):
    paths.user.mkdir(parents=True)
    paths.user_database.touch()
    assert bad(paths) == {}
    assert everything_in(paths.user) == {"user.sqlite3": b""}


def test_the_doctor_counts_packs_and_drafts_and_checks_signatures(paths):
    key = SecretKey(b"12345678", bytes(range(32)))
    pack, built = "chunshui-1.yibaopack", "content-1.sqlite3"
    folder = PackFolder(paths.packs)
    file = folder.keep(pack, make_pack(SAMPLE, key))
    content = folder.keep(built, b"a database")
    store_digest(content)
    folder.store(State(Edition({"chunshui": pack}, content=built, unfit=("补办医保卡：变了",))))
    drafts = DraftStore(paths.drafts)
    drafts.put(Draft("0123abcd", "card-replacement", "补办医保卡"))
    drafts.put_key(write_secret(key, "chun-shui-shi"))
    found = {f.name: f for f in DoctorService(paths).examine()}
    assert found["内容包"].well
    assert "1 个，签名都对，没有用上的改动 1 处" in found["内容包"].value
    assert found["编到一半的"].value.startswith("1 份")
    assert "另抄一份" in found["签名的密钥"].value
    content.write_bytes(b"another")
    assert "坏了或不在了" in bad(paths)["内容包"].value
    data = bytearray(file.read_bytes())
    data[-40] ^= 1
    file.write_bytes(bytes(data))
    assert pack in bad(paths)["内容包"].value
