"""Where everything lies, in the source tree, in an installed wheel and in a packaged build."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

APP_FOLDER = "yibao-desktop"
HOME_VARIABLE = "YIBAO_HOME"
FOLDER_VARIABLE = "YIBAO_FOLDER"
"""Set by the programs of a plain folder (an interpreter and its modules): where they lie."""

_PARTS = "_internal"
"""Below a plain folder: everything but the programs, as PyInstaller has it."""

DICTIONARIES = Path("dictionaries")
ENCODER_FILE = Path("meaning", "encoder.npz")
RANKING_FILE = Path("ranking.json")
"""Below the resources: word lists, the model that tells what a text means, what ranking learnt."""

PORTABLE_MARKER = "portable"
PORTABLE_DATA = "data"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders and files of one installation and one user.

    Attributes:
        bundle: folder that holds ``resources``, ``seeds`` and ``db``.
        user: the user's own folder; need not exist yet.
        cache_home: folder for what can be made anew; within the user's own where none is given.
        refused: folder beside a portable program that was to be the user's but cannot be written.
    """

    bundle: Path
    user: Path
    cache_home: Path | None = None
    refused: Path | None = None

    @property
    def seeds(self) -> Path:
        """The content as text."""
        return self.bundle / "seeds"

    @property
    def resources(self) -> Path:
        """Icons, themes, fonts and word lists."""
        return self.bundle / "resources"

    @property
    def dictionaries(self) -> Path:
        """Word lists for search."""
        return self.resources / DICTIONARIES

    @property
    def licences(self) -> Path:
        """The licences of everything that is shipped, as one text; not in every layout."""
        return self.resources / "licences.txt"

    @property
    def migrations(self) -> Path:
        """Migrations of the user database."""
        return self.bundle / "db" / "migrations"

    @property
    def content_database(self) -> Path:
        """The built content."""
        return self.bundle / "db" / "content.sqlite3"

    @property
    def packs(self) -> Path:
        """Content packs that are installed, and the content built with them."""
        return self.user / "packs"

    @property
    def void_keys(self) -> Path:
        """Keys that no content pack may be signed with any more."""
        return self.resources / "void-keys.txt"

    @property
    def user_database(self) -> Path:
        """Bookmarks, history and cases."""
        return self.user / "user.sqlite3"

    @property
    def own_migrations(self) -> Path:
        """Migrations of the database of the user's own documents."""
        return self.migrations / "own"

    @property
    def own_database(self) -> Path:
        """Documents of the user's own; their backups lie beside it."""
        return self.user / "documents" / "own.sqlite3"

    @property
    def originals(self) -> Path:
        """Copies of the files they came from."""
        return self.user / "documents" / "originals"

    @property
    def drafts(self) -> Path:
        """Content packs that are being made, and the key they are signed with."""
        return self.user / "drafts"

    @property
    def cache(self) -> Path:
        """What can be made anew, such as an unpacked copy of the content."""
        return self.cache_home or self.user / "cache"

    @property
    def settings(self) -> Path:
        """Settings of the window."""
        return self.user / "settings.json"

    @property
    def window_state(self) -> Path:
        """Where the window stood and what it showed last."""
        return self.user / "window.ini"

    @property
    def log(self) -> Path:
        """The program's log."""
        return self.user / "yibao.log"


def resolve_paths() -> Paths:
    """Paths of the running program; ``YIBAO_HOME`` moves the user's folder.

    Where a file named ``portable`` lies beside a packaged program, the user's folder is ``data``
    beside it, too, if it can be written.
    """
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Paths(_bundle(), Path(home).absolute())
    beside = _beside_program()
    if beside is not None and _can_be_written(beside):
        return Paths(_bundle(), beside)
    return Paths(
        _bundle(),
        user_data_path(APP_FOLDER, appauthor=False),
        user_cache_path(APP_FOLDER, appauthor=False),
        refused=beside,
    )


def program_folder() -> Path | None:
    """The folder that holds the programs of a packaged build; None where this is none."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    folder = os.environ.get(FOLDER_VARIABLE)
    return Path(folder) if folder else None


def own_command(module: str, *words: str) -> list[str]:
    """How a process of our own is started.

    Args:
        module: what runs it, where there is an interpreter.
        words: what the console program of a packaged build is told instead.
    """
    folder = program_folder()
    if folder is None:
        return [sys.executable, "-m", module]
    suffix = ".exe" if sys.platform == "win32" else ""
    return [str(folder / f"yibao{suffix}"), *words]


def _bundle() -> Path:
    if getattr(sys, "frozen", False):
        return Path(sys._MEIPASS)  # type: ignore[attr-defined]  # noqa: SLF001 - PyInstaller's name
    folder = program_folder()
    if folder is not None:
        return folder / _PARTS
    package = Path(__file__).resolve().parent
    wheel = package / "_bundle"
    return wheel if wheel.is_dir() else package.parent


def _beside_program() -> Path | None:
    """The user's folder of a portable program; None where it is not portable."""
    folder = program_folder()
    if folder is None or not (folder / PORTABLE_MARKER).exists():
        return None
    return folder / PORTABLE_DATA


def _can_be_written(folder: Path) -> bool:
    """Whether files can be put into a folder, which is made; a read-only disk shows only then."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
