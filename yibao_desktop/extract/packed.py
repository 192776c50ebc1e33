"""Parts of packed (zip) documents, read within limits, and their XML without a DTD."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from yibao_desktop.domain.own.reading import Refusal, RefusedError
from yibao_desktop.extract.limits import DEEPEST, LARGEST_PART, LARGEST_SUM, MOST_PARTS
from yibao_desktop.zip_faults import ZIP_FAULTS

Element = ET.Element

_ENCRYPTED = 0x1
_BEFORE_XML = b" \t\r\n\xef\xbb\xbf\xff\xfe"
"""Blanks and the marks of encodings."""


class Packed:
    """A zip file in memory.

    Raises:
        RefusedError: it is broken, or would take up too much room.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (OSError, *ZIP_FAULTS) as error:
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
        return None if part is None else self._unpacked(part)

    def _unpacked(self, part: zipfile.ZipInfo) -> bytes:
        if part.flag_bits & _ENCRYPTED:
            raise RefusedError(Refusal.PASSWORD)
        try:
            with self._zip.open(part) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (OSError, *ZIP_FAULTS) as error:
            raise RefusedError(Refusal.BROKEN) from error
        if len(data) > LARGEST_PART:  # whatever the directory says
            raise RefusedError(Refusal.SWELLS)
        return data

    def check_xml(self) -> None:
        """Look through all XML for a reader that parses it by itself.

        Raises:
            RefusedError: a part that begins like XML is none, has a DTD, or is nested too deep.
        """
        for part in self._zip.infolist():  # whatever its name: another part says what it is
            data = self._unpacked(part)
            if data.lstrip(_BEFORE_XML).startswith((b"<", b"\0<")):
                _walk(data, _ignore, _ignore, _ignore)

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

    def start(name: str, attributes: dict[str, str]) -> None:
        builder.start(_qualified(name), {_qualified(k): v for k, v in attributes.items()})

    _walk(data, start, lambda name: builder.end(_qualified(name)), builder.data)
    return builder.close()


def _walk(
    data: bytes,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
) -> None:
    """Tell of every element of an XML text that has no DTD and is not nested too deep."""
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise RefusedError(Refusal.BROKEN)
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def refuse(*_: object) -> None:
        raise RefusedError(Refusal.BROKEN)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        raise RefusedError(Refusal.BROKEN) from error


def _ignore(*_: object) -> None:
    """Only what ``_walk`` itself refuses is asked for."""


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name
