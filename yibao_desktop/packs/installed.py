"""What is installed of packs: one small file that is replaced whole, and the files it names.

Everything else is written before, under a name of its own, and removed after. So whatever moment
the power fails at, the old state holds or the new one does, with all it needs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from yibao_desktop.domain.packs.manifest import PACK_SUFFIX
from yibao_desktop.errors import DataError
from yibao_desktop.own_files import make_way, read_small, set_aside
from yibao_desktop.packs.trust import Trusted
from yibao_desktop.store.checksum import checksum_file, digest, stored_digest
from yibao_desktop.whole_file import whole_file

_STATE = "packs.json"
_FORMAT = 1
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Edition:
    """The packs that are in use together, and the content that was built with them.

    Attributes:
        packs: id of each pack → name of its file.
        choices: part that two packs change → id of the pack it is taken from.
        region: code of the place the content was built for; None for none.
        base: digest of the bundled content it was built beside.
        content: name of the built database; empty where none is needed.
        unfit: what was left out of the packs, a sentence each.
    """

    packs: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    region: str | None = None
    base: str = ""
    content: str = ""
    unfit: tuple[str, ...] = ()

    @property
    def files(self) -> set[str]:
        """Names of all files it needs."""
        return {*self.packs.values(), *([self.content] if self.content else [])}


@dataclass(frozen=True, slots=True)
class State:
    """What is in use, what was before it, and what is known of keys.

    Attributes:
        trusted: by the pack's id; what is removed stays known.
    """

    current: Edition = field(default_factory=Edition)
    previous: Edition | None = None
    trusted: Mapping[str, Trusted] = field(default_factory=dict)


class PackFolder:
    """The folder of packs in the user's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._whole: dict[Path, tuple[int, int]] = {}

    def state(self) -> State:
        """What is installed; nothing where nothing can be read, which is set aside."""
        path = self.folder / _STATE
        try:
            return _state(json.loads(read_small(path, _MOST_BYTES)))
        except FileNotFoundError:
            return State()
        except OSError as error:
            raise DataError(f"内容包的记录读不出来（{error.strerror}）。") from error
        except (ValueError, KeyError, TypeError, AttributeError):
            with suppress(OSError):
                set_aside(path)
            return State()

    def store(self, state: State) -> None:
        """Make this the state; what it names must be there. On disk when it returns.

        Raises:
            DataError: it cannot be written; the old state holds.
        """
        text = json.dumps({"format": _FORMAT, **asdict(state)}, ensure_ascii=False, indent=1)
        path = self.folder / _STATE
        try:
            make_way(path)
            self._write(path, text.encode())
        except OSError as error:
            raise _unwritable(error) from error
        self._clear(state)

    def keep(self, name: str, data: bytes) -> Path:
        """Put a pack's file into the folder, on disk.

        Raises:
            DataError: it cannot be written.
        """
        path = self.folder / name
        try:
            self._write(path, data)
        except OSError as error:
            raise _unwritable(error) from error
        return path

    def discard(self, name: str) -> None:
        """Remove a pack's file that was only looked at; one that is in use stays."""
        if name not in _needed(self.state()):
            with suppress(OSError):
                (self.folder / name).unlink()

    def _write(self, path: Path, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole_file(path) as unfinished:
            unfinished.write_bytes(data)

    def _clear(self, state: State) -> None:
        """Remove what neither the state nor the one before it needs."""
        needed = _needed(state)
        needed |= {checksum_file(self.folder / name).name for name in needed} | {_STATE}
        for path in self.folder.iterdir():
            ours = path.suffix in (PACK_SUFFIX, ".sqlite3", ".sha256", ".new")
            if ours and path.name not in needed:
                with suppress(OSError):
                    path.unlink()

    def content(self, bundled: Path, region: str | None) -> Path | None:
        """The whole database built with the packs in use, where it fits the bundled content.

        ``region`` is the place the user has set; None where none is set.
        """
        current = self.state().current
        if not current.content or current.base != base_of(bundled):
            return None
        if region is not None and region != current.region:
            return None
        path = self.folder / current.content
        return path if self._is_whole(path) else None

    def has_content(self, edition: Edition) -> bool:
        """Whether the content of an edition is there and whole."""
        return bool(edition.content) and self._is_whole(self.folder / edition.content)

    def _is_whole(self, path: Path) -> bool:
        """Whether a database says what it said when it was built; read once while it is as it was.

        Reading all of it is a good part of a start.
        """
        try:
            now = path.stat()
            looks = now.st_mtime_ns, now.st_size
            if self._whole.get(path) != looks:
                expected = stored_digest(path)
                if expected is None or digest(path) != expected:
                    return False
                self._whole[path] = looks
        except OSError:
            return False
        return True

    def is_behind(self, bundled: Path, region: str | None) -> bool:
        """Whether there are packs and no content with them that fits."""
        return bool(self.state().current.packs) and self.content(bundled, region) is None


def _needed(state: State) -> set[str]:
    """Names of the files of the state and of the one before it."""
    return state.current.files | (state.previous.files if state.previous else set())


def base_of(bundled: Path) -> str:
    """What identifies the bundled content; empty where there is none."""
    with suppress(OSError):
        return stored_digest(bundled) or digest(bundled)
    return ""


def content_name(edition: Edition) -> str:
    """Name of the database that is built for an edition: another one for anything else."""
    told = [sorted(edition.packs.items()), sorted(edition.choices.items()), edition.region]
    key = hashlib.sha256(json.dumps([*told, edition.base]).encode()).hexdigest()
    return f"content-{key[:16]}.sqlite3"


def _unwritable(error: OSError) -> DataError:
    return DataError(
        f"内容包存不进用户文件夹（{error.strerror}）。", "请看磁盘是不是满了；原来的没有动。"
    )


def _state(data: dict[str, Any]) -> State:
    if data["format"] != _FORMAT:
        raise ValueError("another format")
    previous = data["previous"]
    return State(
        current=_edition(data["current"]),
        previous=_edition(previous) if previous else None,
        trusted={str(pack): _trusted(known) for pack, known in data["trusted"].items()},
    )


def _edition(data: dict[str, Any]) -> Edition:
    edition = Edition(**{**data, "unfit": tuple(data["unfit"])})
    if any(Path(name).name != name or not name for name in edition.files):
        raise ValueError("a name that leaves the folder")
    return edition


def _trusted(data: dict[str, Any]) -> Trusted:
    return Trusted(**{**data, "revoked": tuple(data["revoked"]), "earlier": tuple(data["earlier"])})


def after(state: State, edition: Edition, trusted: Mapping[str, Trusted] | None = None) -> State:
    """The state once an edition has come into use; the one before is kept."""
    return replace(
        state,
        current=edition,
        previous=state.current,
        trusted=state.trusted if trusted is None else trusted,
    )
