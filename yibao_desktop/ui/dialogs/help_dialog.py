"""How to use the window, and every shortcut."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QGridLayout, QWidget

from yibao_desktop.ui.common.actions import KEYS_ELSEWHERE, SPECS, keys_text
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.speech import NO_ENGINE, NO_VOICE
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.base.labels import text_label


class HelpDialog(TextDialog):
    """Three sentences and a table."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.setWindowTitle("帮助")
        self.column.add(text_label("怎么用", "h2"))
        for text in (
            "想问什么，直接打在上面的框里，像平时说话一样，例如“卡丢了怎么办”。",
            "要办的事，点“开始办理”，写上给谁办，照着一步步做，办好一步勾一步。",
            "字太小，点右上角“字号”，选“长辈版”。",
        ):
            self.column.add(text_label(text))
        self.column.add(text_label(self._about_speech(context)))
        self.column.add(text_label("键盘快捷键", "h3"))
        self.column.add(self._shortcuts())

    def _about_speech(self, context: UiContext) -> str:
        if context.speech.available:
            return "不想看字，点“朗读”，电脑读给您听，再点一次就停。"
        said = f"朗读：{context.speech.reason}，所以没有“朗读”按钮。"
        if sys.platform == "linux" and context.speech.reason in (NO_ENGINE, NO_VOICE):
            said += "请会弄电脑的人装上 speech-dispatcher 和 espeak-ng，再打开就有了。"
        return said

    def _shortcuts(self) -> QWidget:
        holder = QWidget()
        table = QGridLayout(holder)
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(3 * SPACE)
        table.setColumnStretch(1, 1)
        for number, (keys, text) in enumerate(_shortcuts()):
            shown = text_label(keys, "strong")
            shown.setWordWrap(False)
            table.addWidget(shown, number, 0)
            table.addWidget(text_label(text), number, 1)
        return holder


def _shortcuts() -> list[tuple[str, str]]:
    """Keys and what they do: those of the menu, then those that matter only in one place."""
    own = [(keys_text(spec), spec.text) for spec in SPECS if spec.keys]
    return [*own, *KEYS_ELSEWHERE]
