"""For tests about documents of one's own: files to add, and a reader without a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.clock import SetClock
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.domain.own.reading import Reading
from yibao_desktop.extract.harness import CancelledError, Extractor
from yibao_desktop.extract.reader import read
from yibao_desktop.services.own_service import Choice, OwnService

NOTICE = "关于溪口镇窗口搬家的通知\n溪医保〔2026〕7号\n医保窗口搬到龙津路十二号二楼，周六上午也开门。\n2026年3月5日"
OTHER = "退休人员体检须知\n带上身份证和旧体检表，早上不要吃饭。"


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


def one(
    own: OwnService,
    files: Path,
    name: str = "通知.txt",
    text: str | bytes = NOTICE,
    **choice: object,
) -> OwnDocument:
    """Add one file; the document."""
    added = add(own, write(files, name, text), **choice)
    assert not added.failed
    return added.documents[0]
