"""Whether a window can be shown: Qt itself ends the program where nobody answers at a display."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator, Mapping

_PLATFORMS = "QT_QPA_PLATFORM"
_X, _WAYLAND = "xcb", "wayland"


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether one of the platforms Qt would try has somebody to show a window.

    Args:
        environment: the environment variables.
    """
    if sys.platform != "linux":
        return True
    return any(_answers(platform, environment) for platform in _tried(environment))


def screen_name(environment: Mapping[str, str]) -> str:
    """Tells a display from others of the same user; empty where there is only one."""
    if sys.platform != "linux":
        return ""
    return environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY", "").partition(".")[0]


def _tried(environment: Mapping[str, str]) -> Iterator[str]:
    """What Qt would try, by the variable it looks at first and else as it chooses by itself."""
    if asked := environment.get(_PLATFORMS, ""):
        yield from (name.partition(":")[0] for name in asked.split(";"))
        return
    if environment.get("WAYLAND_DISPLAY"):
        yield _WAYLAND
    if environment.get("DISPLAY"):
        yield _X


def _answers(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a display lets us in; said, too, of what cannot be asked."""
    if platform == _X:
        return _x_answers()
    if platform.startswith(_WAYLAND):
        return bool(environment.get("XDG_RUNTIME_DIR")) and _wayland_answers()
    return True


def _x_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # without it Qt has its own say
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))  # never null
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_answers() -> bool:
    try:
        wayland = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return True
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = wayland.wl_display_connect(None)
    if display is None:
        return False
    wayland.wl_display_disconnect(ctypes.c_void_p(display))
    return True
