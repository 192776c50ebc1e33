"""What this program is, where its data lies, and under which licences it is given."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from yibao_desktop import __version__
from yibao_desktop.domain.sources import NOTICE
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.theme import SPACE
from yibao_desktop.ui.widgets.labels import text_label


class AboutDialog(QDialog):
    """Versions, data, licences."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("关于医保指南"))
        self.setMinimumWidth(context.theme.metrics.body * 30)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        rows.setSpacing(2 * SPACE)
        rows.addWidget(text_label(self.tr("医保指南 {0}").format(__version__), "h2"))
        content = context.services.content_version
        paths = context.services.paths
        for text in (
            NOTICE,
            self.tr("不联网，也不会把您的任何东西传出去。"),
            self.tr("内容版本：{0}").format(content),
            self.tr("您的记录在：{0}").format(paths.user),
            self.tr(
                "本程序用 MIT 许可证发布。界面用 PySide6（LGPL），字体是思源系列的子集（OFL），"
                "图标来自 Lucide（ISC）。许可证全文在程序文件夹的 resources 里。"
            ),
        ):
            rows.addWidget(text_label(text))
        close = QPushButton(self.tr("关闭"))
        close.setProperty("role", "primary")
        close.clicked.connect(self.accept)
        rows.addWidget(close)
