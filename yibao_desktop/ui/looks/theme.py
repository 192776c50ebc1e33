"""Colours, sizes and the style sheet made of them."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from yibao_desktop.settings import Settings, SettingsStore, TextSize, Theme
from yibao_desktop.ui.looks.qt_paths import qt_path

BODY_PX = {
    TextSize.STANDARD: 16,
    TextSize.LARGE: 19,
    TextSize.LARGER: 22,
    TextSize.ELDER: 26,
}
"""Height of body text in logical pixels; 26 px are more than 18 pt."""

TARGET_PX = {
    TextSize.STANDARD: 44,
    TextSize.LARGE: 48,
    TextSize.LARGER: 54,
    TextSize.ELDER: 62,
}
"""Least height of anything to be clicked, borders and padding included."""

FEW_CHOICES = {TextSize.ELDER: 4}
"""Choices of a kind shown at first, where fewer on a screen are easier."""

LEAST_TARGET_PX = 44
"""Least side of anything to be clicked that unsteady hands can hit."""

_TARGET_FRAME_PX = 12
READING_LINES = 1.75
"""Line height of running text, in font sizes."""

LABEL_LINES = 1.5
"""Line height of single lines and short paragraphs, in font sizes."""

LOW_IN_LINES = 12
"""In a window less high than so many lines of body text the room is for what is read first."""

SPACE = 8
"""The grid all distances are multiples of, in logical pixels."""


@dataclass(frozen=True, slots=True)
class Colors:
    """Named colours of one theme, as ``#RRGGBB``."""

    window: str
    surface: str
    surface_hover: str
    surface_selected: str
    border: str
    border_strong: str
    text: str
    text_secondary: str
    accent: str
    accent_hover: str
    on_accent: str
    link: str
    focus: str
    label_surface: str
    mark: str
    note_surface: str
    note_border: str
    caution_surface: str
    caution_border: str
    doubt_surface: str
    doubt_border: str
    danger: str
    own_stripe: str


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in logical pixels, all following the text size.

    Attributes:
        few: so many choices of a kind are shown until more are asked for; None is all of them.
        elder: whether things come one at a time, each with its word and large.
    """

    body: int
    small: int
    lead: int
    h1: int
    h2: int
    h3: int
    target: int
    target_small: int
    line_spacing: int
    few: int | None
    elder: bool

    @classmethod
    def of(cls, size: TextSize, line_spacing: int) -> Metrics:
        """The sizes that belong to a text size.

        Args:
            size: the text size.
            line_spacing: what the font itself takes from line to line of body text.
        """
        body = BODY_PX[size]
        return cls(
            body=body,
            small=round(body * 0.875),
            lead=round(body * 1.125),
            h1=round(body * 1.75),
            h2=round(body * 1.375),
            h3=round(body * 1.125),
            target=TARGET_PX[size] - _TARGET_FRAME_PX,
            target_small=TARGET_PX[size] - 2 * _TARGET_FRAME_PX,
            line_spacing=line_spacing,
            few=FEW_CHOICES.get(size),
            elder=size is TextSize.ELDER,
        )

    def line_height(self, lines: float) -> int:
        """Line height of ``lines`` times the font size, in percent of the font's own spacing."""
        return round(100 * lines * self.body / self.line_spacing)

    def is_low(self, height: int) -> bool:
        """Whether a window of so many pixels of height has room for few lines only."""
        return height < LOW_IN_LINES * self.line_spacing

    @property
    def target_outer(self) -> int:
        """Height of a button as it appears."""
        return self.target + _TARGET_FRAME_PX

    @property
    def icon(self) -> int:
        """Side of an icon beside body text."""
        return round(self.body * 1.25)

    @property
    def column(self) -> int:
        """Width of a column of text, about 40 characters and its margins."""
        return self.body * 44


def load_colors(themes: Path, theme: Theme) -> Colors:
    """Colours of a theme other than ``system``."""
    with (themes / f"{theme}.toml").open("rb") as file:
        return Colors(**tomllib.load(file))


def fill_in(template: Path, colors: Colors, metrics: Metrics) -> str:
    """A style sheet with the colours and sizes of the theme in place of their names."""
    sizes = {name: f"{value}px" for name, value in asdict(metrics).items()}
    heights = {
        "reading_height": f"{metrics.line_height(READING_LINES)}%",
        "label_height": f"{metrics.line_height(LABEL_LINES)}%",
    }
    text = Template(template.read_text(encoding="utf-8"))
    light = QColor(colors.on_accent).lightnessF() > 0.5
    signs = {
        "signs": Path(qt_path(template.parent / "signs")).as_posix(),
        "check": "check-light" if light else "check-dark",
    }
    return text.substitute(asdict(colors), **sizes, **heights, **signs)


class ThemeManager(QObject):
    """Applies theme and text size to the whole program and tells when they change.

    Attributes:
        colors: colours in force.
        metrics: sizes in force.
        page_style: style sheet for the reader's text.

    Signals:
        changing: both are about to be applied.
        changed: both have been applied.
    """

    changing = Signal()
    changed = Signal()

    def __init__(self, app: QApplication, themes: Path, settings: SettingsStore) -> None:
        super().__init__()
        self._app = app
        self._themes = themes
        self._settings = settings
        self._apply(settings.current)
        settings.listen(self._on_settings_changed)
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def _on_settings_changed(self, settings: Settings) -> None:
        looks = settings.theme, settings.text_size
        if looks != self._looks:
            self.changing.emit()
            self._apply(settings)
            self.changed.emit()

    def _on_system_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._settings.current.theme is Theme.SYSTEM:
            self.changing.emit()
            self._apply(self._settings.current)
            self.changed.emit()

    def _apply(self, settings: Settings) -> None:
        self._looks = settings.theme, settings.text_size
        self.colors = load_colors(self._themes, self._effective(settings.theme))
        font = QFont(self._app.font())
        font.setPixelSize(BODY_PX[settings.text_size])
        self.metrics = Metrics.of(settings.text_size, QFontMetrics(font).lineSpacing())
        self._app.setFont(font)
        self._app.setPalette(_palette(self.colors))
        self._app.setStyleSheet(fill_in(self._themes / "app.qss", self.colors, self.metrics))
        self.page_style = fill_in(self._themes / "page.css", self.colors, self.metrics)

    def _effective(self, theme: Theme) -> Theme:
        if theme is not Theme.SYSTEM:
            return theme
        dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return Theme.DARK if dark else Theme.LIGHT


def _palette(colors: Colors) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colors.window,
        QPalette.ColorRole.WindowText: colors.text,
        QPalette.ColorRole.Base: colors.surface,
        QPalette.ColorRole.AlternateBase: colors.surface_hover,
        QPalette.ColorRole.Text: colors.text,
        QPalette.ColorRole.PlaceholderText: colors.text_secondary,
        QPalette.ColorRole.Button: colors.surface,
        QPalette.ColorRole.ButtonText: colors.text,
        QPalette.ColorRole.Link: colors.link,
        QPalette.ColorRole.LinkVisited: colors.link,
        QPalette.ColorRole.Highlight: colors.accent,
        QPalette.ColorRole.HighlightedText: colors.on_accent,
        QPalette.ColorRole.ToolTipBase: colors.surface,
        QPalette.ColorRole.ToolTipText: colors.text,
    }
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    return palette
