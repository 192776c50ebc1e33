"""A page made in a form among the seeds: faults are told by their place in it, not by a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from yibao_desktop.content.loader import Seed
from yibao_desktop.content.problems import Problem
from yibao_desktop.content.walk import walk
from yibao_desktop.content.yaml_reader import Located, Path
from yibao_desktop.domain.pages import Page

_FILE = "（编的这一份）"


class PlacedSeed:
    """A page that stands in no file, each of its values on a line of its own.

    Attributes:
        seed: to be checked among others.
    """

    def __init__(self, page: Page, name: str) -> None:
        """``name`` is that of the file the page would stand in, without its folder."""
        self._paths = list(_paths(page))
        self._file = f"{_FILE}/{name}"
        lines = {path: line for line, path in enumerate(self._paths, 1)}
        self.seed: Seed[Any] = Seed(page, self._file, Located(page, lines))

    def problems(self, found: Iterable[Problem]) -> Iterator[tuple[Path, str]]:
        """Where in the page each of the problems is, and what it is; others are left out."""
        for problem in found:
            if problem.file == self._file:
                yield self._paths[problem.line - 1], problem.message


def _paths(page: Page) -> Iterator[Path]:
    """Every place a problem can be told at: the parts of a page and their fields."""
    seen: dict[Path, None] = {(): None}
    for path, value in walk(page):
        seen[path] = None
        for name in getattr(value, "__dataclass_fields__", ()):
            seen[(*path, name)] = None
    return iter(seen)
