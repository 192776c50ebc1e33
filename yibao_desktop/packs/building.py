"""Checks packs with the guide and builds the content with them, in a process of its own.

The process is told what to do by a line of JSON, tells how far it is by more of them, and ends
with one that says what came of it.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from threading import Thread
from typing import Any

from yibao_desktop.domain.packs.local import LocalChange
from yibao_desktop.errors import DataError
from yibao_desktop.packs.order import (
    Clashing,
    FaultyPackError,
    Order,
    Outcome,
    PackPage,
    Told,
    Unfit,
)
from yibao_desktop.paths import own_command


def carry_out(
    order: Order, told: Told = lambda _: None, stopped: Callable[[], bool] = lambda: False
) -> Outcome:
    """Do it in a process of its own, and wait; where it is ``stopped``, that process is ended.

    Raises:
        FaultyPackError: the packs are written wrongly.
        DataError: it cannot be done.
    """
    try:
        child = subprocess.Popen(  # noqa: S603 - our own program
            own_command("yibao_desktop.packs", "pack", "build"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise _died() from error
    with child:
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            with suppress(OSError):
                child.stdin.write(json.dumps(asdict(order)))
                child.stdin.close()
            Thread(target=_watch, args=(child, stopped), daemon=True).start()
            return _heard(child.stdout, told)
        finally:
            child.kill()


def _watch(child: subprocess.Popen[str], stopped: Callable[[], bool]) -> None:
    """End the process where it is not wanted any more."""
    while child.poll() is None:
        if stopped():
            child.kill()
        time.sleep(_LOOK_S)


_LOOK_S = 0.1


def _died() -> DataError:
    return DataError("内容包没有装成：生成内容的程序中途停了。", "原来的内容没有动，请再试一次。")


def _heard(lines: Iterable[str], told: Told) -> Outcome:
    for line in lines:
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            break
        match said:
            case {"stage": str(stage)}:
                told(stage)
            case {"problems": [*problems]}:
                raise FaultyPackError(problems)
            case {"error": str(error), "hint": str(hint)}:
                raise DataError(error, hint)
            case {"outcome": dict(found)}:
                return _outcome(found)
    raise _died()


def _outcome(found: dict[str, Any]) -> Outcome:
    return Outcome(
        pages=tuple(PackPage(**page) for page in found["pages"]),
        changes=tuple(LocalChange(**change) for change in found["changes"]),
        unfit=tuple(Unfit(**unfit) for unfit in found["unfit"]),
        clashes=tuple(
            Clashing(**{**c, "packs": tuple(c["packs"]), "names": tuple(c["names"])})
            for c in found["clashes"]
        ),
    )
