"""Printing, and writing PDF files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPagedPaintDevice, QPainter, QPdfWriter

from yibao_desktop.domain.handout import Handout
from yibao_desktop.errors import DataError
from yibao_desktop.ui.paper import Paper, PaperStyle, set_page

PDF_DPI = 600


def pdf_bytes(handout: Handout, style: PaperStyle) -> bytes:
    """The handout as a PDF file with its font in it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DPI)
    writer.setTitle(handout.heading)
    writer.setCreator("医保指南")
    set_page(writer)
    print_to(handout, style, writer)
    buffer.close()
    return bytes(buffer.data().data())


def write_pdf(handout: Handout, style: PaperStyle, path: Path) -> None:
    """Write the handout to a PDF file.

    Raises:
        DataError: the file cannot be written.
    """
    content = pdf_bytes(handout, style)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise DataError(
            f"“{path.name}”存不进去（{error.strerror}）。", "请换一个文件夹，或者看磁盘是不是满了。"
        ) from error


def print_to(handout: Handout, style: PaperStyle, device: QPagedPaintDevice) -> None:
    """Paint the handout on a device whose page has been set.

    Raises:
        DataError: the device takes nothing.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise DataError(
            "打印机没有接受这份文件。", "请看打印机开着没有、连着没有，也可以先存成 PDF。"
        )
    try:
        paper = Paper(handout, style, device)
        for page in range(paper.page_count):
            if page:
                device.newPage()
            paper.paint(painter, page)
    finally:
        painter.end()
