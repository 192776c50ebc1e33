"""What is wrong with the seeds, told by file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yibao_desktop.errors import DataError


class Mistake(ValueError):
    """A value written wrongly; ``str()`` is a Chinese sentence.

    Attributes:
        line: line within the text it was found in, counted from 1; None where not known.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one file; ``line`` counts from 1, ``file`` is relative to the seeds folder."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentError(DataError):
    """The seeds cannot be built; ``problems`` lists every fault found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(
            f"内容里有 {len(self.problems)} 处问题，没有生成新的内容库，原来的内容库没有动。",
            "照上面的文件和行号改好，再运行一次。",
        )
