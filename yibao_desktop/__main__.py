"""The window's entry point, ``yibao-desktop``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from yibao_desktop.errors import YibaoError
from yibao_desktop.paths import resolve_paths
from yibao_desktop.screen import has_screen

if TYPE_CHECKING:
    from argparse import Namespace

MEASURE_STARTUP = "--measure-startup"
"""Measured before anything else is looked at, so that only the start is."""


def main(arguments: list[str] | None = None) -> int:
    """Open the window; with ``--self-test`` try everything once offscreen instead.

    With ``--measure-startup`` print what the start took as one line of JSON and close it again.
    An argument is an item to open (``yibao:card-replacement``) or something to search for.
    """
    arguments = sys.argv if arguments is None else arguments
    paths = resolve_paths()
    if arguments[1:] == [MEASURE_STARTUP]:
        from yibao_desktop.ui.program.application import measure_start

        return measure_start(paths, arguments[:1])
    request = ""
    if len(arguments) > 1:
        try:
            asked = _parse(arguments[1:])
        except YibaoError as error:
            print(f"{error}{error.hint}", file=sys.stderr)
            return 2
        self_test, request = asked.self_test, asked.request
        arguments = [arguments[0], *asked.for_qt]
    else:
        self_test = False
    if self_test:
        from yibao_desktop.ui.program.self_test import run_self_test

        return run_self_test(paths)
    if not has_screen(os.environ):
        from yibao_desktop.cli import tour

        return tour()
    from yibao_desktop.ui.program.application import run

    return run(paths, arguments, request)


def _parse(arguments: list[str]) -> Namespace:
    from yibao_desktop.console.arguments import parse_window

    return parse_window(arguments)


if __name__ == "__main__":
    sys.exit(main())
