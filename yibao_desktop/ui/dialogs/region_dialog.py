"""Where one chooses one's place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QWidget

from yibao_desktop.domain.guide.items import Region
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.widgets.base.checkable import make_checkable
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.work.tasks import Lane


class RegionDialog(TextDialog):
    """The places the sources name, and none; what is chosen is kept at once."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._context = context
        self._group = QButtonGroup(self)
        self.setWindowTitle("我的地区")
        self.column.add(text_label("您在哪里参保？", "h2"))
        self.column.add(
            text_label(
                "选了以后，说您那里的内容排在前面，别的地方的也还在。"
                "资料里只提到下面这些地方，没有您那里的，就选“不设地区”。"
            )
        )
        regions = context.services.guide.regions
        context.tasks.run(regions, self._on_read, self, lane=Lane.CONTENT)

    def _on_read(self, regions: list[Region]) -> None:
        self._add("不设地区", None)
        for region in regions:
            self._add(region.name, region.code)
        checked = self._group.checkedButton()
        if checked is not None:
            checked.setFocus()
            QTimer.singleShot(0, self, partial(self.column.scroll_to, checked))

    def _add(self, name: str, code: str | None) -> None:
        choice = Tile(name, "")
        make_checkable(choice, self._context.services.settings.current.region == code)
        choice.clicked.connect(partial(self._on_chosen, code))
        self._group.addButton(choice)
        self.column.add(choice)

    def _on_chosen(self, code: str | None, _checked: bool = True) -> None:
        self._context.change_settings(region=code)
