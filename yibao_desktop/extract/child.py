"""The process that reads one file: bytes come in, JSON goes out, and nothing else is touched."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from yibao_desktop.domain.own.reading import Refusal, RefusedError
from yibao_desktop.extract import limits, wire
from yibao_desktop.extract.reader import read

STANDARD_INPUT = "-"


def answer(file: str, suffix: str = "") -> str:
    """What reading a file gives, as JSON; from here on this process is confined.

    Args:
        file: its path, or ``-`` for bytes on standard input.
        suffix: what its name ends with; taken from the path where empty.
    """
    try:
        data = _bytes(file)
        # Imported before it is confined: libraries are large, documents are what is limited.
        _load_readers()
        limits.confine()
        return wire.to_text(read(data, suffix or Path(file).suffix))
    except RefusedError as error:
        return wire.refusal_text(error.refusal)
    except MemoryError:
        return wire.refusal_text(Refusal.SWELLS)
    except OSError:
        return wire.refusal_text(Refusal.UNREADABLE)
    except RecursionError:
        return wire.refusal_text(Refusal.BROKEN)
    except ImportError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return wire.refusal_text(Refusal.DIED)  # it is not the file that is broken
    except Exception as error:
        # Whatever a library makes of a spoilt file, it is the file that cannot be read.
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return wire.refusal_text(Refusal.BROKEN)


def _bytes(file: str) -> bytes:
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(limits.LARGEST_FILE + 1)
    with Path(file).open("rb") as stream:
        return stream.read(limits.LARGEST_FILE + 1)


_READERS = ("docx", "html", "ofd", "pdf", "table", "text")


def _load_readers() -> None:
    """All of them; one whose library this system cannot load fails for its own files alone."""
    for name in _READERS:
        with suppress(ImportError):
            import_module(f"yibao_desktop.extract.{name}")


def main(arguments: list[str]) -> int:
    """Read the file named; the answer goes to standard output."""
    sys.stdout.buffer.write(answer(*arguments).encode("utf-8", "replace"))
    return 0
