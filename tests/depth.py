"""How much a test tries of what has no end: what catches, or more where there is time for it.

``make torture`` sets ``YIBAO_DEEP=1`` and runs the tests marked ``deep``; the suite itself tries a
part of the same, chosen in the same way.
"""

from __future__ import annotations

import os

DEEP = os.environ.get("YIBAO_DEEP") == "1"


def tries(usual: int, deep: int) -> int:
    """So many examples are tried."""
    return deep if DEEP else usual
