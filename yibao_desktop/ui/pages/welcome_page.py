"""The first screen ever: what the guide can do, the text size, and where one lives."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.items import Region
from yibao_desktop.settings import Settings, TextSize
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import HOME
from yibao_desktop.ui.looks.look_names import TEXT_SIZE_NAMES
from yibao_desktop.ui.looks.theme import BODY_PX, SPACE
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.work.tasks import Lane


class WelcomePage(ColumnPage):
    """Nothing on it has to be answered."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._filled = False
        self._sizes: ChoiceRow[TextSize]
        self._regions: dict[str | None, str] = {}
        context.services.settings.listen(self._on_settings_changed)

    def load(self) -> None:
        """Show it with what holds now."""
        regions = self._context.services.guide.regions
        self._context.tasks.run(regions, self._on_read, self, lane=Lane.CONTENT)

    def _on_read(self, regions: list[Region]) -> None:
        self._regions = {region.code: region.name for region in regions}
        sizes_used = self._filled and self._sizes.has_focus
        self._begin()
        self._column.add(text_label("欢迎用医保指南", "h1"))
        lines = QWidget()
        rows = QVBoxLayout(lines)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE // 2)
        for icon, text in (
            ("search", "想问什么，打在上面的框里，像平时说话一样。"),
            ("list-checks", "要办的事，一步步带着您办，办到哪里都记着。"),
            ("shield-question-mark", "每句话都有出处；说法不一的，会告诉您去问谁。"),
            ("check", "不用联网，什么也不会传出去。"),
        ):
            rows.addWidget(self._line(icon, text))
        self._column.add(lines)
        size = "字要多大？"
        self._sizes = ChoiceRow[TextSize](
            size, TEXT_SIZE_NAMES, self._on_chosen, self._context, sizes=BODY_PX
        )
        self._column.add(text_label(size, "h2"))
        self._column.add(self._sizes)
        self._column.add(text_label("在哪里参保？", "h2"))
        self._column.add(self._region_row())
        self._column.add(text_label("不选也行，以后都能在右上角“菜单”的“设置”里改。", "quiet"))
        self._filled = True
        self._on_settings_changed(self._context.services.settings.current)
        if sizes_used:
            self._sizes.focus_chosen()

    def _line(self, icon: str, text: str) -> QWidget:
        theme = self._context.theme
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE + SPACE // 2)
        picture = QLabel()
        side = theme.metrics.icon
        picture.setPixmap(self._context.icon(icon, theme.colors.accent).pixmap(side, side))
        label = text_label(text)
        pictures = QVBoxLayout()
        pictures.setContentsMargins(0, (theme.metrics.line_spacing - side) // 2, 0, 0)
        pictures.addWidget(picture)
        pictures.addStretch(1)
        row.addLayout(pictures)
        row.addWidget(label, 1)
        return holder

    def _region_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        self._region = text_label("")
        choose = QPushButton("选地区…")
        choose.clicked.connect(self._context.events.region_requested)
        row.addWidget(choose)
        row.addWidget(self._region, 1)
        start = QPushButton("开始用")
        start.setProperty("role", "primary")
        start.clicked.connect(partial(self._context.events.open_requested.emit, HOME))
        row.addWidget(start)
        return holder

    def _on_settings_changed(self, settings: Settings) -> None:
        if self._filled:
            self._sizes.show_chosen(settings.text_size)
            name = self._regions.get(settings.region, "不设地区")
            self._region.setText(f"现在是：{name}")

    def _on_chosen(self, size: TextSize) -> None:
        self._context.change_settings(text_size=size)
