"""Makes the Debian package from the packaged build; the same build gives the same package.

    python build_spec/make_deb.py FOLDER OUT

FOLDER is the packaged build (dist/yibao-desktop), OUT the folder for ``yibao-desktop_…_….deb``.
Needs dpkg-dev. What the program depends on is read from its libraries.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import make_icons
from elf import asked_of_the_system, elf_files
from release import NAME, ROOT, compression, moment, pictures, version

LINUX = ROOT / "build_spec" / "linux"
PROGRAMS = ("yibao-desktop", "yibao")
MAINTAINER = "The yibao-desktop contributors <yibao-desktop@users.noreply.github.com>"
OPTIONAL = (
    "wayland", "Wayland", "xdg-shell", "adwaita", "bradient", "cups", "speechd", "Multimedia",
    "TextToSpeech",
)  # fmt: skip
"""What is in the names of parts the program does without: what they need is recommended only."""

CONTROL = """Package: {package}
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Section: education
Priority: optional
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Suggests: speech-dispatcher, ibus | fcitx5
Description: offline guide to Chinese medical insurance
 Ask in everyday words, read answers with their sources, and be led step by
 step through procedures such as replacing a lost card, for several relatives
 at once, over days. Nothing is ever sent anywhere.
 .
 The guide is in Chinese. It is drawn from web articles of 2025 and is not
 official. The package brings its own Python and Qt.
"""
SCREENSHOTS = {"home": "首页", "results": "搜索结果", "procedure": "一步步办", "plan": "办理记录"}
SCREENSHOT = """    <screenshot{kind}>
      <caption xml:lang="zh_CN">{caption}</caption>
      <image>{address}/{name}.png</image>
    </screenshot>
"""
COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {name}
Comment: The licences of the libraries that come along, PySide6 and Qt (LGPL-3) among them, lie in
 /{home}/_internal/licences.

Files: *
Copyright: 2026 the yibao-desktop contributors
License: Expat

Files: {home}/_internal/resources/fonts/*
Copyright: 2014-2021 Adobe
License: OFL-1.1

Files: {home}/_internal/resources/icons/*
Copyright: 2022 Lucide Contributors
License: ISC

Files: {home}/_internal/resources/meaning/*
Copyright: 2020 The TensorFlow Hub Authors
 2026 cnmoro
License: Apache-2.0
 On Debian systems, the full text of this licence is in /usr/share/common-licenses/Apache-2.0.

License: Expat
{licence}

License: OFL-1.1
{font}

License: ISC
{icons}
"""


Needs = Callable[[Path, Path], tuple[str, str]]
"""What must be, and what should be on the system, of the files and a folder to work in."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a package puts things, and what it is called.

    Attributes:
        package: its name.
        home: folder of the build.
        share: folder of what desktops look for.
        linked: whether the programs are linked from where a shell finds them.
    """

    package: str = NAME
    home: str = f"usr/lib/{NAME}"
    share: str = "usr/share"
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Release:
    """What a package is for: its version, its architecture, and how its needs are found."""

    version: str
    architecture: str
    needs: Needs


def main(build: Path, out: Path) -> Path:
    """Make the package for this system; its path."""
    return make(
        build, out, Layout(), Release(version(), _run("dpkg", "--print-architecture"), _needs)
    )


def make(
    build: Path, out: Path, layout: Layout, release: Release, texts: Mapping[str, str] | None = None
) -> Path:
    """Make a package, with files of these ``texts`` besides; its path."""
    with tempfile.TemporaryDirectory(prefix="yibao-deb-") as name:
        root = Path(name) / "debian" / NAME  # where dpkg-shlibdeps expects it
        shutil.copytree(build, root / layout.home, symlinks=True)
        if layout.linked:
            _link_programs(root, layout)
        _put_desktop_files(root, layout)
        _put_documents(root, layout)
        for file, text in (texts or {}).items():
            (root / file).write_text(text, encoding="utf-8")
        _fit_rights(root)
        _write_control(root, Path(name), layout, release)
        _date(root)
        out.mkdir(parents=True, exist_ok=True)
        package = out / f"{layout.package}_{release.version}_{release.architecture}.deb"
        _run(
            "dpkg-deb",
            "--root-owner-group",
            "-Zxz",
            f"-z{compression()}",
            "--build",
            str(root),
            str(package),
        )
    return package


def _run(*command: str, folder: Path | None = None) -> str:
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(moment()), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-3000:]}")
    return done.stdout.strip()


def _link_programs(root: Path, layout: Layout) -> None:
    folder = root / "usr" / "bin"
    folder.mkdir(parents=True)
    for program in PROGRAMS:
        (folder / program).symlink_to(f"{os.path.relpath(layout.home, 'usr/bin')}/{program}")


def _filled_in(path: Path) -> str:
    day = datetime.fromtimestamp(moment(), UTC).date().isoformat()
    text = path.read_text(encoding="utf-8")
    text = text.replace("@VERSION@", version()).replace("@DATE@", day)
    return text.replace("@SCREENSHOTS@", _screenshots())


def _screenshots() -> str:
    """Pictures for software centres, which load them: there are none without an address."""
    if not pictures():
        return ""
    shown = "".join(
        SCREENSHOT.format(kind=' type="default"' if not number else "", name=name, caption=caption,
                          address=pictures())
        for number, (name, caption) in enumerate(SCREENSHOTS.items())
    )  # fmt: skip
    return f"  <screenshots>\n{shown}  </screenshots>\n"


def _put_desktop_files(root: Path, layout: Layout) -> None:
    share = root / layout.share
    for folder, source in (
        ("applications", LINUX / f"{NAME}.desktop"),
        ("metainfo", LINUX / f"{NAME}.metainfo.xml"),
    ):
        place = share / folder / source.name.replace(NAME, layout.package)
        place.parent.mkdir(parents=True)
        place.write_text(_found(_filled_in(source), layout), encoding="utf-8")
    with tempfile.TemporaryDirectory() as icons:
        make_icons.main(Path(icons))
        shutil.copytree(Path(icons) / "hicolor", share / "icons" / "hicolor")
    for source in (LINUX / "man").rglob("*.1"):
        language = source.parent.relative_to(LINUX / "man")
        _compress(share / "man" / language / "man1" / f"{source.name}.gz", _filled_in(source))


def _compress(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def _found(text: str, layout: Layout) -> str:
    """Programs and picture of a menu entry, where neither can be found by its name."""
    if layout.linked:
        return text
    icon = f"/{layout.share}/icons/hicolor/256x256/apps/{NAME}.png"
    text = re.sub(r"(?m)^Exec=", f"Exec=/{layout.home}/", text)
    text = re.sub(r"(?m)^Icon=.*$", f"Icon={icon}", text)
    return text.replace(f">{NAME}.desktop<", f">{layout.package}.desktop<")


def _put_documents(root: Path, layout: Layout) -> None:
    share = root / layout.share
    folder = share / "doc" / layout.package
    folder.mkdir(parents=True)
    resources = ROOT / "resources"
    copyright_text = COPYRIGHT.format(
        name=NAME,
        home=layout.home,
        licence=_indented(ROOT / "LICENSE"),
        font=_indented(resources / "fonts" / "LICENSE-OFL.txt"),
        icons=_indented(resources / "icons" / "LICENSE-lucide.txt"),
    )
    (folder / "copyright").write_text(copyright_text, encoding="utf-8")
    date = format_datetime(datetime.fromtimestamp(moment(), UTC))
    changes = (
        f"{layout.package} ({version()}) unstable; urgency=medium\n\n  * Version {version()}.\n\n"
    )
    _compress(folder / "changelog.gz", f"{changes}\n\n -- {MAINTAINER}  {date}\n")
    overrides = share / "lintian" / "overrides" / layout.package
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(LINUX / "lintian-overrides", overrides)


def _indented(path: Path) -> str:
    """A text as a field of a control file has it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(f" {line.rstrip()}" if line.strip() else " ." for line in lines)


def _fit_rights(root: Path) -> None:
    for path in root.rglob("*"):
        if path.is_symlink():
            continue
        beside = (path.parent / "_internal").is_dir()
        runs = path.is_dir() or path.match("python/bin/*") or (path.name in PROGRAMS and beside)
        path.chmod(0o755 if runs else 0o644)


def is_optional(path: Path) -> bool:
    """Whether the program does without a library of its own."""
    return any(part in path.name for part in OPTIONAL)


def _owners(names: set[str]) -> set[str]:
    """The system's packages that libraries of these names belong to."""
    folder = f"*/lib/{_run('dpkg-architecture', '-qDEB_HOST_MULTIARCH')}"
    done = subprocess.run(  # fails where one is of no package, such as Qt's own
        ["dpkg-query", "--search", *(f"{folder}/{name}" for name in sorted(names))],
        capture_output=True,
        text=True,
        check=False,
    )
    lists = (line.split(": ", 1)[0] for line in done.stdout.splitlines())
    return {name.strip().split(":")[0] for packages in lists for name in packages.split(",")}


def _carried_packages(root: Path) -> set[str]:
    """Packages of which nothing is needed, as their libraries come along.

    dpkg-shlibdeps would name them where the computer that makes the package has them, and one that
    has no network and lacks them could not install it.
    """
    carried = {p.name for p in root.rglob("*.so*")}
    return _owners(carried) - _owners(asked_of_the_system(root))


def _needs(root: Path, scratch: Path) -> tuple[str, str]:
    """What must be, and what should be on the system, as dpkg-shlibdeps finds it."""
    (scratch / "debian" / "control").write_text(
        f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n"
    )
    libraries = elf_files(root)
    folders = sorted({str(p.parent) for p in libraries})
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"]
    command += [f"-l{folder}" for folder in folders]
    command += [f"-x{package}" for package in sorted(_carried_packages(root))]
    for path in libraries:
        command += ["-dRecommends" if is_optional(path) else "-dDepends", f"-e{path}"]
    lines = _run(*command, folder=scratch).splitlines()
    found = dict(line.removeprefix("shlibs:").split("=", 1) for line in lines)
    return found["Depends"], found["Recommends"]


def _write_control(root: Path, scratch: Path, layout: Layout, release: Release) -> None:
    files = [p for p in sorted(root.rglob("*")) if p.is_file() and not p.is_symlink()]
    folder = root / "DEBIAN"
    folder.mkdir(mode=0o755)
    depends, recommends = release.needs(root, scratch)
    control = CONTROL.format(
        package=layout.package,
        version=release.version,
        architecture=release.architecture,
        maintainer=MAINTAINER,
        size=sum(-(-p.stat().st_size // 1024) for p in files),
        depends=depends,
        recommends=", ".join(filter(None, (recommends, "fonts-noto-cjk | fonts-wqy-microhei"))),
    )
    (folder / "control").write_text(control, encoding="utf-8")
    sums = (f"{_md5(p)}  {p.relative_to(root).as_posix()}\n" for p in files)
    (folder / "md5sums").write_text("".join(sums), encoding="utf-8")


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _date(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        os.utime(path, (moment(), moment()), follow_symlinks=False)


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))
