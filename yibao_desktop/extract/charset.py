"""What the bytes of a text mean, and whether what comes out can be read."""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress

from yibao_desktop.domain.own.reading import Refusal, RefusedError

READABLE = 0.95
"""Text with a smaller share of characters that papers here are made of is no text."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb'charset\s*=\s*["\']?\s*([A-Za-z0-9_.:-]+)', re.IGNORECASE)
_DECLARED_WITHIN = 4096
_WIDER = {name: "gb18030" for name in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936")}
_NEVER_SO = ("utf-8", "utf8", "unicode", "utf-16", "utf16")
"""Declared where strict UTF-8 and the marks have already said no."""
_SAMPLED = 20_000
_ZEROS = 0.2


def decode(data: bytes, declares: bool = False) -> str:
    """The text: by its mark, else as strict UTF-8, else as declared, else GB18030 or Big5.

    Args:
        data: the bytes.
        declares: whether it may name its charset itself, as web pages do, rightly or not.

    Raises:
        RefusedError: no charset fits.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data.decode(charset, "replace")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    if declares and (declared := _as_declared(data)) is not None:
        return declared
    if unmarked := _unmarked_utf16(data):
        return data.decode(unmarked, "replace")
    guesses = [g for name in ("gb18030", "big5hkscs") if (g := _guess(data, name))]
    if not guesses:
        raise RefusedError(Refusal.GARBLED)
    return max(guesses, key=_commonness)  # of two alike the first


def _as_declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    name = found[1].decode("ascii").lower() if found else ""
    if not name or name in _NEVER_SO:
        return None
    with suppress(UnicodeDecodeError, LookupError):
        return data.decode(_WIDER.get(name, name))
    return None


def _unmarked_utf16(data: bytes) -> str | None:
    odd, even = data[1::2].count(0), data[::2].count(0)
    if len(data) < 20 or max(odd, even) <= len(data) * _ZEROS:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(data: bytes, charset: str) -> str | None:
    text = data.decode(charset, "replace")
    return text if text.count("\ufffd") <= max(3, len(text) // 500) else None


def _commonness(text: str) -> float:
    """Share of characters outside ASCII that are among the common ones of either script."""
    outside = [c for c in text[:_SAMPLED] if ord(c) > 127]
    return sum(map(_weight, outside)) / len(outside) if outside else 1.0


def _weight(character: str) -> float:
    if (code := _code(character, "gb2312")) is not None:
        return 1.0 if 0xB0 <= code <= 0xD7 or code in (0xA1, 0xA3) else 0.0
    return 0.9 if _is_common_traditional(character) else 0.0


def _code(character: str, charset: str) -> int | None:
    try:
        return character.encode(charset)[0]
    except UnicodeEncodeError:
        return None


def _is_common_traditional(character: str) -> bool:
    code = _code(character, "big5")
    return code is not None and 0xA1 <= code <= 0xC6


def refuse_garbled(text: str) -> None:
    """Let only text pass that people can read: simplified or traditional, not a mixture of signs.

    Raises:
        RefusedError: it is none.
    """
    signs = [c for c in text if not c.isspace() and unicodedata.category(c)[0] != "P"]
    if not signs:
        return
    plain = sum(c.isprintable() for c in signs if ord(c) < 128)
    beyond = [c for c in signs if ord(c) > 127]
    simplified = sum(_code(c, "gb2312") is not None for c in beyond)
    traditional = sum(_is_common_traditional(c) for c in beyond)
    if plain + max(simplified, traditional) < READABLE * len(signs):
        raise RefusedError(Refusal.GARBLED)
