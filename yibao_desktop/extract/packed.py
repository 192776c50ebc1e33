"""Parts of packed (zip) documents, read within limits, and their XML without a DTD."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from xml.parsers import expat

from yibao_desktop.domain.own.reading import Refusal, RefusedError
from yibao_desktop.extract.limits import DEEPEST, LARGEST_PART, LARGEST_SUM, MOST_PARTS

Element = ET.Element

_ENCRYPTED = 0x1
_PROLOGUE = 4096
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class Packed:
    """A zip file in memory.

    Raises:
        RefusedError: it is broken, or would take up too much room.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise RefusedError(Refusal.BROKEN) from error
        parts = self._zip.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_SUM:
            raise RefusedError(Refusal.SWELLS)
        self.names = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in parts}

    def read(self, name: str) -> bytes | None:
        """One part; None where there is none of that name.

        Raises:
            RefusedError: it is locked, broken or too large.
        """
        part = self.names.get(name.lower())
        if part is None:
            return None
        if part.flag_bits & _ENCRYPTED:
            raise RefusedError(Refusal.PASSWORD)
        try:
            with self._zip.open(part) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise RefusedError(Refusal.BROKEN) from error
        if len(data) > LARGEST_PART:  # whatever the directory says
            raise RefusedError(Refusal.SWELLS)
        return data

    def refuse_dtds(self) -> None:
        """Let no part pass that defines entities; for readers that parse by themselves.

        Raises:
            RefusedError: one does.
        """
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                data = self.read(name)
                if data and _DTD.search(data[:_PROLOGUE]):
                    raise RefusedError(Refusal.BROKEN)

    def xml(self, name: str) -> Element | None:
        """One part as XML; None where there is none of that name.

        Raises:
            RefusedError: it is no XML, has a DTD, or is nested too deep.
        """
        data = self.read(name)
        return None if data is None else parse_xml(data)


def parse_xml(data: bytes) -> Element:
    """The root of an XML text that has no DTD.

    Raises:
        RefusedError: it is no XML, has a DTD, or is nested too deep.
    """
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise RefusedError(Refusal.BROKEN)
        builder.start(_qualified(name), {_qualified(k): v for k, v in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_qualified(name))

    def refuse(*_: object) -> None:
        raise RefusedError(Refusal.BROKEN)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        raise RefusedError(Refusal.BROKEN) from error


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name
