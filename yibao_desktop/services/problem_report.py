"""What somebody who is to help needs to know, as one text the user can read before sending it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from yibao_desktop.clock import Clock
from yibao_desktop.paths import Paths
from yibao_desktop.reports import LOG_FILES, program_line
from yibao_desktop.services.doctor_service import DoctorService
from yibao_desktop.services.file_writer import write_file

FILE_NAME = "医保指南问题报告.txt"
LONGEST_LOG = 100_000
"""Characters of a log that are taken along, from its end."""

_TOLD = (
    "LANG", "LC_ALL", "TZ", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION",
    "GDK_SCALE", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "QT_IM_MODULE", "QT_IM_MODULES",
    "XMODIFIERS",
)  # fmt: skip
"""Variables of the environment that say how the desktop is set up, and nothing of the user."""

_HEAD = (
    "医保指南问题报告",
    "里面有程序和电脑的版本、检查的结果、出错时的记录。没有您搜过、写过、办过的内容。",
    "程序不会自己发出去；看过以后，由您决定发给谁。",
)


class ProblemReport:
    """Gathers it from one installation and one user's folder."""

    def __init__(self, paths: Paths, clock: Clock) -> None:
        self._paths = paths
        self._clock = clock

    def text(self) -> str:
        """The whole report; the user's own folder is named ``~``."""
        parts = (self._about(), self._environment(), self._findings(), self._files(), self._logs())
        lines = [*_HEAD, *(line for part in parts for line in ("", *part)), ""]
        return _without_home("\n".join(lines), self._paths.user)

    def save(self, file: Path) -> None:
        """Write it.

        Raises:
            DataError: it cannot be written there.
        """
        write_file(file, self.text().encode("utf-8"))

    def _about(self) -> Iterator[str]:
        yield "〔程序〕"
        yield program_line()
        yield f"{self._clock.local_now():%Y-%m-%d %H:%M %z}"

    def _environment(self) -> Iterator[str]:
        yield "〔桌面〕"
        for name in _TOLD:
            if name in os.environ:
                yield f"{name}={os.environ[name]}"

    def _findings(self) -> Iterator[str]:
        yield "〔检查〕"
        for finding in DoctorService(self._paths).examine():
            mark = "好" if finding.well else "坏"
            yield " ".join(
                part for part in (mark, finding.name, finding.value, finding.remedy) if part
            )

    def _files(self) -> Iterator[str]:
        yield "〔文件的大小〕"
        ours = (self._paths.user_database, self._paths.content_database, self._paths.settings)
        for path in ours:
            size = f"{path.stat().st_size:,} 字节" if path.is_file() else "没有"
            yield f"{path.name}：{size}"

    def _logs(self) -> Iterator[str]:
        log = self._paths.log
        older = [log.with_name(f"{log.name}.{number}") for number in range(1, LOG_FILES)]
        for path in (log, log.with_name(f"{log.stem}-fault.log"), *older):
            if path.is_file():
                yield f"〔{path.name}〕"
                yield path.read_text(encoding="utf-8", errors="replace")[-LONGEST_LOG:]


def _without_home(text: str, folder: Path) -> str:
    for place in sorted({str(folder), str(Path.home())}, key=len, reverse=True):
        text = text.replace(place, "~") if len(place) > 1 else text
    return text
