"""What Python's library raises where a zip is damaged, locked, or no zip at all.

It has no one error for that: which comes depends on where the first wrong byte stands.
"""

from __future__ import annotations

import zipfile
import zlib
from lzma import LZMAError

ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    KeyError,  # a part that is not in it
    ValueError,
    RuntimeError,  # it is locked, or packed in a way nobody here knows
)
"""To be caught around opening and reading one; beside them ``OSError``, which a file that cannot be
read raises as well.
"""
