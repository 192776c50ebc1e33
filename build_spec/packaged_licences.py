"""Collects the licence texts of everything a packaged build carries along."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

THIRD_PARTY = "licences"
"""Folder of the packaged build that holds the texts."""

NAMES = ("licen", "copying", "notice", "authors")
OURS = {"yibao-desktop"}
QT = """Qt and PySide6 are used under the GNU Lesser General Public License, version 3.
Their libraries lie beside this program as files of their own and can be replaced by others of the
same interface. Their sources: https://download.qt.io/official_releases/
"""


def write_licences(folder: Path, carried: Iterable[str], files: Iterable[str]) -> None:
    """Write one file for each Python package and for each system package something came from.

    ``carried`` names modules and libraries as they lie in the build; ``files`` are where they were
    taken from.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    modules = {name.replace("\\", "/").partition("/")[0].partition(".")[0] for name in carried}
    by_module = packages_distributions()
    packages = {name for module in modules for name in by_module.get(module, ())}
    # The programs begin with PyInstaller's own small one.
    for name in sorted((packages | {"pyinstaller"}) - OURS):
        package = distribution(name)
        text = "\n\n".join(_texts(package)) or _named(package)
        if text:
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "Qt.txt").write_text(QT, encoding="utf-8")
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.is_file():
        shutil.copyfile(python, folder / "Python.txt")
    for package in _system_packages(files):
        text = Path("/usr/share/doc") / package / "copyright"
        if text.is_file():
            shutil.copyfile(text, folder / f"debian-{package}.txt")
    for path in folder.iterdir():
        path.chmod(0o644)


def _texts(package: Distribution) -> Iterable[str]:
    for file in sorted(package.files or (), key=str):
        path = Path(str(package.locate_file(file)))
        in_metadata = ".dist-info" in file.parts[0]
        named = "licenses" in file.parts[1:-1] or path.name.lower().startswith(NAMES)
        if in_metadata and named and path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")


def _named(package: Distribution) -> str:
    """The licence by name, where its text does not come with the package."""
    for field in ("License-Expression", "License"):
        if package.metadata.get(field):
            return f"{package.metadata['Name']} {package.version}: {package.metadata[field]}\n"
    return ""


def _system_packages(files: Iterable[str]) -> list[str]:
    """Debian packages the files were taken from; none where there is no dpkg."""
    resolved = {str(Path(file).resolve()) for file in files}
    system = sorted(path for path in resolved if path.startswith(("/usr/lib/", "/lib/")))
    if not system or not shutil.which("dpkg-query"):
        return []
    done = subprocess.run(
        ["dpkg-query", "--search", *system], capture_output=True, text=True, check=False
    )
    return sorted({line.split(":")[0] for line in done.stdout.splitlines() if "/" in line})
