"""The console as a process: its output, its readers, its screen."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def in_a_process(*arguments: str, stdin: bytes = b"", **environment: str):
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


def test_output_is_utf8_whatever_the_locale(paths):
    done = in_a_process(
        "yibao_desktop.cli",
        "check",
        "--seeds",
        str(paths.seeds),
        LC_ALL="C",
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 0
    assert "主题" in done.stdout.decode("utf-8")


@pytest.fixture
def run_into(paths):
    """Run a command in a process whose output goes somewhere special; code and errors."""
    script = (
        "import sys, pathlib, yibao_desktop.cli as c, yibao_desktop.paths as p;"
        f"paths = p.Paths(pathlib.Path({str(paths.bundle)!r}), pathlib.Path({str(paths.user)!r}));"
        "c.resolve_paths = lambda: paths; sys.exit(c.main())"
    )

    def call(out, *arguments: str, **environment: str):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            stdout=out,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, **environment},
            check=False,
        )
        return done.returncode, done.stderr.decode("utf-8")

    return call


@pytest.mark.parametrize(
    "arguments",
    [["topics"], ["sources", "--json"], ["doctor"], ["search", "卡"], ["check"], ["--help"]],
)
def test_a_full_disk_is_told_in_one_sentence(run_into, arguments):
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        code, err = run_into(full, *arguments)
    assert code == 1
    assert err.startswith("结果写不出去")
    assert err.count("\n") == 1


def test_a_full_disk_is_told_also_where_nothing_is_buffered(run_into):
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        code, err = run_into(full, "topics", PYTHONUNBUFFERED="1")
    assert (code, err.count("\n")) == (1, 1)


@pytest.mark.parametrize("arguments", [["procedures"], ["sources", "--json"]])
def test_a_reader_that_goes_away_ends_it_silently(run_into, arguments):
    read, write = os.pipe()
    os.close(read)
    try:
        assert run_into(write, *arguments) == (1, "")
    finally:
        os.close(write)


@pytest.mark.parametrize(
    "display",
    [
        {},
        {"DISPLAY": ":77"},
        {"DISPLAY": ":77", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "nobody"},
        {"WAYLAND_DISPLAY": "nobody", "DISPLAY": ":77", "QT_QPA_PLATFORM": "wayland;xcb"},
        {"WAYLAND_DISPLAY": "left-behind"},
    ],
)
def test_without_a_screen_the_guide_is_shown_in_the_console(paths, tmp_path, display):
    """Nothing is told of a display, or nobody is there any more: Qt would end the program."""
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(os.path.relpath(tmp_path / "left-behind"))
    environment = {k: "" for k in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    environment |= {"XDG_RUNTIME_DIR": str(tmp_path), **display}
    script = (
        "import sys, yibao_desktop.__main__ as m, yibao_desktop.cli as c, yibao_desktop.paths as p, pathlib;"
        f"paths = p.Paths(pathlib.Path({str(paths.bundle)!r}), pathlib.Path({str(tmp_path)!r}));"
        "m.resolve_paths = c.resolve_paths = lambda: paths;"
        "code = m.main(['yibao-desktop']); assert 'PySide6' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )
    out = done.stdout.decode("utf-8")
    assert done.returncode == 0, done.stderr.decode()
    assert out.startswith("这里没有图形界面")
    assert "$ yibao plan" in out
