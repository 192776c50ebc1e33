"""The shorter form of ``make torture``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.torture.documents import touched
from tests.torture.network import sockets_of
from tests.torture.table import Row, table


def can_unshare() -> bool:
    """Whether this system lets us have mounts and a network of our own."""
    if shutil.which("unshare") is None:
        return False
    options = ["--mount"] if os.geteuid() == 0 else ["--map-root-user", "--mount"]
    probe = subprocess.run(
        ["unshare", *options, "unshare", "--net", "true"], capture_output=True, check=False
    )
    return probe.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not can_unshare(), reason="no namespaces of mounts and network here")
@pytest.mark.parametrize(
    "part",
    [
        "damage",
        "field",
        "daily",
        "desktop",
        "kills",
        "window",
        "hostile",
        "network",
        "documents",
        "packs",
    ],
)
def test_nothing_is_lost(part):
    if part in ("network", "documents") and shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture", "--short", part],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "全部经受住了" in done.stdout


def test_only_the_speech_service_of_the_desktop_may_look_around_on_this_computer():
    mine = "7 socket(AF_UNIX, SOCK_STREAM, 0) = 4\n8 socket(AF_INET, SOCK_STREAM, 0) = 5\n"
    service = '9 execve("/usr/bin/speech-dispatcher", ["x"]) = 0\n9 socket(AF_INET, 1, 0) = 5\n'
    near = '9 connect(5, {sa_family=AF_INET, sin_addr=inet_addr("127.0.0.1")}, 16) = 0\n'
    far = '9 connect(5, {sa_family=AF_INET, sin_addr=inet_addr("8.8.8.8")}, 16) = -1\n'
    failed = '8 execve("/usr/bin/speech-dispatcher", ["x"]) = -1 ENOENT\n'
    assert sockets_of(mine) == (["AF_UNIX", "AF_INET"], [])
    assert sockets_of(failed + mine) == (["AF_UNIX", "AF_INET"], [])
    assert sockets_of(service + near) == ([], [])
    assert sockets_of(service + far) == ([], [far.strip()])


def test_a_fault_that_was_not_tried_or_lost_something_is_seen():
    well, lost, untried = Row("甲", "一"), Row("乙", "二"), Row("丙", "三")
    well.note("好")
    lost.note("坏", "a note")
    assert [row.well for row in (well, lost, untried)] == [True, False, False]
    assert table([well, untried]).splitlines()[2].endswith("没有试")


def test_a_reader_of_documents_that_does_more_than_read_is_seen():
    begun = f'1 execve("{sys.executable}", ["x"]) = 0\n1 openat(AT_FDCWD, "x.py", O_RDONLY) = 3\n'
    assert touched(begun, 0) == []
    for act in (
        "1 socket(AF_INET, SOCK_STREAM, 0) = 5",
        '1 openat(AT_FDCWD, "/tmp/x", O_WRONLY|O_CREAT, 0666) = 4',
        '2 execve("/bin/sh", ["sh"]) = 0',
    ):
        assert touched(f"{begun}{act}\n", 0) == [f"0: {act}"]
