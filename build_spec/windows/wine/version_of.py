"""Prints what Windows would make of the programs named: python version_of.py PROGRAM.exe."""

from __future__ import annotations

import re
import sys

import pefile

SHOWN = (b"FileDescription", b"FileVersion")
ICON_GROUP, MANIFEST = 14, 24
"""Numbers of kinds of resources."""


def main(programs: list[str]) -> None:
    """Print a line for each: description, version, whether it has an icon, how it is scaled."""
    for program in programs:
        found = pefile.PE(program)
        tables = [t for info in found.FileInfo[0] for t in getattr(info, "StringTable", ())]
        texts = [table.entries[name].decode() for table in tables for name in SHOWN]
        manifest = b"".join(_resources(found, MANIFEST)).decode()
        scaled = re.findall(r"<dpiAwareness[^>]*>([^<]+)<", manifest)
        icon = "有图标" if _resources(found, ICON_GROUP) else "没有图标"
        print(program.rpartition("/")[2], *texts, icon, *scaled)


def _resources(program: pefile.PE, kind: int) -> list[bytes]:
    """The bytes of every resource of a kind."""
    kinds = program.DIRECTORY_ENTRY_RESOURCE.entries
    leaves = [
        leaf.data.struct
        for entry in kinds
        if entry.struct.Id == kind
        for name in entry.directory.entries
        for leaf in name.directory.entries
    ]
    return [program.get_data(leaf.OffsetToData, leaf.Size) for leaf in leaves]


if __name__ == "__main__":
    main(sys.argv[1:])
