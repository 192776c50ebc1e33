"""Icons within a field as large as those elsewhere; style sheets have no word for that."""

from __future__ import annotations

from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from yibao_desktop.ui.looks.theme import ThemeManager


class FieldIconStyle(QProxyStyle):
    """For one field, which it goes with; the rest of the look is the style sheet's as before."""

    def __init__(self, theme: ThemeManager, field: QWidget) -> None:
        super().__init__("fusion")
        self.setParent(field)
        self._theme = theme

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Qt's icons stay at 16 pixels however large the text is."""
        if metric is QStyle.PixelMetric.PM_LineEditIconSize:
            return self._theme.metrics.icon
        return super().pixelMetric(metric, option, widget)
