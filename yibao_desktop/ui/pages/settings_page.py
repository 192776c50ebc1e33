"""Everything that can be set, and where the user's data lies."""

from __future__ import annotations

from typing import Unpack

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from yibao_desktop.domain.guide.items import Region
from yibao_desktop.settings import Settings, SettingsChange, TextSize, Theme
from yibao_desktop.ui.common.clearing import clear_history
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.look_names import TEXT_SIZE_NAMES, THEME_NAMES
from yibao_desktop.ui.looks.theme import BODY_PX, SPACE
from yibao_desktop.ui.takeaway.folders import OPEN_FOLDER, open_folder
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import breakable, text_label
from yibao_desktop.ui.widgets.base.switch import Switch
from yibao_desktop.ui.work.tasks import Lane

COUNTER_MEANS = (
    "给一位接一位办事的柜台用：上面有“换一位”，点一下，上一位搜的、看的、打开的都没有了；"
    "首页不列别人的事，“我的办理”要点一下才看得到；看过的、搜过的不记；"
    "答完题直接看要做什么，不再看一遍回答。办理的事照样存。"
)


class SettingsPage(ColumnPage):
    """What is chosen holds at once and is kept."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._filled = False
        self._regions: dict[str | None, str] = {}
        context.services.settings.listen(self._on_settings_changed)

    def load(self) -> None:
        """Show what holds now."""
        regions = self._context.services.guide.regions
        self._context.tasks.run(regions, self._on_read, self, lane=Lane.CONTENT)

    def _on_read(self, regions: list[Region]) -> None:
        self._regions = {region.code: region.name for region in regions}
        sizes_used = self._filled and self._sizes.has_focus
        themes_used = self._filled and self._themes.has_focus
        self._begin()
        self._column.add(text_label("设置", "h1"))
        self._add_looks()
        self._add_region()
        self._add_reading()
        self._add_data()
        self._filled = True
        self._on_settings_changed(self._context.services.settings.current)
        if sizes_used:
            self._sizes.focus_chosen()
        elif themes_used:
            self._themes.focus_chosen()

    def _add_looks(self) -> None:
        sizes, themes = "字的大小", "颜色"
        self._sizes = ChoiceRow[TextSize](
            sizes, TEXT_SIZE_NAMES, self._on_size_chosen, self._context, sizes=BODY_PX
        )
        self._themes = ChoiceRow[Theme](themes, THEME_NAMES, self._on_theme_chosen, self._context)
        self._column.add(text_label(sizes, "h2"))
        self._column.add(self._sizes)
        self._column.add(text_label(themes, "h2"))
        self._column.add(self._themes)

    def _add_region(self) -> None:
        self._column.add(text_label("我的地区", "h2"))
        self._region = text_label("")
        self._column.add(self._region)
        choose = QPushButton("换一个地区…")
        choose.clicked.connect(self._context.events.region_requested)
        self._column.add_button(choose)

    def _add_reading(self) -> None:
        self._column.add(text_label("看过的和搜过的", "h2"))
        self._no_trace = Switch(
            "不留痕",
            "看过哪些页、搜过什么，都不记。办理的事和收藏照样存。上面会一直有“不留痕”的标记。",
            self._context,
        )
        self._no_trace.asked.connect(self._on_no_trace_asked)
        self._reopen = Switch(
            "打开时回到上次的地方",
            "下次打开，还是关掉时的那一页，也还在那一行。不留痕的时候不记。",
            self._context,
        )
        self._reopen.asked.connect(self._on_reopen_asked)
        self._counter = Switch("窗口模式", COUNTER_MEANS, self._context)
        self._counter.asked.connect(self._on_counter_asked)
        for switch in (self._no_trace, self._reopen, self._counter):
            self._column.add(switch)
        self._documents = Switch(
            "可以加本地资料",
            "把单位的通知、窗口发的单子放进指南。几个人合用的电脑，可以关掉。",
            self._context,
        )
        self._documents.asked.connect(self._on_documents_asked)
        clear = QPushButton("清除看过的和搜过的")
        clear.clicked.connect(self._on_clear_clicked)
        self._column.add_button(clear)
        self._column.add(text_label("本地资料", "h2"))
        self._column.add(self._documents)
        self._add_authoring()

    def _add_authoring(self) -> None:
        self._authoring = Switch(
            "可以编内容包",
            "给当地的医保部门用：菜单里多一项“编一份”，把当地不一样的费用、材料和步骤编成一个文件。",
            self._context,
        )
        self._authoring.asked.connect(self._on_authoring_asked)
        self._column.add(text_label("编内容包", "h2"))
        self._column.add(self._authoring)

    def _add_data(self) -> None:
        self._column.add(text_label("您的记录在哪里", "h2"))
        self._column.add(
            text_label("都在这台电脑的这个文件夹里，不会传出去。换电脑时，把整个文件夹拷过去就行。")
        )
        self._column.add(text_label(breakable(str(self._context.services.paths.user)), "strong"))
        show = QPushButton(OPEN_FOLDER)
        show.clicked.connect(self._on_folder_clicked)
        row = QWidget()
        buttons = QHBoxLayout(row)
        buttons.setContentsMargins(0, 0, 0, SPACE)
        buttons.addWidget(show)
        buttons.addStretch(1)
        self._column.add(row)

    def _on_settings_changed(self, settings: Settings) -> None:
        if not self._filled:
            return
        self._sizes.show_chosen(settings.text_size)
        self._themes.show_chosen(settings.theme)
        self._no_trace.show_on(settings.no_trace)
        self._reopen.show_on(settings.reopen)
        self._counter.show_on(settings.counter)
        self._documents.show_on(not settings.no_documents)
        self._authoring.show_on(settings.authoring)
        name = self._regions.get(settings.region, "不设地区")
        self._region.setText(f"现在是：{name}")

    def _on_size_chosen(self, size: TextSize) -> None:
        self._change(text_size=size)

    def _on_theme_chosen(self, theme: Theme) -> None:
        self._change(theme=theme)

    def _on_no_trace_asked(self, on: bool) -> None:
        self._change(no_trace=on)

    def _on_reopen_asked(self, on: bool) -> None:
        self._change(reopen=on)

    def _on_counter_asked(self, on: bool) -> None:
        self._change(counter=on)

    def _on_documents_asked(self, on: bool) -> None:
        self._change(no_documents=not on)

    def _on_authoring_asked(self, on: bool) -> None:
        self._change(authoring=on)

    def _change(self, **changes: Unpack[SettingsChange]) -> None:
        """Keep a setting; the page shows what is in force, also where it could not be kept."""
        self._context.change_settings(**changes)
        self._on_settings_changed(self._context.services.settings.current)

    def _on_clear_clicked(self) -> None:
        clear_history(self._context, self)

    def _on_folder_clicked(self) -> None:
        open_folder(self._context.services.paths.user, self._context.events)
