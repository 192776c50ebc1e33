"""Screens of documents of one's own: pages, results, the preview, and what is asked about one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from tests.data import documents as made
from tests.own_documents import write
from yibao_desktop.bootstrap import Services
from yibao_desktop.domain.own.document import OWN_ROOT
from yibao_desktop.services.own_service import Choice
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Location, Place
from yibao_desktop.ui.dialogs.add_documents_dialog import AddDocumentsDialog
from yibao_desktop.ui.dialogs.document_dialog import DocumentDialog

ASKED = "溪口镇窗口搬到哪里了"
MOVED = (
    "关于溪口镇医疗保障服务窗口搬迁和开放时间调整的通知\n溪医保〔2026〕7号\n"
    "一、新地址\n医保窗口搬到龙津路十二号二楼，周六上午也开门。\n江苏省溪口镇\n2026年3月5日"
)


def add_documents(services: Services, folder: Path) -> None:
    """Two papers: one with a table from years ago and from elsewhere, one about a place."""
    files = [write(folder, "缴费通知.docx", made.notice_docx()), write(folder, "搬家.txt", MOVED)]
    notice, moved = services.own.look(files)
    old = datetime.date(2021, 9, 20)
    services.own.add([
        Choice(notice, notice.title, "缴费", "430000", old),
        Choice(moved, moved.title, "窗口"),
    ])  # fmt: skip


def screens(services: Services) -> Iterator[tuple[str, Location]]:
    """Pages in the window."""
    moved, notice = sorted(services.own.documents(), key=lambda d: d.folder, reverse=True)
    yield "own-topic", Location(Place.ITEM, OWN_ROOT)
    yield "own-page", Location(Place.ITEM, notice.id)
    yield "own-results", Location(Place.SEARCH, ASKED)
    yield "own-results-guide-first", Location(Place.SEARCH, "高档缴费标准")
    yield "own-page-new", Location(Place.ITEM, moved.id)


def dialogs(
    context: UiContext, window: QWidget, folder: Path
) -> Iterator[tuple[str, Callable[[], QDialog]]]:
    """The preview of a folder with all kinds of files, and what is known of one document."""
    for name, data in (
        ("搬家的通知.txt", MOVED.replace("龙津路", "青莲街")), ("又一份.txt", MOVED),
        ("网页.html", made.ENCODED["gbk that says utf-8"]), ("扫描.pdf", made.scanned_pdf()),
        ("很长很长的名字" * 6 + ".doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("标准.xlsx", made.xlsx(made.FEE_ROWS)),
    ):  # fmt: skip
        write(folder / "发来的", name, data)
    yield "dialog-adding", lambda: AddDocumentsDialog(context, window, [folder / "发来的"])
    own = context.services.own
    document = own.documents()[0]
    yield "dialog-document", lambda: DocumentDialog(document, own.known(), context, window)
