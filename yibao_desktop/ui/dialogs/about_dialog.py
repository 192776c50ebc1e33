"""What this program is, where its data lies, and under which licences it is given."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from yibao_desktop import __version__
from yibao_desktop.domain.sources import NOTICE
from yibao_desktop.services.licence_service import bundled_parts, licences_folder
from yibao_desktop.ui.context import UiContext
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.widgets.labels import breakable, text_label


class AboutDialog(TextDialog):
    """Versions, data, licences."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.setWindowTitle(self.tr("关于医保指南"))
        self.column.add(text_label(self.tr("医保指南 {0}").format(__version__), "h2"))
        services = context.services
        for text in (
            NOTICE,
            self.tr("不联网，也不会把您的任何东西传出去。"),
            self.tr("内容版本：{0}").format(services.content_version),
            self.tr("您的记录在：{0}").format(services.paths.user),
            self.tr("本程序用 MIT 许可证发布。里面用到下面这些，许可证全文在：{0}").format(
                breakable(str(licences_folder(services.paths.resources)))
            ),
        ):
            self.column.add(text_label(text))
        for part in bundled_parts(services.paths.resources):
            name = f"{part.name} {part.version}".strip()
            self.column.add(text_label(f"{name}：{part.licence}", "quiet"))
