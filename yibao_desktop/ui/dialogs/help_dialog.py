"""How to use the window, and every shortcut."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.labels import text_label

SHORTCUTS = (
    ("Ctrl+K", "到搜索框"),
    ("↓", "从搜索框到结果，回车打开"),
    ("Alt+← / Alt+→", "后退 / 前进"),
    ("Alt+Home", "首页"),
    ("Ctrl+M", "我的办理"),
    ("Ctrl+B", "收藏与历史"),
    ("Ctrl+ + / − / 0", "字大一点 / 小一点 / 标准"),
    ("F1", "帮助"),
    ("Ctrl+Q", "退出"),
)


class HelpDialog(QDialog):
    """Three sentences and a table."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("帮助"))
        self.setMinimumWidth(context.theme.metrics.body * 30)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        rows.setSpacing(2 * SPACE)
        rows.addWidget(text_label(self.tr("怎么用"), "h2"))
        for text in (
            self.tr("想问什么，直接打在上面的框里，像平时说话一样，例如“卡丢了怎么办”。"),
            self.tr("要办的事，点“开始办理”，写上给谁办，照着一步步做，办好一步勾一步。"),
            self.tr("字太小，点右上角“字的大小”，选“长辈版”。"),
        ):
            rows.addWidget(text_label(text))
        rows.addWidget(text_label(self.tr("键盘快捷键"), "h3"))
        table = QGridLayout()
        table.setHorizontalSpacing(3 * SPACE)
        table.setColumnStretch(1, 1)
        for number, (keys, text) in enumerate(SHORTCUTS):
            table.addWidget(text_label(keys, "strong"), number, 0)
            table.addWidget(text_label(text), number, 1)
        rows.addLayout(table)
        close = QPushButton(self.tr("关闭"))
        close.setProperty("role", "primary")
        close.clicked.connect(self.accept)
        rows.addWidget(close)
