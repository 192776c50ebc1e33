"""Prints what Windows would show of the programs named: python version_of.py PROGRAM.exe."""

from __future__ import annotations

import sys

import pefile

SHOWN = (b"FileDescription", b"FileVersion")


def main(programs: list[str]) -> None:
    """Print a line for each."""
    for program in programs:
        found = pefile.PE(program)
        tables = [t for info in found.FileInfo[0] for t in getattr(info, "StringTable", ())]
        texts = [table.entries[name].decode() for table in tables for name in SHOWN]
        print(program.rpartition("/")[2], *texts)


if __name__ == "__main__":
    main(sys.argv[1:])
