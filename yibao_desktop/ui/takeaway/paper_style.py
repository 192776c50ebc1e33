"""How handouts look on paper: sizes, colours and the style sheet made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template

from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.ui.looks.icons import IconLoader
from yibao_desktop.ui.looks.theme import Colors, load_colors

BODY_PT = {
    TextSize.STANDARD: (10.0, 14.0),
    TextSize.LARGE: (11.5, 15.0),
    TextSize.LARGER: (12.5, 16.5),
    TextSize.ELDER: (14.0, 18.0),
}
"""Least and greatest height of running text on paper."""

STEP_PT = 0.5
"""So much smaller each try is, until the text fits on as few sheets as it can."""

LARGE = 1.5
"""Height of what is read from afar, in that of running text."""

SMALL = 0.85
"""Height of what stands at the foot and of the sources, in that of running text."""

POINTS_PER_INCH = 72.0
PX_PER_INCH = 96.0

INDENT = 1.7
"""Width of a box with the room after it, in font sizes."""

POINT = 1.0
"""Width of a list sign with the room after it, in font sizes."""

RULE_COLOR = "#808080"


@dataclass(frozen=True, slots=True)
class PaperStyle:
    """How a handout looks.

    Attributes:
        css: template of the style sheet.
        icons: where drawings are taken from.
        colors: of labels and lines.
        least: least height of running text in points.
        body: height of running text in points.
        large: whether what is read from afar is said again in large letters.
    """

    css: Path
    icons: IconLoader
    colors: Colors
    least: float
    body: float
    large: bool = False

    @classmethod
    def of(cls, resources: Path, size: TextSize) -> PaperStyle:
        """The style for a text size: dark on light, with lines that a printer does not lose."""
        themes = resources / "themes"
        colors = replace(load_colors(themes, Theme.LIGHT), border=RULE_COLOR)
        icons = IconLoader(resources / "icons")
        large = size is TextSize.ELDER
        return cls(themes / "paper.css", icons, colors, *BODY_PT[size], large)

    @property
    def sizes(self) -> Iterator[PaperStyle]:
        """The same in every size that is legible, the largest first."""
        body = self.body
        while body >= self.least:
            yield replace(self, body=body)
            body -= STEP_PT

    @property
    def indent(self) -> float:
        """How far what belongs to a box stands in, in points."""
        return self.body * INDENT

    def sheet(self, dpi: int) -> str:
        """The style sheet for a device."""
        factors = {
            "body": 1.0,
            "h1": 1.6,
            "h2": 1.15,
            "h3": 1.05,
            "tick": 1.05,
            "box": 1.3,
            "large": LARGE,
        }
        factors["small"] = SMALL
        sizes = {name: f"{self.body * factor:.1f}pt" for name, factor in factors.items()}
        # Qt knows margins in pixels only, and scales them to the device.
        room = {"around": 0.8, "above": 0.4, "below": 0.15, "inset": POINT}
        scale = self.body * PX_PER_INCH / POINTS_PER_INCH
        sizes |= {name: f"{scale * factor:.0f}px" for name, factor in room.items()}
        # Qt takes the indent of a first line for pixels of the device.
        sizes["hanging"] = f"{self.indent * dpi / POINTS_PER_INCH:.0f}px"
        sizes["point"] = f"{self.body * POINT * dpi / POINTS_PER_INCH:.0f}px"
        return Template(self.css.read_text(encoding="utf-8")).substitute(sizes)
