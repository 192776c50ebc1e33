"""The window: the only package that knows Qt.

PySide6 puts an import function of its own in place of Python's, which reads the source of every
module imported from then on, to see whether it asks for PySide's own spelling of names (``from
__feature__ import …``). None of ours does, and it costs a third of the time it takes to start; so
Python's own function is put back.
"""

import builtins

_plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _plain_import
