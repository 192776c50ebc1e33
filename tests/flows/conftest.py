"""Journeys use the same window as the tests of its parts."""

from tests.ui.conftest import open_window, window

__all__ = ["open_window", "window"]
