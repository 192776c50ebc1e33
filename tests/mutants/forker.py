"""Runs tests in forks of one process that has the libraries loaded already.

Loading them is most of what a run of a few tests costs. Of a request, a line of JSON with a tree,
the folder of the content and names of tests, the answer is a line with what pytest returned.
Nothing of ours is loaded here, as that is what is spoilt in the trees.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import time
from typing import NoReturn

LOADED = ("pytest", "sqlalchemy.orm", "numpy", "yaml", "cattrs", "jieba", "pypinyin")

PROCESSOR_S = 150
PATIENCE_S = 1_200
"""A fault that lets the tests run on for longer is noticed, as a busy machine is not: the one is
told by processor time, the other is for what waits for ever."""

POLL_S = 0.05


def main() -> None:
    for name in LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _run(*json.loads(line))
        print(_outcome(child), flush=True)


def _run(tree: str, content: str, arguments: list[str]) -> NoReturn:
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
    os.chdir(tree)
    os.environ |= {
        "PYTHONPATH": tree,
        "PYTHONDONTWRITEBYTECODE": "1",
        "YIBAO_TEST_CONTENT": content,
    }
    sys.dont_write_bytecode = True  # a fault of the same size and second would not be seen
    sys.path[0] = tree  # in place of the folder of this file
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    import pytest

    quietly = ("-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider")
    os._exit(int(pytest.main([*quietly, f"--rootdir={tree}", *arguments])))


def _outcome(child: int) -> int:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(POLL_S)
    os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main()
