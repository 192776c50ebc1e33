"""Windows: what a process may use, by the job object it lies in."""

from __future__ import annotations

import ctypes
from ctypes import wintypes


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64),
        ("flags", wintypes.DWORD), ("least_set", ctypes.c_size_t),
        ("most_set", ctypes.c_size_t), ("processes", wintypes.DWORD),
        ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD),
        ("scheduling", wintypes.DWORD),
    )  # fmt: skip


class _Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", _Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )  # fmt: skip


def confine_in_job(memory: int, seconds: int) -> None:
    """Put this process into a job of so many bytes and seconds, and no other process.

    Raises:
        OSError: Windows refuses.
    """
    one_process, process_time, process_memory = 0x8, 0x2, 0x100
    extended_limits = 9
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD,
    )  # fmt: skip
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    limits = _Extended()
    limits.basic.flags = one_process | process_time | process_memory
    limits.basic.process_time = seconds * 10_000_000
    limits.basic.processes = 1
    limits.process_memory = memory
    job = kernel.CreateJobObjectW(None, None)
    done = kernel.SetInformationJobObject(
        job, extended_limits, ctypes.byref(limits), ctypes.sizeof(limits)
    ) and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
    if not done:
        raise OSError(ctypes.get_last_error(), "job object")  # type: ignore[attr-defined]
