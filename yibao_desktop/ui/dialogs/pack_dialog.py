"""What a content pack is and changes, before it is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from yibao_desktop.domain.wording.date_text import day_text
from yibao_desktop.services.pack_looks import PackLook
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.widgets.base.callout import CalloutBox
from yibao_desktop.ui.widgets.base.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.base.labels import RichLabel, text_label


class PackDialog(TextDialog):
    """Who, for where, until when, and everything it changes.

    Signals:
        wanted: it is to be installed; for each part that another pack changes, too, the pack
            whose it is taken from.
    """

    wanted = Signal(object)

    def __init__(
        self,
        look: PackLook,
        cases: Sequence[str],
        titles: Mapping[str, str],
        context: UiContext,
        parent: QWidget,
    ) -> None:
        """``cases`` are the headings of open cases it touches, ``titles`` those of pages by id."""
        super().__init__(context, parent)
        self.resize(parent.size())
        self._context = context
        self._look = look
        self._titles = titles
        self._choices: dict[str, str] = {}
        self.setWindowTitle("装内容包")
        self._install = QPushButton("装上")
        self._install.clicked.connect(self._on_install_clicked)
        self._compared = QCheckBox("我打电话核对过，二十五个数字全对得上")
        self._compared.toggled.connect(self._show_ready)
        self._add_maker()
        self._add_trust()
        self._add_content(cases)
        self._add_clashes()
        self.closing.setText("不装")
        if not look.verdict.is_refused:
            self.buttons.lead_with(self._install)
        self._show_ready()

    def _add_maker(self) -> None:
        said = self._look.manifest
        self.column.add(text_label(f"{said.title}　第 {said.serial} 版", "h2"))
        contact = f"　联系：{said.contact}" if said.contact else ""
        self.column.add(text_label(f"自称的发布者：{said.publisher}{contact}"))
        self.column.add(text_label(f"给这里用：{'、'.join(self._look.places)}"))
        until = day_text(said.valid_until) if said.valid_until else "没有写"
        self.column.add(text_label(f"编成：{day_text(said.made_on)}　有效期到：{until}"))

    def _add_trust(self) -> None:
        look = self._look
        tone = "caution" if look.verdict.is_refused or look.needs_comparing else "note"
        theme = self._context.theme
        lines = [RichLabel(escape(look.said), look.said, theme)]
        if not look.verdict.is_refused:
            size = theme.metrics.h2
            digits = f'<span style="font-size:{size}px"><b>{look.fingerprint}</b></span>'
            lines.append(RichLabel(digits, look.fingerprint, theme))
        name = "不能装" if look.verdict.is_refused else "是谁发布的"
        self.column.add(CalloutBox(tone, name, lines, self._context))
        if look.needs_comparing:
            self.column.add(self._compared)

    def _add_content(self, cases: Sequence[str]) -> None:
        look = self._look
        if look.verdict.is_refused:
            return
        self._add_list("发布者说改了什么", look.manifest.changes)
        self._add_list("新的页", look.new)
        self._add_list("改过的页", look.changed)
        self._add_list("没有了的页", look.gone)
        told = [f"{self._titles.get(c.page, c.page)}　{c.line}" for c in look.changes]
        self._add_list("和指南不一样的地方", told)
        self._add_list("不再不一样的地方", [change.line for change in look.ended])
        self._add_list("和指南对不上，不会用的", [unfit.said for unfit in look.unfit])
        self._add_list("正在办的，会受影响", cases)

    def _add_list(self, name: str, lines: Sequence[str]) -> None:
        if lines:
            self.column.add(text_label(name, "h3"))
        for line in lines:
            self.column.add(text_label(f"· {line}"))

    def _add_clashes(self) -> None:
        for clash in self._look.clashes:
            asked = f"“{clash.title}”的{clash.what}，有两个内容包都改了，用哪一份？"
            self.column.add(text_label(asked, "h3"))
            names = dict(zip(clash.packs, clash.names, strict=True))
            choose = partial(self._choose, clash.part)
            self.column.add(ChoiceRow[str]("用", names, choose, self._context, self))

    def _choose(self, part: str, pack: str) -> None:
        """Take a part from a pack."""
        self._choices[part] = pack
        self._show_ready()

    def _show_ready(self, _checked: bool = False) -> None:
        compared = self._compared.isChecked() or not self._look.needs_comparing
        chosen = all(clash.part in self._choices for clash in self._look.clashes)
        self._install.setEnabled(compared and chosen and not self._look.verdict.is_refused)

    def _on_install_clicked(self) -> None:
        self.wanted.emit(dict(self._choices))
        self.accept()
