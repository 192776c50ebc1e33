"""Packs installed, removed and gone back from; the content built with them is really opened."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.domain.guide.text import Callout, RichText
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.packs import installed
from yibao_desktop.packs.installed import Edition, PackFolder, State, base_of
from yibao_desktop.packs.keys import SecretKey
from yibao_desktop.packs.making import make_pack
from yibao_desktop.packs.trust import Verdict
from yibao_desktop.paths import Paths
from yibao_desktop.services.handout_service import page_document
from yibao_desktop.services.pack_looks import PackLook
from yibao_desktop.store.checksum import store_digest

SAMPLE = Path(__file__).parents[3] / "build_spec" / "samples" / "chunshui"
KEY = SecretKey(b"12345678", bytes(range(32)))
OTHER = SecretKey(b"87654321", bytes(range(1, 33)))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "source"))


def packed(source: Path, serial: int = 1, key: SecretKey = KEY, **changed: str) -> Path:
    manifest = source / "pack.yaml"
    lines = (SAMPLE / "pack.yaml").read_text("utf-8").replace("serial: 1", f"serial: {serial}")
    extra = "".join(f"{name}: {value}\n" for name, value in changed.items())
    manifest.write_text(lines + extra, encoding="utf-8")
    file = source.parent / f"{serial}.yibaopack"
    file.write_bytes(make_pack(source, key))
    return file


@dataclass(frozen=True)
class Taken:
    """A user's folder into which the sample was installed, and what was told of it before."""

    user: Path
    first: PackLook


@pytest.fixture(scope="module")
def taken(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Installed once, as it takes a build of the whole guide; copied where a test goes on."""
    home = tmp_path_factory.mktemp("taken")
    paths = Paths(bundle, home / "用户")
    source = Path(shutil.copytree(SAMPLE, home / "source"))
    services = opened(paths)
    first = services.packs.look(packed(source))
    kept = list(paths.packs.glob("*.yibaopack"))
    assert kept == [], "what was only looked at is not kept"
    services.packs.install(first)
    assert services.packs.look(packed(source)).verdict is Verdict.SAME
    assert len(list(paths.packs.glob("*.yibaopack"))) == 1, "what is in use is"
    services.close()
    return Taken(paths.user, first)


def opened(paths: Paths) -> ContentServices:
    return ContentServices(paths)


@pytest.mark.slow
def test_from_the_first_look_to_the_last_click(paths: Paths, source: Path, taken: Taken) -> None:
    first = taken.first
    assert (first.verdict, first.new) == (Verdict.FIRST, ("春水市在哪里补医保卡",))
    assert any(change.now == "制卡时间 15 个工作日" for change in first.changes)
    shutil.copytree(taken.user, paths.user)

    services = opened(paths)  # the place of the packs is taken, as none is set
    assert services.guide.page("chunshui--card-desk").item.origin.publisher.startswith("春水市")
    page = services.guide.page("card-replacement")
    assert "15 个工作日" in page.local[1]
    assert [whose.pack for whose in page.changed_by] == ["chunshui"]
    last = page.changed_by[0].valid_until
    assert page.cautions(last) == ()
    after = last + datetime.timedelta(days=1)
    (caution,) = page.cautions(after)
    assert "现在可能已经变了" in caution
    paper = page_document(page, after)
    assert paper.lead[0] == Callout(RichText.of(caution), "caution")
    assert page_document(page, last).lead[0] != paper.lead[0]
    desk = services.guide.page("chunshui--card-desk")
    assert page_document(desk, after).lead[1] == Callout(RichText.of(caution), "caution")
    shown = services.guide.show("card-replacement/collect-card")
    assert (shown.cautions(last), shown.cautions(after)) == ((), (caution,))
    fact = services.procedures.procedure("card-replacement").fact("card-making-time")
    assert fact.text == "15 个工作日"
    assert (
        services.search.search("春水市补卡到哪个窗口").hits[0].passage.item_id
        == "chunshui--card-desk"
    )
    assert services.packs.look(packed(source, 1, OTHER)).verdict is Verdict.OTHER_KEY

    services.packs.remove("chunshui")
    services.close()
    services = opened(paths)
    assert services.guide.page("card-replacement").local == ()
    services.packs.go_back()
    services.close()
    services = opened(paths)
    assert services.guide.page("card-replacement").local
    services.close()


@pytest.mark.slow
def test_a_damaged_or_outdated_content_gives_way_to_the_bundled_one(
    paths: Paths, taken: Taken
) -> None:
    shutil.copytree(taken.user, paths.user)
    (built,) = paths.packs.glob("content-*.sqlite3")
    whole = built.read_bytes()
    built.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    services = opened(paths)
    assert services.guide.page("card-replacement").local == ()
    assert services.packs.catch_up()
    services.close()
    services = opened(paths)
    assert services.guide.page("card-replacement").local
    assert not services.packs.catch_up()
    services.close()


def test_a_faulty_pack_changes_nothing(paths: Paths, source: Path) -> None:
    (source / "answers" / "local.yaml").write_text("answers: [{id: chunshui--x}]\n", "utf-8")
    (source / "questions" / "local.yaml").unlink()
    services = opened(paths)
    with pytest.raises(DataError, match=r"answers/local\.yaml"):
        services.packs.look(packed(source))
    assert services.packs.installed() == []
    services.close()


def test_a_pack_for_a_newer_program_says_so(paths: Paths, source: Path) -> None:
    services = opened(paths)
    with pytest.raises(UserError, match=r"99\.0"):
        services.packs.look(packed(source, min_program='"99.0"'))
    services.close()


def test_what_is_not_installed_cannot_be_removed_nor_gone_back_from(paths: Paths) -> None:
    services = opened(paths)
    with pytest.raises(UserError, match="没有装"):
        services.packs.remove("chunshui")
    with pytest.raises(UserError, match="没有上一版"):
        services.packs.go_back()
    services.close()


def test_the_state_survives_and_a_damaged_one_is_set_aside(tmp_path: Path) -> None:
    folder = PackFolder(tmp_path / "packs")
    for name in ("a.yibaopack", "b.yibaopack", "old.yibaopack"):
        folder.keep(name, b"x")
    state = State(Edition(packs={"a": "a.yibaopack"}), Edition(packs={"b": "b.yibaopack"}))
    folder.store(state)
    assert folder.state() == state
    assert not (folder.folder / "old.yibaopack").exists()
    (folder.folder / "packs.json").write_text('{"format": 1, "current"')
    assert folder.state() == State()
    assert (folder.folder / "packs.json.damaged").exists()


@pytest.mark.parametrize("name", ["../user.sqlite3", "/etc/passwd", ""])
def test_a_state_cannot_name_files_elsewhere(tmp_path: Path, name: str) -> None:
    folder = PackFolder(tmp_path)
    folder.store(State(replace(Edition(), packs={"a": name or "x"})))
    path = folder.folder / "packs.json"
    path.write_text(path.read_text().replace('"x"', '""'))
    assert folder.state() == State()


def test_a_built_database_is_read_through_once_while_nobody_touches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, bundled = PackFolder(tmp_path / "packs"), tmp_path / "content.sqlite3"
    bundled.write_bytes(b"the guide")
    built = folder.keep("content-1.sqlite3", b"the guide with packs")
    store_digest(built)
    folder.keep("a.yibaopack", b"x")
    folder.store(State(Edition({"a": "a.yibaopack"}, base=base_of(bundled), content=built.name)))
    read: list[Path] = []
    real = installed.digest

    def counted(path: Path) -> str:
        read.append(path)
        return real(path)

    monkeypatch.setattr(installed, "digest", counted)
    assert folder.content(bundled, None) == built
    assert not folder.is_behind(bundled, None)
    assert read.count(built) == 1
    built.write_bytes(b"something else altogether")
    assert folder.is_behind(bundled, None)
    assert read.count(built) == 2
