"""What a screen can look like: window, scale, theme, text size; every pair of values at least once."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from itertools import combinations, product

from yibao_desktop.settings import TextSize, Theme


@dataclass(frozen=True, slots=True)
class Looks:
    """One way the window can look; its size is in pixels of the screen."""

    size: tuple[int, int]
    scale: float
    theme: Theme
    text: TextSize

    @property
    def name(self) -> str:
        width, height = self.size
        return f"{width}x{height}-{self.scale * 100:.0f}-{self.theme}-{self.text}"

    @property
    def logical_size(self) -> tuple[int, int]:
        """The size as the program counts it."""
        return round(self.size[0] / self.scale), round(self.size[1] / self.scale)


EVERY = tuple(
    Looks(*values)
    for values in product(
        [(1024, 700), (1920, 1080)],
        [1.0, 1.5, 2.0],
        [Theme.LIGHT, Theme.DARK, Theme.CONTRAST],
        list(TextSize),
    )
)

Pair = tuple[int, object, int, object]


def pairs_of(looks: Looks) -> set[Pair]:
    """Every two values of it, with their places."""
    return {(i, a, j, b) for (i, a), (j, b) in combinations(enumerate(astuple(looks)), 2)}


def pairwise(every: tuple[Looks, ...] = EVERY) -> list[Looks]:
    """A few of them in which every two values meet; at each step the one that brings most."""
    missing = set().union(*(pairs_of(looks) for looks in every))
    chosen = []
    while missing:
        best = max(every, key=lambda looks: len(pairs_of(looks) & missing))
        chosen.append(best)
        missing -= pairs_of(best)
    return chosen
