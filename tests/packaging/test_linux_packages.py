"""The Debian package and the portable archive made of the packaged build."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT
from yibao_desktop import __version__

pytestmark = [pytest.mark.package, pytest.mark.xdist_group("packaged")]

SCRIPTS = ROOT / "build_spec"
QUICKLY = {"YIBAO_COMPRESSION": "1"}


def make(script: str, folder: Path, out: Path) -> Path:
    """Run one of the scripts; the file it made."""
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / script), str(folder), str(out)],
        env=os.environ | QUICKLY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def deb(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    for tool in ("dpkg-deb", "dpkg-shlibdeps"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is missing; build_spec/system-packages.sh deb installs it")
    for library in ("libwayland-cursor.so.0", "libspeechd.so.2", "libcups.so.2", "libpulse.so.0"):
        if (
            library
            not in subprocess.run(
                ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True
            ).stdout
        ):
            pytest.skip(f"{library} is missing; build_spec/system-packages.sh deb installs it")
    return make("make_deb.py", folder, tmp_path_factory.mktemp("deb"))


@pytest.fixture(scope="module")
def unpacked(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("root")
    subprocess.run(["dpkg-deb", "--raw-extract", str(deb), str(target)], check=True)
    return target


def fields(unpacked: Path) -> dict[str, str]:
    lines = (unpacked / "DEBIAN" / "control").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines if not line.startswith(" "))


def test_it_says_what_it_is_and_what_it_needs(deb, unpacked):
    control = fields(unpacked)
    assert (control["Package"], control["Version"]) == ("yibao-desktop", __version__)
    needed = {part.split()[0]: part for part in control["Depends"].split(", ")}
    assert needed["libc6"].startswith("libc6 (>= 2.")
    assert not [name for name in needed if "python" in name]
    assert "libcups2" in control["Recommends"]
    assert int(control["Installed-Size"]) <= 221_000
    assert deb.stat().st_size <= 75e6


def provides(package: str) -> set[str]:
    """Names of the files a package of this system puts down."""
    listed = subprocess.run(
        ["dpkg-query", "--listfiles", package], capture_output=True, text=True, check=True
    )
    return {Path(line).name for line in listed.stdout.splitlines()}


def is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def test_it_asks_for_what_it_does_not_carry_and_for_nothing_else(unpacked):
    control = fields(unpacked)
    needed = [part.split()[0] for part in control["Depends"].split(", ")]
    wished = [part.split()[0] for part in control["Recommends"].split(", ")]
    parts = [p for p in unpacked.rglob("*") if p.is_file() and is_elf(p)]
    listed = subprocess.run(
        ["objdump", "--private-headers", *parts], capture_output=True, text=True, check=True
    )
    words = (line.split() for line in listed.stdout.splitlines())
    asked = {word[1] for word in words if word[:1] == ["NEEDED"]} - {p.name for p in parts}
    assert [name for name in needed if not provides(name) & asked] == []
    assert "libxcb-cursor.so.0" not in asked
    given = set.union(*(provides(name) for name in (*needed, *wished) if "fonts" not in name))
    assert sorted(asked - given) == []
    assert "libegl1" in needed
    for library, package in (
        ("libcups.so.2", "libcups2"),
        ("libpulse.so.0", "libpulse0"),
        ("libspeechd.so.2", "libspeechd2"),
    ):
        carried = library in {p.name for p in parts}
        assert carried or package in wished, "paper and voice come with it, or are asked for"


def test_everything_is_where_a_desktop_looks_for_it(unpacked):
    share = unpacked / "usr" / "share"
    for program in ("yibao", "yibao-desktop"):
        link = unpacked / "usr" / "bin" / program
        assert link.is_symlink()
        assert os.access(link.resolve(), os.X_OK)
        for language in ("", "zh_CN"):
            page = share / "man" / language / "man1" / f"{program}.1.gz"
            assert __version__ in gzip.decompress(page.read_bytes()).decode()
    icons = share / "icons" / "hicolor"
    assert (icons / "scalable" / "apps" / "yibao-desktop.svg").is_file()
    for side in (16, 32, 48, 128, 256):
        picture = (icons / f"{side}x{side}" / "apps" / "yibao-desktop.png").read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert int.from_bytes(picture[16:20], "big") == side
    entry = (share / "applications" / "yibao-desktop.desktop").read_text()
    for line in (
        "Name[zh_CN]=医保指南",
        "MimeType=x-scheme-handler/yibao;",
        "Categories=Office;Documentation;Qt;",
        "Exec=yibao-desktop %u",
    ):
        assert line in entry.splitlines()
    assert (
        f'version="{__version__}"'
        in (share / "metainfo" / "yibao-desktop.metainfo.xml").read_text()
    )
    documents = share / "doc" / "yibao-desktop"
    assert "OFL-1.1" in (documents / "copyright").read_text()
    assert gzip.decompress((documents / "changelog.gz").read_bytes()).startswith(b"yibao-desktop (")


def test_nothing_can_be_changed_by_others_and_sums_are_right(unpacked):
    loose = [p for p in unpacked.rglob("*") if not p.is_symlink() and p.stat().st_mode & 0o022]
    assert loose == []
    for line in (unpacked / "DEBIAN" / "md5sums").read_text().splitlines():
        digest, _, name = line.partition("  ")
        data = (unpacked / name).read_bytes()
        assert hashlib.md5(data, usedforsecurity=False).hexdigest() == digest


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("desktop-file-validate", ["usr/share/applications/yibao-desktop.desktop"]),
        ("appstreamcli", ["validate", "--no-net", "usr/share/metainfo/yibao-desktop.metainfo.xml"]),
    ],
)
def test_the_checkers_of_desktops_find_no_error(unpacked, tool, arguments):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is missing; build_spec/system-packages.sh deb installs it")
    done = subprocess.run(
        [tool, *arguments], cwd=unpacked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_software_centres_are_shown_pictures_that_there_are(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import make_deb

    metainfo = SCRIPTS / "linux" / "yibao-desktop.metainfo.xml"
    monkeypatch.delenv("YIBAO_PICTURES", raising=False)
    assert ElementTree.fromstring(make_deb._filled_in(metainfo)).find("screenshots") is None
    monkeypatch.setenv("YIBAO_PICTURES", "https://example.org/pictures/")
    shown = ElementTree.fromstring(make_deb._filled_in(metainfo)).findall("screenshots/screenshot")
    assert [s.get("type") for s in shown].count("default") == 1
    for screenshot in shown:
        address, _, name = screenshot.findtext("image", "").rpartition("/")
        assert address == "https://example.org/pictures"
        assert (SCRIPTS / "screenshots" / name).is_file()


def test_the_same_build_gives_the_same_package(folder, deb, tmp_path):
    assert make("make_deb.py", folder, tmp_path).read_bytes() == deb.read_bytes()


def test_the_portable_archive_runs_from_any_folder(folder, tmp_path):
    packed = make("make_portable.py", folder, tmp_path)
    assert __version__ in packed.name
    target = tmp_path / "我的 U 盘"
    with tarfile.open(packed) as archive:
        assert {entry.uid for entry in archive} == {0}
    target.mkdir()
    shutil.unpack_archive(packed, target)
    (unpacked,) = target.iterdir()
    done = subprocess.run(
        [str(unpacked / "yibao"), "doctor", "--json"],
        env={"HOME": str(tmp_path), "LANG": "C.UTF-8", "PATH": "/nonexistent"},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert all(f["well"] for f in found)
    assert str(unpacked / "data") in [f["value"] for f in found]
    assert (unpacked / "请先读我.txt").is_file()
