"""How long this process has been running, and how much memory it holds."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from yibao_desktop.errors import UserError

_TOLD = Path("/proc/self")
_START_FIELD = 19
"""Place of the start time in ``/proc/self/stat`` after the program's name, in clock ticks."""


def milliseconds_running() -> float:
    """Milliseconds since the system started this process, its loading included.

    Raises:
        UserError: this system does not tell.
    """
    if sys.platform == "linux":
        stat = _told_of_this_process("stat")
        after_name = stat.rpartition(")")[2].split()
        started = int(after_name[_START_FIELD]) / os.sysconf("SC_CLK_TCK")
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000
    elif sys.platform == "win32":  # noqa: RET505 - mypy follows else, but not what comes after
        return _milliseconds_running_on_windows()
    else:
        raise _unknown()


def resident_megabytes() -> float:
    """Memory this process holds at the moment, shared libraries included, in 10⁶ bytes.

    Raises:
        UserError: this system does not tell.
    """
    if sys.platform == "linux":
        pages = int(_told_of_this_process("statm").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    elif sys.platform == "win32":  # noqa: RET505
        return _resident_megabytes_on_windows()
    else:
        raise _unknown()


def _told_of_this_process(name: str) -> str:
    try:
        return (_TOLD / name).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise _unknown() from error


def _unknown() -> UserError:
    return UserError("这个系统上量不了启动时间。", "请在 Linux 或 Windows 上量。")


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _TICKS_PER_MS = 10_000
    _EPOCH_MS = 11_644_473_600_000
    """What Windows counts from 1601 lies so far before what Python counts from."""

    class _MemoryCounters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in ("peak", "resident", *"abcdef")),
        )

    def _milliseconds_running_on_windows() -> float:
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        times = [wintypes.FILETIME() for _ in range(4)]
        kernel.GetProcessTimes(
            wintypes.HANDLE(kernel.GetCurrentProcess()), *(ctypes.byref(t) for t in times)
        )
        created = (times[0].dwHighDateTime << 32 | times[0].dwLowDateTime) / _TICKS_PER_MS
        return time.time() * 1000 + _EPOCH_MS - created

    def _resident_megabytes_on_windows() -> float:
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        counters = _MemoryCounters(cb=ctypes.sizeof(_MemoryCounters))
        kernel.K32GetProcessMemoryInfo(
            wintypes.HANDLE(kernel.GetCurrentProcess()), ctypes.byref(counters), counters.cb
        )
        resident: int = counters.resident
        return resident / 1e6
