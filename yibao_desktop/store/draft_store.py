"""Drafts of content packs: a small file each in the user's folder, written whole or not at all."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from yibao_desktop.domain.packs.draft import CardKind, Draft, DraftKind, Edit
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.errors import DataError
from yibao_desktop.own_files import read_small, set_aside
from yibao_desktop.whole_file import whole_file

DRAFT_VERSION = 1
DRAFT_ENDING, KEY_ENDING = ".json", ".key"
BACKED_UP = (DRAFT_ENDING, KEY_ENDING)
"""Endings of the files that are kept with every backup of the records."""
_BEFORE = ".before"
MAX_BYTES = 2_000_000
_UNUSABLE = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What comes of reading a file that is none, or no draft."""
_HINT = "请看这个文件夹能不能写、磁盘满了没有。"


class DraftStore:
    """Keeps drafts, and the key packs are signed with, in one folder.

    A file that cannot be used is set aside under another name, never deleted, and the draft is
    what it was before it was last written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def drafts(self) -> list[Draft]:
        """Every draft, the one written last first."""
        names = {path.with_suffix(DRAFT_ENDING) for path in self._folder.glob(f"*{_BEFORE}")}
        names |= set(self._folder.glob(f"*{DRAFT_ENDING}"))
        return list(self._read(sorted(names, key=_written_at, reverse=True)))

    def _read(self, files: list[Path]) -> Iterator[Draft]:
        for file in files:
            try:
                yield _draft_in(file)
            except _UNUSABLE:
                with suppress(OSError):
                    set_aside(file)
                with suppress(*_UNUSABLE):
                    yield _draft_in(file.with_suffix(_BEFORE))
                    if not file.exists():  # or what is damaged could not be set aside
                        file.with_suffix(_BEFORE).replace(file)

    def put(self, draft: Draft) -> None:
        """Keep a draft; it is on disk when this returns.

        Raises:
            DataError: it cannot be written; what was kept before stays.
        """
        data = {"version": DRAFT_VERSION, **asdict(draft)}
        data["source_day"] = draft.source_day and draft.source_day.isoformat()
        path = self._folder / f"{draft.id}{DRAFT_ENDING}"
        try:
            _draft_in(path)  # or what is damaged would take the place of what is sound
            self._write(path.with_suffix(_BEFORE), read_small(path, MAX_BYTES))
        except _UNUSABLE:  # it is new
            pass
        self._write(path, json.dumps(data, ensure_ascii=False))

    def remove(self, draft_id: str) -> None:
        """Forget a draft.

        Raises:
            DataError: its file cannot be deleted.
        """
        try:
            for ending in (_BEFORE, DRAFT_ENDING):
                (self._folder / f"{draft_id}{ending}").unlink(missing_ok=True)
        except OSError as error:
            raise DataError(f"草稿删不掉（{error.strerror}）。", _HINT) from error

    @property
    def key_text(self) -> str:
        """The text of the key's file; empty where there is none yet.

        Raises:
            DataError: there is one and it cannot be read.
        """
        try:
            return read_small(self.key_file, MAX_BYTES)
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise DataError(f"签名的密钥读不出来：{self.key_file}。", _HINT) from error

    def put_key(self, text: str) -> None:
        """Keep a key.

        Raises:
            DataError: it cannot be written.
        """
        self._write(self.key_file, text)

    @property
    def key_file(self) -> Path:
        """Where the key is kept."""
        return self._folder / f"signing{KEY_ENDING}"

    def _write(self, path: Path, text: str) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with whole_file(path) as unfinished:
                unfinished.write_text(text, encoding="utf-8")
        except OSError as error:
            raise DataError(f"草稿存不下来（{error.strerror}）。", _HINT) from error


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # gone by now
        return 0.0


def _draft_in(file: Path) -> Draft:
    return _from_data(json.loads(read_small(file, MAX_BYTES)))


def _from_data(data: dict[str, Any]) -> Draft:
    if data.pop("version") != DRAFT_VERSION:
        raise ValueError
    day = data.pop("source_day")
    edits = tuple(
        Edit(
            _edit_kind(e["kind"]),
            str(e["target"]),
            {str(k): str(v) for k, v in e["texts"].items()},
            bool(e["gone"]),
        )
        for e in data.pop("edits")
    )
    kind = DraftKind(data.pop("kind", DraftKind.OVERLAY))
    return Draft(
        **{name: _kept(name, value) for name, value in data.items()},
        kind=kind,
        edits=edits,
        source_day=datetime.date.fromisoformat(day) if day else None,
    )


def _edit_kind(name: str) -> PartKind | CardKind:
    return CardKind(name) if name in set(CardKind) else PartKind(name)


def _kept(name: str, value: Any) -> Any:
    wanted = int if name in ("serial", "made") else str
    if type(value) is not wanted:
        raise TypeError(name)
    return value
