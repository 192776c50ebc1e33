"""How much a document may ask of the computer."""

from __future__ import annotations

import os
import sys

MEGABYTE = 1 << 20

LARGEST_FILE = 32 * MEGABYTE
LARGEST_HTML = 8 * MEGABYTE
LARGEST_PART = 64 * MEGABYTE
"""Of one part of a packed file, unpacked."""
LARGEST_SUM = 256 * MEGABYTE
"""Of all parts of a packed file, unpacked, as its directory tells them."""
MOST_PARTS = 5_000
DEEPEST = 200
"""Elements of XML within one another."""
MOST_PAGES = 2_000
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_TEXT = 4 * MEGABYTE
"""Characters; a novel of a thousand pages has fewer than one million."""

MEMORY = 1024 * MEGABYTE
PROCESSOR_S = 30


def confine() -> None:
    """Let this process have no more memory and time than a document may take, and write no file.

    On Windows a job object does it, which also keeps it from starting others.
    """
    if sys.platform == "win32":
        from yibao_desktop.extract.windows_job import confine_in_job

        confine_in_job(MEMORY, PROCESSOR_S)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


_REFUSED = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system",
            "os.startfile", "os.fork", "_winapi.CreateProcess", "webbrowser.", "ftplib.", "urllib.",
            "http.", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
            "os.truncate", "os.chmod")  # fmt: skip
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """A reader of documents talks to no network, starts no program and changes no file."""
    if event.startswith(_REFUSED):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[-1], int) and arguments[-1] & _TO_WRITE:
        raise PermissionError(event)
