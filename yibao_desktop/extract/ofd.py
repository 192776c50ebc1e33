"""Reads OFD files, the paper of offices here (GB/T 33190)."""

from __future__ import annotations

import ofdkit

from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError
from yibao_desktop.extract.assemble import clean
from yibao_desktop.extract.limits import MOST_PAGES
from yibao_desktop.extract.packed import Packed
from yibao_desktop.extract.pdf import pages_reading

ENTRY = "ofd.xml"


def read_ofd(data: bytes, packed: Packed) -> Reading:
    """The text of an OFD file.

    Raises:
        RefusedError: it is broken, too long, or has pictures and no text.
    """
    packed.check_xml()
    try:
        with ofdkit.open(data) as document:
            if len(document.pages) > MOST_PAGES:
                raise RefusedError(Refusal.TOO_LONG)
            texts = [page.text() for page in document.pages]
    except ofdkit.OFDError as error:
        raise RefusedError(Refusal.BROKEN) from error
    pages = [[line for raw in text.splitlines() if (line := clean(raw))] for text in texts]
    if not any(pages):
        raise RefusedError(Refusal.SCANNED)
    return pages_reading(pages)
