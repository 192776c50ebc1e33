"""For tests about documents of one's own: files to add, and a reader without a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.clock import SetClock
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.domain.own.reading import Reading
from yibao_desktop.extract.harness import CancelledError, Extractor
from yibao_desktop.extract.reader import read
from yibao_desktop.services.own_service import Choice, OwnService


class NearExtractor(Extractor):
    """Reads in the test's own process, which is quicker; the harness has tests of its own."""

    def read(
        self, data: bytes, suffix: str, cancelled: Callable[[], bool] = lambda: False
    ) -> Reading:
        if cancelled():
            raise CancelledError
        return read(data, suffix)


def own_service(guide: ContentServices, clock: SetClock) -> OwnService:
    """Documents of one's own beside an opened guide."""
    return OwnService(
        guide.paths, clock, guide.content.regions, lambda: guide.search.segmenter,
        extractor=NearExtractor(),
    )  # fmt: skip


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """A file to be added."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def add(own: OwnService, *paths: Path, **choice: object):
    """Look at files and add all that can be added."""
    looks = own.look(paths)
    return own.add([Choice(look, look.title, **choice) for look in looks if look.reading])
