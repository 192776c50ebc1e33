"""The web articles the guide is drawn from, and which pages rest on each of their passages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from yibao_desktop.domain.guide.items import Item
from yibao_desktop.domain.guide.text import LINK_SCHEME
from yibao_desktop.services.guide_service import DocumentView
from yibao_desktop.ui.widgets.base.column_page import ColumnPage
from yibao_desktop.ui.widgets.base.labels import RichLabel, text_label
from yibao_desktop.ui.work.tasks import Lane


class SourcesPage(ColumnPage):
    """A part an article."""

    def load(self) -> None:
        """Show every article."""
        documents = self._context.services.guide.document_views
        self._context.tasks.run(documents, self._on_read, self, lane=Lane.CONTENT)

    def _on_read(self, documents: list[DocumentView]) -> None:
        self._begin()
        self._column.add(text_label("资料来源", "h1"))
        self._column.add(
            text_label("指南里的话都出自这几篇网络文章，箭头后面是用到它的页。", "quiet")
        )
        for view in documents:
            self._add(view)

    def _add(self, view: DocumentView) -> None:
        self._column.add(text_label(f"《{view.document.title}》", "h2"))
        used, left = len(view.used), view.left_out
        said = f"网页日期 {view.document.web_date}，用了 {used} 段"
        said += f"，另有 {left} 段不是医保的事，没有用。" if left else "。"
        self._column.add(text_label(said, "quiet"))
        for title, pages in view.used:
            self._column.add(self._passage(title, pages))

    def _passage(self, title: str, pages: Sequence[Item]) -> RichLabel:
        """A label of its own, so that the frame for the focus is seen whole."""
        links, names = _links(pages)
        html, plain = f"· {escape(title)}　→ {links}", f"· {title}：{names}"
        label = RichLabel(html, plain, self._context.theme)
        label.link_requested.connect(self._context.events.open_item)
        return label


def _links(pages: Sequence[Item]) -> tuple[str, str]:
    """Links to some pages, and their names."""
    html = "、".join(f'<a href="{LINK_SCHEME}{p.id}">{escape(p.title)}</a>' for p in pages)
    return html, "、".join(page.title for page in pages)
