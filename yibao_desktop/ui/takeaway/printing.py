"""Printing, and PDF files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QFont, QPagedPaintDevice, QPainter, QPdfWriter, QRawFont
from PySide6.QtWidgets import QDialog, QWidget

from yibao_desktop.domain.wording.handout import Handout
from yibao_desktop.errors import DataError
from yibao_desktop.services.file_writer import write_file
from yibao_desktop.ui.looks.fonts import BUNDLED_FAMILY, BUNDLED_NAME
from yibao_desktop.ui.takeaway.paper import fitted_paper, set_page
from yibao_desktop.ui.takeaway.paper_style import PaperStyle
from yibao_desktop.ui.takeaway.pdf_text import far_letters, with_far_letters

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
    painted = paint_on(handout, style, writer)
    buffer.close()
    return _with_text(bytes(buffer.data().data()), painted)


def _with_text(pdf: bytes, painted: str) -> bytes:
    font = QRawFont.fromFont(QFont(BUNDLED_FAMILY))
    letters = [c for c in far_letters(painted) if font.supportsCharacter(ord(c))]
    return with_far_letters(pdf, BUNDLED_NAME, letters)


def paint_on(handout: Handout, style: PaperStyle, device: QPagedPaintDevice) -> str:
    """Paint the handout on a device whose page has been set; what was painted, in that order.

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
    return "".join(paper.painted(page) for page in range(paper.page_count))


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

    def _mend_text(self, painted: str) -> None:
        """A PDF has its whole text whichever way it was made."""
        path = Path(self._printer.outputFileName())
        if path.suffix.lower() == ".pdf" and path.is_file():
            write_file(path, _with_text(path.read_bytes(), painted))

    def _on_accepted(self) -> None:
        try:
            painted = paint_on(self._handout, self._style, self._printer)
            self._mend_text(painted)
        except DataError as error:
            self.failed.emit(error)
        else:
            self.printed.emit()
