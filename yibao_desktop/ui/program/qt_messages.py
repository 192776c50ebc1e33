"""Qt's own messages are heard in Python, and only as long as there is a Python to hear them."""

from __future__ import annotations

import atexit
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

Hearer = Callable[[QtMsgType, QMessageLogContext, str], None]


def hear_qt(hearer: Hearer) -> None:
    """Hand Qt's messages to ``hearer`` from now on, until Python ends.

    Qt's libraries end after Python does, and what they have to say then must not reach it any more:
    PySide6 asks for the interpreter without looking whether there is one, and the process dies.
    """
    qInstallMessageHandler(hearer)
    atexit.register(qInstallMessageHandler, None)
