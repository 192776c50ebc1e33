"""The window's entry point, ``yibao-desktop``."""

from __future__ import annotations

import os
import sys

from yibao_desktop.paths import resolve_paths

SELF_TEST = "--self-test"
MEASURE_STARTUP = "--measure-startup"


def main(arguments: list[str] | None = None) -> int:
    """Open the window.

    With ``--self-test`` try everything once offscreen instead; with ``--measure-startup`` print
    what the start took as one line of JSON and close the window again.
    """
    arguments = sys.argv if arguments is None else arguments
    paths = resolve_paths()
    if SELF_TEST in arguments:
        from yibao_desktop.ui.self_test import run_self_test

        return run_self_test(paths)
    if not _has_screen():
        from yibao_desktop.cli import tour

        return tour()
    from yibao_desktop.ui.application import run

    rest = [a for a in arguments if a != MEASURE_STARTUP]
    return run(paths, rest, measured=MEASURE_STARTUP in arguments)


def _has_screen() -> bool:
    """Whether a window can be shown; Qt itself would abort where it cannot."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
