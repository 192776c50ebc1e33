"""Takes out of ICU's data what a guide in Chinese has no use for.

Qt asks ICU how text is sorted, how the old encodings of a system are read, and what time zones are
called (``nm -D libQt6Core.so.6`` lists the functions); it brings formats, names and alphabets of
some 800 languages along, four fifths of the library. What stays sorts Chinese and English as
before. Needs ``icupkg`` (icu-devtools).

    python build_spec/icu_data.py FOLDER OUT

writes the library of a folder with Qt's libraries anew, into another folder.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from elf import symbol

_UNUSED_FOLDERS = ("brkitr", "rbnf", "translit", "unit")
"""Where words and lines end, how numbers are spelt out, letters written in others, and things
measured: Qt does the first itself, and never asks for the others."""

_OF_A_LANGUAGE = re.compile(r"(?!res_index)(?:[a-z]{2,3}|ff_Adlm)(?:_.*)?\.res")
_CHINESE_OR_ENGLISH = re.compile(r"(?:zh|en)(?:_.*)?\.res")
_ENCODINGS = {
    "gb18030.cnv", "ibm-1386_P100-2001.cnv", "windows-936-2000.cnv", "ibm-1383_P110-1999.cnv",
    "windows-950-2000.cnv", "ibm-1373_P100-2002.cnv", "ibm-5348_P100-1997.cnv",
}  # fmt: skip
"""Those a Chinese system may be set to: GB 18030, GBK, GB 2312, Big5, Windows-1252."""

_UNUSED = re.compile(r"unames\.icu|.*\.spp")
"""What characters are called, and what names on a network may look like."""

Link = Callable[[Path, Path, str], None]
"""Makes a library (second) of an assembler's source (first), to be called so (third)."""


def is_data(name: str) -> bool:
    """Whether a library is ICU's data."""
    return Path(name).name.startswith("libicudata.so.")


def link_here(source: Path, out: Path, name: str) -> None:
    """By the assembler and the linker of this machine, for itself."""
    assembled = source.with_suffix(".o")
    _run("as", source, "-o", assembled)
    _run("ld", "-shared", f"-soname={name}", "-z", "noexecstack", assembled, "-o", out)


def reduce(library: Path, out: Path, link: Link = link_here) -> None:
    """Write the library anew with what is in use of its data.

    Raises:
        ValueError: it does not hold its data as expected.
    """
    name = re.sub(r".*\.so\.(\d+).*", r"icudt\1", library.name)
    with tempfile.TemporaryDirectory() as work:
        data = Path(work) / f"{name}l.dat"
        data.write_bytes(symbol(library, f"{name}_dat"))
        unwanted = Path(work) / "unwanted.lst"
        items = _run("icupkg", "-l", data).splitlines()
        unwanted.write_text("".join(f"{item}\n" for item in items if not is_wanted(item)))
        _run("icupkg", "-r", unwanted, data)
        source = Path(work) / "data.s"
        source.write_text(_SOURCE.format(symbol=f"{name}_dat", file=data))
        link(source, out, library.name)
    out.chmod(0o755)


_SOURCE = """.section .rodata
.balign 16
.globl {symbol}
.type {symbol},%object
{symbol}:
.incbin "{file}"
.size {symbol},.-{symbol}
.section .note.GNU-stack,"",%progbits
"""


def is_wanted(item: str) -> bool:
    """Whether an item of the data is in use."""
    folder, _, name = item.rpartition("/")
    if name.endswith(".cnv"):
        return name in _ENCODINGS
    if folder in _UNUSED_FOLDERS or _UNUSED.fullmatch(name):
        return False
    return not _OF_A_LANGUAGE.fullmatch(name) or bool(_CHINESE_OR_ENGLISH.fullmatch(name))


def _run(*command: str | Path) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout


def main(folder: Path, out: Path) -> None:
    """Reduce the library that lies in a folder; nothing where Qt does without ICU."""
    out.mkdir(parents=True, exist_ok=True)
    for library in folder.glob("libicudata.so.*"):
        reduce(library, out / library.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
