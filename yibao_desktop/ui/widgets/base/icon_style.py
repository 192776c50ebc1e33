"""Icons within a field are hit as well as those elsewhere; style sheets cannot say so."""

from __future__ import annotations

from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from yibao_desktop.ui.looks.theme import ThemeManager

FRAME_PX = 6
"""So much wider than its icon Qt makes what is clicked."""


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
        """Qt's icons stay at 16 pixels however large the text is, and what is clicked with them."""
        if metric is QStyle.PixelMetric.PM_LineEditIconSize:
            return self._theme.metrics.target_outer - FRAME_PX
        return super().pixelMetric(metric, option, widget)
