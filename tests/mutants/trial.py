"""One fault, tried in a copied tree: do the tests notice it?

Every trial is a process of its own, forked from one that has the libraries loaded already, which
is most of what a run of a few tests costs.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
from multiprocessing.context import ForkServerContext
from pathlib import Path

from tests.built_content import CONTENT_VARIABLE, ROOT, built_content

LOADED = ["pytest", "hypothesis", "sqlalchemy.orm", "numpy", "yaml", "cattrs", "jieba", "pypinyin"]
"""What every trial finds loaded; nothing of ours, as that is what is spoilt."""

MOST_TESTS = 80
"""So many tests are asked about a fault at most: those that run the fewest lines besides."""

PROCESSOR_S = 150
PATIENCE_S = 1_200
"""A fault that lets the tests run on for longer is noticed, as a busy machine is not: the one is
told by processor time, the other is for what waits for ever."""

COPIED = (
    "yibao_desktop",
    "resources",
    "seeds",
    "db",
    "tests",
    "build_spec",
    "pyproject.toml",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "README.md",
    "Makefile",
)


def copied(tree: Path) -> Path:
    """A tree of its own, in which files may be spoilt."""
    tree.mkdir()
    for name in COPIED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tree / name)
    return tree


def context() -> ForkServerContext:
    """Where trials are forked from."""
    made = ForkServerContext()
    made.set_forkserver_preload(LOADED)
    return made


def is_noticed(at: ForkServerContext, tree: Path, tests: list[str]) -> bool:
    """Whether one of the tests fails in a spoilt tree, or does not come to an end."""
    process = at.Process(target=_trial, args=(str(tree), tests[:MOST_TESTS], built_content()))
    process.start()
    process.join(PATIENCE_S)
    if process.is_alive():
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return process.exitcode != 0


def are_known(at: ForkServerContext, tree: Path, tests: list[str]) -> bool:
    """Whether all of these tests are found: one that is not would seem to notice everything."""
    process = at.Process(
        target=_trial, args=(str(tree), ["--collect-only", *tests], built_content())
    )
    process.start()
    process.join()
    return process.exitcode == 0


def _trial(tree: str, tests: list[str], content: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
    os.setpgid(0, 0)
    os.chdir(tree)
    os.environ |= {
        "PYTHONPATH": tree,
        "PYTHONDONTWRITEBYTECODE": "1",
        CONTENT_VARIABLE: str(content),
    }
    sys.dont_write_bytecode = True  # a fault of the same size and second would not be seen
    sys.path.insert(0, tree)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    import pytest

    quietly = ("-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider")
    code = pytest.main([*quietly, f"--rootdir={tree}", *tests])
    os._exit(int(code))
