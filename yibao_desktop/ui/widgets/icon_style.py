"""Icons within a field as large as those elsewhere; style sheets have no word for that."""

from __future__ import annotations

from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from yibao_desktop.ui.theme import ThemeManager


class FieldIconStyle(QProxyStyle):
    """For one field; the rest of its look comes from the style sheet as before."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__("fusion")
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
