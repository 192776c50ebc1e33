"""Which input method Qt is to load, so that Chinese can be typed with fcitx5 too."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

SEVERAL = "QT_IM_MODULES"
ONE = "QT_IM_MODULE"
_X_SERVER = "XMODIFIERS"
_PLUGINS = "QT_PLUGIN_PATH"
_FCITX = ("fcitx", "fcitx5")
_IBUS = "ibus"


def choose_input_method(
    environment: Mapping[str, str], plugins: Iterable[str]
) -> tuple[str, str] | None:
    """The variable to set before Qt starts, and its value; None where all is well as it is.

    PySide6 has no plugin for fcitx, and Qt then falls back to one that knows no Chinese. fcitx5
    serves the protocol of ibus, for which Qt does have one. Where only the X server's variable
    names an input method Qt does not look at it; under Wayland it need not, the compositor
    passes on what is typed.

    Args:
        environment: the environment variables.
        plugins: file names of Qt's plugins for input methods.
    """
    names = list(plugins)
    wanted = _wanted(environment)
    if not wanted:
        return None
    if environment.get(SEVERAL):
        variable, separator = SEVERAL, ";"
    else:
        variable, separator = ONE, ""
    can_fcitx = any("fcitx" in name for name in names)
    can_ibus = any("ibus" in name for name in names)
    chosen = [_IBUS if m in _FCITX and not can_fcitx and can_ibus else m for m in wanted]
    value = separator.join(dict.fromkeys(chosen))
    return None if environment.get(variable) == value else (variable, value)


def _wanted(environment: Mapping[str, str]) -> list[str]:
    """Names of the input methods asked for, best first."""
    several = [name for name in environment.get(SEVERAL, "").split(";") if name]
    if several:
        return several
    one = environment.get(ONE)
    if one:
        return [one]
    named = environment.get(_X_SERVER, "").removeprefix("@im=")
    on_x = not environment.get("WAYLAND_DISPLAY") or environment.get("QT_QPA_PLATFORM") == "xcb"
    return [named] if on_x and named in (*_FCITX, _IBUS) else []


def use_input_method(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set what Qt needs to know; before the application is made."""
    chosen = choose_input_method(environment, installed_plugins(environment))
    if chosen is not None:
        variable, value = chosen
        environment[variable] = value


def installed_plugins(environment: Mapping[str, str]) -> list[str]:
    """File names of the input method plugins Qt will find."""
    own = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    others = [p for p in environment.get(_PLUGINS, "").split(os.pathsep) if p]
    folders = [Path(folder, "platforminputcontexts") for folder in (own, *others)]
    return [file.name for folder in folders if folder.is_dir() for file in folder.iterdir()]
