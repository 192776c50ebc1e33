"""Where one chooses one's place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from yibao_desktop.domain.guide.items import Region
from yibao_desktop.ui.common.announce import announce
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.checkable import make_checkable
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile
from yibao_desktop.ui.work.tasks import Lane

WHY_NOT_ALL = (
    "选了以后，说您那里的内容排在前面，别的地方的也还在。下面只有资料里单独说到的地方；"
    "没有您那里的，选“不设地区”，各地都一样的内容照样全看得到。"
)


class RegionDialog(TextDialog):
    """The places the sources name, and none; what is chosen is kept at once.

    What is asked, and the field to look for a place in, stay above the list however far that is
    scrolled.
    """

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._context = context
        self._group = QButtonGroup(self)
        self._places: list[tuple[Tile, str]] = []
        self.setWindowTitle("我的地区")
        self._build_head()
        self.column.add(text_label(WHY_NOT_ALL))
        self._missing = text_label("", "strong")
        self._missing.hide()
        self.column.add(self._missing)
        regions = context.services.guide.regions
        context.tasks.run(regions, self._on_read, self, lane=Lane.CONTENT)

    def _build_head(self) -> None:
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 0)
        rows.setSpacing(SPACE)
        rows.addWidget(text_label("您在哪里参保？", "h2"))
        self._words = QLineEdit()
        self._words.setClearButtonEnabled(True)
        self._words.setAccessibleName("找一个地方")
        self._words.setPlaceholderText("找一个地方，例如“浙江”")
        self._words.textChanged.connect(self._on_words_changed)
        rows.addWidget(self._words)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, head)

    def _on_read(self, regions: list[Region]) -> None:
        self._add("不设地区", None)
        for region in regions:
            named = " ".join((region.name, *region.short_names))
            self._places.append((self._add(region.name, region.code), named))
        checked = self._group.checkedButton()
        if checked is not None:
            checked.setFocus()
            QTimer.singleShot(0, self, partial(self.column.scroll_to, checked))

    def _add(self, name: str, code: str | None) -> Tile:
        choice = Tile(name, "")
        make_checkable(choice, self._context.services.settings.current.region == code)
        choice.clicked.connect(partial(self._on_chosen, code))
        self._group.addButton(choice)
        self.column.add(choice)
        return choice

    def _on_words_changed(self, typed: str) -> None:
        """Leave the places of that name; where there is none, say why and what to choose."""
        words = typed.strip()
        for tile, named in self._places:
            tile.setVisible(words in named)
        found = any(words in named for _, named in self._places)
        told = f"资料里没有单独说到“{words}”。可以写省名再找；也没有，就选“不设地区”。"
        self._missing.setText(told)
        self._missing.setVisible(not found)
        if not found:
            announce(self, told)
        self.column.scroll_back(0)

    def _on_chosen(self, code: str | None, _checked: bool = True) -> None:
        self._context.change_settings(region=code)
