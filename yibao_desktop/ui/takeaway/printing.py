"""Printing, and PDF files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QPagedPaintDevice, QPainter, QPdfWriter
from PySide6.QtWidgets import QDialog, QWidget

from yibao_desktop.domain.wording.handout import Handout
from yibao_desktop.errors import DataError
from yibao_desktop.ui.takeaway.paper import PaperStyle, fitted_paper, set_page

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
    paint_on(handout, style, writer)
    buffer.close()
    return bytes(buffer.data().data())


def paint_on(handout: Handout, style: PaperStyle, device: QPagedPaintDevice) -> None:
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
        paper = fitted_paper(handout, style, device)
        for page in range(paper.page_count):
            if page:
                device.newPage()
            paper.paint(painter, page)
    finally:
        painter.end()


def write_file(path: Path, content: bytes) -> None:
    """Write a file the user has asked for.

    Raises:
        DataError: it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise DataError(
            f"“{path.name}”存不进去（{error.strerror}）。", "请换一个文件夹，或者看磁盘是不是满了。"
        ) from error


class PrintJob(QObject):
    """One document on its way to a printer the user chooses.

    Signals:
        printed: the printer has taken it.
        failed: the ``DataError`` that stood in the way.
    """

    printed = Signal()
    failed = Signal(object)

    def __init__(
        self, handout: Handout, style: PaperStyle, window: QWidget, without_printer: Path
    ) -> None:
        """Make the dialog; ``without_printer`` is the file proposed where there is no printer."""
        super().__init__(window)
        # Only whoever prints needs the library and the printers' names.
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

        self._handout = handout
        self._style = style
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(handout.file_name)
        if self._printer.outputFormat() is QPrinter.OutputFormat.PdfFormat:
            self._printer.setOutputFileName(str(without_printer))
        set_page(self._printer)
        self._dialog = QPrintDialog(self._printer, window)
        self._dialog.setWindowTitle("打印")
        self._dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
        self._dialog.accepted.connect(self._on_accepted)
        self._dialog.finished.connect(self._dialog.deleteLater)
        self._dialog.destroyed.connect(self.deleteLater)

    def ask(self) -> None:
        """Let the user choose the printer."""
        QDialog.open(self._dialog)  # its own open() wants a slot to call

    def _on_accepted(self) -> None:
        try:
            paint_on(self._handout, self._style, self._printer)
        except DataError as error:
            self.failed.emit(error)
        else:
            self.printed.emit()
