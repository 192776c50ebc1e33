"""Work done in a process of its own, which may be killed at any moment."""

from __future__ import annotations

import os
import pickle
import random
import select
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

PATIENCE_S = 60.0


class ChildError(Exception):
    """The work raised something, hung or ended the process."""


def in_child(work: Callable[[], Any], patience_s: float = PATIENCE_S) -> Any:
    """The result of the work, done in a fork of this process."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _answer(work, write)
    os.close(write)
    data = b""
    end = time.monotonic() + patience_s
    with os.fdopen(read, "rb") as pipe:
        while True:
            left = end - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                raise ChildError(f"hung for more than {patience_s:.0f} s")
            part = os.read(pipe.fileno(), 65_536)
            if not part:
                break
            data += part
    _, status = os.waitpid(child, 0)
    if not data:
        raise ChildError(f"ended with status {status}")
    well, result = pickle.loads(data)
    if not well:
        raise ChildError(result)
    return result


def _answer(work: Callable[[], Any], write: int) -> NoReturn:
    try:
        answer = (True, work())
    except BaseException:
        answer = (False, traceback.format_exc())
    data = pickle.dumps(answer)
    while data:
        data = data[os.write(write, data) :]
    os._exit(0)


def killed(
    work: Callable[[Callable[[str], None]], None], after_s: float, when_told: bool = False
) -> list[str]:
    """Kill the work so long after it began, or first told something; the lines told by then."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            work(lambda line: _tell(write, line))
        finally:
            os._exit(0)
    os.close(write)
    if when_told and not select.select([read], [], [], PATIENCE_S)[0]:
        raise ChildError("told nothing")
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read, "r", encoding="utf-8") as pipe:
        return pipe.read().splitlines()


def _tell(write: int, line: str) -> None:
    os.write(write, f"{line}\n".encode())


def moments(count: int, longest_s: float, seed: int) -> list[float]:
    """Random moments up to the longest."""
    chosen = random.Random(seed)
    return [chosen.uniform(0.0, longest_s) for _ in range(count)]
