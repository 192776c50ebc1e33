"""Tests run side by side, and what belongs together stays in one process."""

from __future__ import annotations

import re
import subprocess
import sys

TOGETHER = """
import pytest

@pytest.mark.xdist_group("{group}")
@pytest.mark.parametrize("number", range(6))
def test_of_a_group(number):
    pass
"""


def test_a_group_is_run_by_one_process(tmp_path):
    """A release of pytest broke it without a word: what is built once was built by each process."""
    for module, group in (("test_a", "first"), ("test_b", "first"), ("test_c", "second")):
        (tmp_path / f"{module}.py").write_text(TOGETHER.format(group=group), encoding="utf-8")
    options = [
        "-n",
        "2",
        "--dist",
        "loadgroup",
        "--no-loadscope-reorder",
        "-v",
        "-p",
        "no:randomly",
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-c", "/dev/null", f"--rootdir={tmp_path}", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    by = {"first": set(), "second": set()}
    for process, module in re.findall(
        r"^\[(gw\d)\].*PASSED (test_\w)\.py", ran.stdout, re.MULTILINE
    ):
        by["second" if module == "test_c" else "first"].add(process)
    assert [len(processes) for processes in by.values()] == [1, 1], ran.stdout
