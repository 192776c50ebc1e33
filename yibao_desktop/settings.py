"""Settings of the window, kept as one small file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypedDict, Unpack, cast

from yibao_desktop.errors import DataError
from yibao_desktop.own_files import read_small, set_aside
from yibao_desktop.whole_file import whole_file

SETTINGS_VERSION = 1

MAX_BYTES = 100_000
"""A file of settings is never larger."""


class TextSize(StrEnum):
    """Size of all text in the window."""

    STANDARD = "standard"
    LARGE = "large"
    LARGER = "larger"
    ELDER = "elder"


class Theme(StrEnum):
    """Colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can set.

    Attributes:
        region: code of the user's place; None where the user named none.
        no_trace: whether nothing about pages and queries is kept; cases are kept all the same.
        reopen: whether the program opens where it was left.
        no_documents: whether documents of one's own may not be added, as on a shared counter.
        counter: whether it stands at a service desk, where one visitor follows another: nothing of
            one is shown to the next.
        authoring: whether content packs can be made here.
        welcomed: whether the first screen has been shown.
    """

    text_size: TextSize = TextSize.STANDARD
    theme: Theme = Theme.SYSTEM
    region: str | None = None
    no_trace: bool = False
    reopen: bool = True
    no_documents: bool = False
    counter: bool = False
    authoring: bool = False
    welcomed: bool = False

    @property
    def leaves_no_trace(self) -> bool:
        """Whether nothing about pages and queries is kept, for whichever reason."""
        return self.no_trace or self.counter


class SettingsChange(TypedDict, total=False):
    """Some settings by their names, as ``Settings`` explains them."""

    text_size: TextSize
    theme: Theme
    region: str | None
    no_trace: bool
    reopen: bool
    no_documents: bool
    counter: bool
    authoring: bool
    welcomed: bool


_NEVER_CARRIED = ("welcomed", "no_documents", "counter", "authoring")
"""What says something about one computer only."""


def carried_changes(ours: Settings, theirs: Settings) -> SettingsChange:
    """What is set otherwise on another computer, by name; ready for ``SettingsStore.update``."""
    differing = {
        name: value
        for name, value in ((f.name, getattr(theirs, f.name)) for f in fields(Settings))
        if name not in _NEVER_CARRIED and value != getattr(ours, name)
    }
    return cast("SettingsChange", differing)


class SettingsStore:
    """Reads and writes the settings; a file it cannot use is set aside, never deleted.

    Attributes:
        current: the settings in force.
        set_aside: where an unusable file was moved to; None where all is well.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._listeners: list[Callable[[Settings], None]] = []
        self.set_aside: Path | None = None
        self.current = self._load()

    def listen(self, listener: Callable[[Settings], None]) -> None:
        """Call the listener after every change."""
        self._listeners.append(listener)

    def update(self, **changes: Unpack[SettingsChange]) -> None:
        """Change some settings, on disk first.

        Raises:
            DataError: the file cannot be written; nothing changes.
        """
        changed = replace(self.current, **changes)
        if changed == self.current:
            return
        try:
            self._save(changed)
        except OSError as error:
            raise DataError(
                f"设置存不下来（{error.strerror}）。", "请看这个文件夹能不能写、磁盘满了没有。"
            ) from error
        self.current = changed
        for listener in self._listeners:
            listener(changed)

    def _load(self) -> Settings:
        try:
            data = json.loads(read_small(self._path, MAX_BYTES))
            return _from_data(data)
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            try:
                self.set_aside = set_aside(self._path)
            except OSError:
                self.set_aside = self._path
            return Settings()

    def _save(self, settings: Settings) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps({"version": SETTINGS_VERSION, **asdict(settings)}, ensure_ascii=False)
        with whole_file(self._path) as unfinished:
            unfinished.write_text(text, encoding="utf-8")


def _from_data(data: dict[str, Any]) -> Settings:
    if data["version"] != SETTINGS_VERSION:
        raise ValueError(data["version"])
    return Settings(
        text_size=TextSize(data["text_size"]),
        theme=Theme(data["theme"]),
        region=data["region"] and str(data["region"]),
        no_trace=_switch(data, "no_trace", False),
        reopen=_switch(data, "reopen", True),
        no_documents=_switch(data, "no_documents", False),
        counter=_switch(data, "counter", False),
        authoring=_switch(data, "authoring", False),
        welcomed=_switch(data, "welcomed", True),
    )


def _switch(data: dict[str, Any], name: str, before: bool) -> bool:
    """A setting that is on or off; ``before`` holds in files from before it was there."""
    value = data.get(name, before)
    if not isinstance(value, bool):
        raise TypeError(name)
    return value
