"""Packs over a guide small enough to be built in every test: in, out, back, and what they change."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.built_content import ROOT
from tests.small_guide import write_small_guide
from tests.unit.packs.test_overlay_kinds import CELLS, PACK, REGIONS, SOURCES
from yibao_desktop.content import database_writer
from yibao_desktop.content.builder import build
from yibao_desktop.content.dictionary import make_lexicon
from yibao_desktop.content.problems import ContentError
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.packs.keys import SecretKey
from yibao_desktop.packs.making import make_pack
from yibao_desktop.packs.merging import done
from yibao_desktop.packs.order import FaultyPackError, Order, Outcome, Told
from yibao_desktop.packs.pack_file import read_pack
from yibao_desktop.packs.trust import WORDS, Verdict
from yibao_desktop.paths import Paths
from yibao_desktop.search.lexicon import Lexicon
from yibao_desktop.search.sounds import Sounds
from yibao_desktop.services import pack_service
from yibao_desktop.services.pack_service import PackService
from yibao_desktop.store.content_repository import ContentRepository

KEY = SecretKey(b"12345678", bytes(range(32)))
OTHER = SecretKey(b"87654321", bytes(range(1, 33)))
Words = tuple[Lexicon, Sounds]
TODAY = datetime.date(2026, 12, 1)
ANSWER = """\
answers:
- id: x--desk
  title: 苏州在哪里领
  topic: cards
  cut_off: false
  region: "320500"
  as_of: 2026
  answer: 到二楼。
  text: 到二楼领。
  sources: [x--n#须知]
  related: [get-card]
"""
ASKED = """\
questions:
  x--desk:
  - 苏州领卡上几楼
  - 苏州去哪栋楼领卡
"""


@dataclass
class Desk:
    """A small guide, somebody's folder, and the service over them; the content is really read."""

    paths: Paths
    service: PackService
    content: Callable[[], ContentRepository]
    region: list[str | None]

    def told(self) -> str:
        """The procedure of the guide as it is read by now."""
        return str(self.content().page("get-card"))


@pytest.fixture(scope="module")
def words() -> Words:
    """The commonest words, which take longest to read: nothing here is searched for."""
    return make_lexicon(ROOT / "resources" / "dictionaries", [])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, words: Words) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_small_guide(folder / "seeds")
    (folder / "resources").symlink_to(ROOT / "resources")
    (folder / "db").mkdir()
    paths = Paths(folder, folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(database_writer, "make_lexicon", lambda *_: words)
        build(paths.seeds, paths.resources, paths.content_database)
    return folder


def built_here(order: Order, told: Told = print, stopped: object = None) -> Outcome:
    """What a process of its own does, which ``test_pack_service`` starts, without one.

    Raises:
        FaultyPackError: the packs are written wrongly.
    """
    try:
        return done(order, told)
    except ContentError as error:
        raise FaultyPackError([str(problem) for problem in error.problems]) from error


@pytest.fixture
def desk(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Words
) -> Iterator[Desk]:
    monkeypatch.setattr(database_writer, "make_lexicon", lambda *_: words)
    monkeypatch.setattr(pack_service, "carry_out", built_here)
    paths = Paths(small, tmp_path / "user")
    region: list[str | None] = [None]
    opened: list[ContentRepository] = []

    def content() -> ContentRepository:
        built = service._folder.content(paths.content_database, region[0])
        opened.append(ContentRepository(built or paths.content_database))
        return opened[-1]

    service = PackService(paths, lambda: region[0], lambda: TODAY, content)
    yield Desk(paths, service, content, region)
    for repository in opened:
        repository.close()


def packed(
    folder: Path,
    changes: str = CELLS["line added"],
    *,
    serial: int = 1,
    key: SecretKey = KEY,
    pack: str = "x",
    answers: str = ANSWER,
    more: str = "",
) -> Path:
    """A pack with an answer of its own that changes a page of the guide."""
    source = folder / f"{pack}-{serial}"
    head = 'page: get-card\nregion: "320500"\nchanges:'
    texts = {
        "pack.yaml": PACK.replace("serial: 1", f"serial: {serial}") + more,
        "sources.yaml": SOURCES,
        "regions.yaml": REGIONS,
        "overlays/get-card.yaml": head + changes,
    }
    if answers:
        texts |= {"answers/desk.yaml": answers, "questions/desk.yaml": ASKED}
    for name, text in texts.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("x--", f"{pack}--").replace("id: x\n", f"id: {pack}\n"),
                        encoding="utf-8")  # fmt: skip
    file = folder / f"{pack}-{serial}.yibaopack"
    file.write_bytes(make_pack(source, key))
    return file


def test_a_pack_is_looked_at_and_nothing_changes(desk: Desk, tmp_path: Path) -> None:
    look = desk.service.look(packed(tmp_path))
    assert look.verdict is Verdict.FIRST
    assert look.needs_comparing
    assert look.said == WORDS[Verdict.FIRST]
    assert look.places == ("苏州市",)
    assert (look.new, look.changed, look.gone) == (("苏州在哪里领",), (), ())
    assert [change.now for change in look.changes] == ["周一人多。"]
    assert (look.ended, look.unfit, look.clashes, look.touched) == ((), (), (), ("get-card",))
    assert desk.service.installed() == []
    assert list(desk.paths.packs.glob("*.yibaopack")) == []


def test_a_pack_comes_in_is_listed_and_goes(desk: Desk, tmp_path: Path) -> None:
    look = desk.service.look(packed(tmp_path, more="valid_until: 2026-12-31\n"))
    assert desk.service.install(look) == ()
    assert "周一人多" in desk.told()
    (known,) = desk.service.installed()
    assert (known.manifest.id, known.is_over) == ("x", False)
    assert known.fingerprint == look.fingerprint
    assert desk.service.unfit == ()
    assert desk.service.can_go_back
    again = desk.service.look(packed(tmp_path, more="valid_until: 2026-12-31\n"))
    assert (again.verdict, again.needs_comparing) == (Verdict.SAME, False)
    assert (again.new, again.changes, again.changed) == ((), (), ())
    desk.service.remove("x")
    assert desk.service.installed() == []
    assert "周一人多" not in desk.told()
    assert desk.service.look(packed(tmp_path, key=OTHER)).verdict is Verdict.FIRST


def test_another_edition_says_what_is_new_and_what_ends(desk: Desk, tmp_path: Path) -> None:
    desk.service.install(desk.service.look(packed(tmp_path)))
    newer = packed(
        tmp_path, CELLS["line changed"], serial=2, answers=ANSWER.replace("到二楼", "到三楼")
    )
    look = desk.service.look(newer)
    assert look.verdict is Verdict.UPDATE
    assert (look.new, look.changed, look.gone) == ((), ("苏州在哪里领",), ())
    assert [change.now for change in look.changes] == ["先到二楼问。"]
    assert [change.now for change in look.ended] == ["周一人多。"]
    desk.service.install(look)
    assert "先到二楼问" in desk.told()
    gone = desk.service.look(packed(tmp_path, CELLS["line changed"], serial=3, answers=""))
    assert (gone.new, gone.changed, gone.gone) == ((), (), ("苏州在哪里领",))
    desk.service.go_back()
    assert "周一人多" in desk.told()
    desk.service.go_back()
    assert "先到二楼问" in desk.told()
    with pytest.raises(UserError, match="旧"):
        desk.service.install(desk.service.look(packed(tmp_path)))


def test_a_refused_pack_stays_out(desk: Desk, tmp_path: Path) -> None:
    desk.service.install(desk.service.look(packed(tmp_path)))
    look = desk.service.look(packed(tmp_path, serial=2, key=OTHER))
    assert look.verdict is Verdict.OTHER_KEY
    assert (look.new, look.changes) == ((), ())
    with pytest.raises(UserError, match="换了一把密钥"):
        desk.service.install(look)
    assert [known.manifest.serial for known in desk.service.installed()] == [1]


def test_a_part_two_packs_change_is_taken_from_the_one_chosen(desk: Desk, tmp_path: Path) -> None:
    desk.service.install(desk.service.look(packed(tmp_path, CELLS["line changed"])))
    second = CELLS["line changed"].replace("二楼", "五楼")
    look = desk.service.look(packed(tmp_path, second, pack="y", answers=""))
    (clash,) = look.clashes
    with pytest.raises(UserError, match="要选用哪一份"):
        desk.service.install(look)
    assert "二楼问" in desk.told()
    desk.service.install(look, {clash.part: "y"})
    assert "五楼问" in desk.told()
    assert [known.manifest.id for known in desk.service.installed()] == ["x", "y"]
    desk.service.remove("y")
    assert "二楼问" in desk.told()
    assert [known.manifest.id for known in desk.service.installed()] == ["x"]


def test_packs_are_built_in_again_where_the_place_is_another(desk: Desk, tmp_path: Path) -> None:
    assert not desk.service.is_behind
    assert desk.service.catch_up() is False
    desk.service.install(desk.service.look(packed(tmp_path)))
    assert not desk.service.is_behind
    desk.region[0] = "320500"
    assert desk.service.is_behind == (desk.service._folder.content(
        desk.paths.content_database, "320500") is None)  # fmt: skip
    desk.region[0] = "110000"
    assert desk.service.is_behind
    assert desk.service.catch_up() is True
    assert not desk.service.is_behind
    assert "周一人多" not in desk.told()


def test_a_faulty_pack_is_told_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"answers/desk\.yaml"):
        desk.service.look(packed(tmp_path, answers="answers: [{id: x--desk}]\n"))
    assert desk.service.installed() == []
    assert list(desk.paths.packs.glob("*.yibaopack")) == []


# -- making ----------------------------------------------------------------------------------------


def test_a_key_is_made_once_with_a_password(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "my.key"
    with pytest.raises(UserError, match="要有密码"):
        desk.service.new_key(file, "")
    assert not file.exists()
    digits = desk.service.new_key(file, "很难猜的")
    assert file.stat().st_mode & 0o777 == 0o600
    public = file.with_name("my.key.pub").read_text("utf-8")
    assert public.endswith("\n")
    before = file.read_bytes()
    with pytest.raises(UserError, match="已经有了"):
        desk.service.new_key(file, "别的")
    assert file.read_bytes() == before
    packed(tmp_path)
    out = tmp_path / "out.yibaopack"
    manifest = desk.service.make(tmp_path / "x-1", file, "很难猜的", out)
    assert (manifest.id, manifest.serial) == ("x", 1)
    assert read_pack(out.read_bytes()).key.text == public.strip()
    assert desk.service.look(out).fingerprint == digits


def test_what_does_not_fit_is_not_signed(desk: Desk, tmp_path: Path) -> None:
    key, out = tmp_path / "my.key", tmp_path / "out.yibaopack"
    with pytest.raises(UserError, match="密钥文件读不出来"):
        desk.service.make(tmp_path, key, "x", out)
    desk.service.new_key(key, "很难猜的")
    packed(tmp_path, CELLS["line changed"].replace("先问。}\n  to", "早就没有了。}\n  to"))
    with pytest.raises(FaultyPackError):
        desk.service.make(tmp_path / "x-1", key, "很难猜的", out)
    assert not out.exists()
    with pytest.raises(UserError, match="密码"):
        desk.service.make(tmp_path / "x-1", key, "不对的", out)


def test_a_file_too_long_to_be_a_key_is_not_read_as_one(desk: Desk, tmp_path: Path) -> None:
    key = tmp_path / "long.key"
    key.write_bytes(b"x" * 10_001)
    with pytest.raises(UserError, match="密钥文件读不出来"):
        desk.service.make(tmp_path, key, "x", tmp_path / "out.yibaopack")
    key.write_bytes(b"x" * 10_000)
    with pytest.raises(UserError) as caught:
        desk.service.make(tmp_path, key, "x", tmp_path / "out.yibaopack")
    assert "读不出来" not in str(caught.value)


def test_a_key_known_as_void_is_refused(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, void = packed(tmp_path), tmp_path / "void-keys.txt"
    monkeypatch.setattr(Paths, "void_keys", property(lambda _: void))
    assert desk.service.look(file).verdict is Verdict.FIRST  # there is no list
    public = read_pack(file.read_bytes()).key.text
    void.write_text(f"# {public}\n", encoding="utf-8")
    assert desk.service.look(file).verdict is Verdict.FIRST
    void.write_text(f"# 作废的\n{public} \n", encoding="utf-8")
    look = desk.service.look(file)
    assert look.verdict is Verdict.REVOKED
    with pytest.raises(UserError, match="作废"):
        desk.service.install(look)
