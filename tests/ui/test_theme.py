"""Colours one can read, in every theme, and sizes one can hit."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QStyleHints

from tests.conftest import ROOT
from yibao_desktop.settings import TextSize, Theme
from yibao_desktop.ui.looks.fonts import BUNDLED_FAMILY
from yibao_desktop.ui.looks.theme import (
    BODY_PX,
    Colors,
    Metrics,
    fill_in,
    load_colors,
)

THEMES = ROOT / "resources" / "themes"
ALL = [Theme.LIGHT, Theme.DARK, Theme.CONTRAST]
TEXT_ON = [
    ("text", "window"), ("text", "surface"), ("text", "surface_hover"), ("text", "surface_selected"),
    ("text", "label_surface"), ("text", "mark"), ("text", "note_surface"), ("text", "caution_surface"),
    ("text", "doubt_surface"), ("text_secondary", "window"), ("text_secondary", "surface"),
    ("text_secondary", "label_surface"),
    ("text_secondary", "surface_hover"), ("text_secondary", "surface_selected"), ("link", "surface"),
    ("link", "window"), ("link", "surface_selected"), ("link", "note_surface"), ("accent", "window"),
    ("accent", "surface"), ("on_accent", "accent"), ("on_accent", "accent_hover"), ("danger", "surface"),
]  # fmt: skip
SHAPE_ON = [
    ("border_strong", "surface"), ("border_strong", "window"), ("focus", "surface"), ("focus", "window"),
    ("focus", "surface_selected"), ("note_border", "note_surface"), ("caution_border", "caution_surface"),
    ("doubt_border", "doubt_surface"), ("own_stripe", "surface"), ("own_stripe", "surface_selected"),
    ("accent", "surface_selected"),
]  # fmt: skip


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    shown = QColor(color)
    red, green, blue = (linear(p) for p in (shown.redF(), shown.greenF(), shown.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ALL)
@pytest.mark.parametrize(("front", "back"), TEXT_ON)
def test_text_can_be_read(theme, front, back):
    colors = asdict(load_colors(THEMES, theme))
    assert contrast(colors[front], colors[back]) >= 4.5


@pytest.mark.parametrize("theme", ALL)
@pytest.mark.parametrize(("front", "back"), SHAPE_ON)
def test_shapes_can_be_seen(theme, front, back):
    colors = asdict(load_colors(THEMES, theme))
    assert contrast(colors[front], colors[back]) >= 3


@pytest.mark.parametrize("theme", ALL)
def test_every_colour_is_a_colour(theme):
    colors = load_colors(THEMES, theme)
    assert isinstance(colors, Colors)
    assert all(QColor(c).isValid() for c in asdict(colors).values())


@pytest.mark.parametrize("size", list(TextSize))
def test_style_sheets_are_filled_in_whole(size):
    metrics = Metrics.of(size, round(BODY_PX[size] * 1.4))
    for name in ("app.qss", "page.css"):
        assert "$" not in fill_in(THEMES / name, load_colors(THEMES, Theme.LIGHT), metrics)


def test_the_elders_size_is_large_enough():
    metrics = Metrics.of(TextSize.ELDER, 36)
    assert metrics.body * 0.75 >= 18  # points
    assert metrics.target_outer >= 60
    assert all(Metrics.of(s, 20).target_outer >= 44 for s in TextSize)


def test_running_text_has_room_between_its_lines():
    metrics = Metrics.of(TextSize.STANDARD, 23)
    assert metrics.line_height(1.75) == round(100 * 1.75 * 16 / 23)


@pytest.mark.parametrize("theme", [*ALL, Theme.SYSTEM])
@pytest.mark.parametrize("size", list(TextSize))
def test_theme_and_size_change_at_once_and_are_kept(window, theme, size):
    settings = window.desktop.context.services.settings
    settings.update(theme=theme, text_size=size)
    window.settle()
    style = window.desktop.context.theme
    assert style.metrics.body == BODY_PX[size]
    if theme is not Theme.SYSTEM:
        assert style.colors == load_colors(THEMES, theme)
    assert window.window.font().pixelSize() == BODY_PX[size]
    assert settings.current.theme is theme


def stroke(sign):
    return re.search(r'stroke="(#\w+)"', (THEMES / "signs" / sign).read_text("utf-8")).group(1)


@pytest.mark.parametrize("theme", ALL)
@pytest.mark.parametrize("sign", ["down", "up", "left", "right", "check"])
def test_signs_in_fields_and_menus_can_be_seen(theme, sign):
    colors = load_colors(THEMES, theme)
    assert contrast(stroke(f"{sign}.svg"), colors.surface) >= 3


@pytest.mark.parametrize("theme", ALL)
def test_the_tick_in_a_ticked_box_can_be_seen(theme):
    colors = load_colors(THEMES, theme)
    style = fill_in(THEMES / "app.qss", colors, Metrics.of(TextSize.STANDARD, 23))
    (sign,) = re.findall(r"signs/(check-\w+\.svg)", style)
    assert contrast(stroke(sign), colors.accent) >= 4.5


def test_every_sign_named_is_there():
    style = fill_in(
        THEMES / "app.qss", load_colors(THEMES, Theme.DARK), Metrics.of(TextSize.LARGE, 23)
    )
    named = re.findall(r'url\("([^"]+)"\)', style)
    assert named
    assert [n for n in named if not Path(n).is_file()] == []


def test_the_system_is_followed_while_the_program_runs(window, qapp, monkeypatch):
    theme = window.desktop.context.theme
    hints = qapp.styleHints()
    assert window.desktop.context.services.settings.current.theme is Theme.SYSTEM
    for scheme, expected in (
        (Qt.ColorScheme.Dark, Theme.DARK),
        (Qt.ColorScheme.Light, Theme.LIGHT),
    ):
        # The offscreen platform has no scheme of its own that could change.
        monkeypatch.setattr(QStyleHints, "colorScheme", lambda _, now=scheme: now)
        hints.colorSchemeChanged.emit(scheme)
        window.settle()
        assert theme.colors == load_colors(THEMES, expected)
        shown = window.window.grab().toImage().pixelColor(window.window.width() - 30, 300)
        assert shown == QColor(theme.colors.window)


def test_figures_are_equally_wide_so_that_they_stand_below_each_other(window, qapp):
    for family in (qapp.font().families()[0], BUNDLED_FAMILY):
        font = QFont(qapp.font())
        font.setFamilies([family])
        metrics = QFontMetricsF(font)
        assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
