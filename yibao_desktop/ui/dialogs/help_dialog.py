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

HELP = (
    (
        "怎么用",
        (
            "想问什么，直接打在上面的框里，像平时说话一样，例如“卡丢了怎么办”。",
            "要办的事，点一下给谁办就开始，照着一步步做，办好一步勾一步。"
            "只选一个回答的题，点一下就到下一题；点错了，点“上一步”。",
            "勾错了、删错了，按 Ctrl+Z 撤销，能一步步往回撤。写的字自己就存好了。",
            "字太小，点右上角“字号”，选“长辈版”。",
        ),
    ),
    (
        "打印和带走",
        (
            "页的上头有“打印”“存成 PDF”“复制成文字”，按 Ctrl+P 也能打印。"
            "还没答完问题，也能先打一张；有日子要记的，能“存到日历”。",
            "在“我的办理”里打印，打出来的是几件事一共要带的材料。",
        ),
    ),
    (
        "几个人用一台电脑",
        (
            "给下一位用之前，在菜单里点“换一位”：搜过的、看过的、没写名字先看看的，都清掉；"
            "写了名字的办理还在。",
            "柜台上一位接一位的，打开“窗口模式”（在菜单里，也在设置里）：上面一直有“换一位”；"
            "首页不列别人的事，“我的办理”要点一下才看得到；答完题直接列出要做什么，不再看一遍回答。",
            "只是不想记看过什么、搜过什么，打开“不留痕”。",
        ),
    ),
    (
        "换电脑",
        (
            "菜单里的“备份与恢复”能把办理、收藏和设置存成一个文件，自己加的资料也可以一起；拷到新电脑上，"
            "也在“备份与恢复”里读入。读入以前会先说会变什么。",
            "记录每天自己备份，万一坏了，打开时会用备份恢复，并且说明少了什么。",
        ),
    ),
)
"""Headings, each with its paragraphs."""


class HelpDialog(TextDialog):
    """What people want to know, and a table of the keys."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.setWindowTitle("帮助")
        for heading, texts in HELP:
            self.column.add(text_label(heading, "h2"))
            for text in texts:
                self.column.add(text_label(text))
        self.column.add(text_label("听", "h2"))
        self.column.add(text_label(self._about_speech(context)))
        self.column.add(text_label("键盘快捷键", "h2"))
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
