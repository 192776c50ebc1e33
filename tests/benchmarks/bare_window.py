"""What the window is measured against: PySide6 with a tree and a text browser, nothing else.

Run as a program it opens that window, prints ``{window_ms, rss_mb}`` as soon as it is painted, and
ends.
"""

import json
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QTextBrowser, QTreeView

TITLES = ("医保卡补办", "家庭共济", "电子医保卡", "参保登记", "转移接续", "报销", "生育津贴")


class Window(QMainWindow):
    """A tree with some entries beside a text browser with a line of text."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1180, 800)
        model = QStandardItemModel(self)
        for title in TITLES:
            model.appendRow(QStandardItem(title))
        splitter = QSplitter(self)
        self.tree = QTreeView(splitter)
        self.tree.setModel(model)
        QTextBrowser(splitter).setPlainText("不联网也能查的医保指南")
        self.setCentralWidget(splitter)
        self.tree.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the tree has been painted."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, tell)
        return False


def tell() -> None:
    """Print what it took; the same clock as the program's, loaded only now."""
    from yibao_desktop.process_meter import milliseconds_running, resident_megabytes

    took = {"window_ms": round(milliseconds_running()), "rss_mb": round(resident_megabytes(), 1)}
    print(json.dumps(took), flush=True)
    QApplication.quit()


def main() -> None:
    app = QApplication(sys.argv)
    window = Window()
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
