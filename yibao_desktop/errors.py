"""The two kinds of failure a user may see; everything else is a bug."""

from __future__ import annotations


class YibaoError(Exception):
    """Base of all expected failures; ``str()`` is one Chinese sentence saying what is wrong.

    Attributes:
        hint: one Chinese sentence saying what the user can do about it; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UserError(YibaoError):
    """The request itself cannot be met; the user can change it (exit code 2 on the console)."""


class DataError(YibaoError):
    """A file, disk or database stands in the way (exit code 1 on the console)."""
