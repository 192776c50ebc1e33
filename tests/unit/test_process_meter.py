"""How long a process has been running, and what it holds."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from yibao_desktop import process_meter
from yibao_desktop.errors import UserError

LATE = """
import time
time.sleep(0.4)
from yibao_desktop.process_meter import milliseconds_running
print(milliseconds_running())
"""


def test_time_counts_from_the_start_of_the_process_not_of_the_import():
    done = subprocess.run(
        [sys.executable, "-c", LATE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) >= 400


def test_time_goes_on():
    assert process_meter.milliseconds_running() <= process_meter.milliseconds_running()


HELD = """
from yibao_desktop.process_meter import resident_megabytes
before = resident_megabytes()
held = b"x" * 60_000_000
print(resident_megabytes() - before)
"""


def test_memory_that_is_used_is_counted():
    """In a process of its own: one that has run long may have as much to spare."""
    done = subprocess.run(
        [sys.executable, "-c", HELD], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) > 50


@pytest.mark.parametrize(
    "measure", [process_meter.milliseconds_running, process_meter.resident_megabytes]
)
def test_a_system_that_does_not_tell_is_named(monkeypatch, tmp_path, measure):
    with monkeypatch.context() as closed:
        closed.setattr(process_meter, "_TOLD", tmp_path)
        with pytest.raises(UserError, match="量不了"):
            measure()
    monkeypatch.setattr(sys, "platform", "plan9")
    with pytest.raises(UserError, match="量不了"):
        measure()
