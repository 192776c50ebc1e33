"""What a user has answered; apart from the interview, for those who only keep it."""

from __future__ import annotations

from collections.abc import Mapping

Answers = Mapping[str, tuple[str, ...]]
"""Question id → chosen option ids, ``(UNSURE,)`` for 不清楚; dates are ISO, regions are codes."""
