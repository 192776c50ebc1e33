"""What goes into a packaged build, however it is made: by PyInstaller or as a plain folder.

Names are those of files below the folder of modules, as in ``PySide6/Qt/plugins/…``, with ``/``.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from release import ROOT

DATA = {
    ROOT / "resources": "resources",
    ROOT / "seeds": "seeds",
    ROOT / "db" / "migrations": "db/migrations",
    ROOT / "db" / "content.sqlite3": "db/content.sqlite3",
    ROOT / "db" / "content.sqlite3.sha256": "db/content.sqlite3.sha256",
    ROOT / "db" / "content.sqlite3.xz": "db/content.sqlite3.xz",
    ROOT / "LICENSE": "LICENSE",
}
"""Files and folders of the source tree, and what they are called in the build."""

METADATA = ("PySide6_Essentials", "SQLAlchemy", "jieba", "cattrs")
"""Packages whose version ``yibao doctor`` tells."""

QT_MODULES = (
    "QtConcurrent", "QtCore", "QtDBus", "QtGui", "QtMultimedia", "QtMultimediaWidgets",
    "QtPrintSupport", "QtSvg", "QtTextToSpeech", "QtWidgets",
)  # fmt: skip
"""Modules of PySide6 in use, and those they import."""

PLUGINS = {
    "platforms": (
        "qxcb", "qwayland", "qwayland-generic", "qwayland-egl", "qoffscreen", "qminimal",
        "qwindows", "qcocoa",
    ),
    "platforminputcontexts": (
        "ibusplatforminputcontextplugin", "composeplatforminputcontextplugin",
    ),
    "platformthemes": ("qxdgdesktopportal",),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "imageformats": ("qsvg",),
    "iconengines": ("qsvgicon",),
    "printsupport": ("cupsprintersupport", "windowsprintersupport", "cocoaprintersupport"),
    "texttospeech": (
        "qtexttospeech_speechd", "qtexttospeech_sapi", "qtexttospeech_winrt",
        "qtexttospeech_darwin",
    ),
}  # fmt: skip
"""Group of Qt's plugins → those in use, on whichever system and with whichever version of Qt
(Wayland's was split in two before 6.10); groups not named are left out."""

TRANSLATIONS = ("qtbase_zh_CN.qm",)

EXCLUDED = (
    "pkg_resources", "setuptools", "tkinter", "unittest", "pydoc", "jieba.posseg",
    "jieba.lac_small", "jieba.analyse", "paddle", "PySide6.QtNetwork", "PySide6.QtQml",
    "PySide6.QtQuick", "PySide6.QtOpenGL", "ssl", "_ssl", "curses", "readline", "PIL", "greenlet",
    "numpy.random", "numpy.fft", "numpy.polynomial", "numpy.f2py", "numpy.testing", "numpy.ma",
    "numpy.ctypeslib", "numpy.matlib", "numpy._core._multiarray_tests", "numpy._core.tests",
    "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle",
    "sqlalchemy.dialects.mssql", "sqlalchemy.ext.asyncio", "sqlalchemy.testing",
)  # fmt: skip
"""Modules that neither program uses. Nothing here speaks to a network: no TLS. ``_hashlib`` stays:
keys of content packs are derived with its scrypt."""

OF_THE_SYSTEM = (
    "libX11.", "libX11-xcb.", "libxcb.", "libXau.", "libXdmcp.", "libglib-2.0.", "libdbus-1.",
    "libsystemd.", "libfontconfig.", "libfreetype.", "libstdc++.", "libgcc_s.", "libcups.",
    "libgssapi_krb5.", "libwayland-client.", "libwayland-cursor.", "libgthread-2.0.", "libpulse.",
)  # fmt: skip
"""Libraries every desktop has, in a version of its own that fits its other parts."""

_UNUSED_DATA = (
    "jieba/lac_small", "jieba/posseg", "jieba/analyse", "jieba/dict.txt.big",
    "jieba/finalseg/prob_emit.p", "jieba/finalseg/prob_start.p", "jieba/finalseg/prob_trans.p",
)  # fmt: skip


def zone_files() -> dict[Path, str]:
    """The one time zone that calendars need: a small Ubuntu has none, nor has Windows."""
    found = find_spec("tzdata")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent
    names = ("__init__.py", "zoneinfo/__init__.py", "zoneinfo/UTC")
    return {folder / name: f"tzdata/{name}" for name in names}


def is_needed(name: str) -> bool:
    """Whether a file that a library brings along is in use."""
    name = name.replace("\\", "/")
    path = PurePosixPath(name)
    if "/translations/" in name:
        return path.name in TRANSLATIONS
    if "/plugins/" in name and "PySide6" in name:
        group, file = name.rpartition("/plugins/")[2].split("/", 1)
        return PurePosixPath(file).stem.removeprefix("lib") in PLUGINS.get(group, ())
    if ".dist-info/" in name:  # RECORD has sums of scripts, which differ from folder to folder
        return name.endswith("/METADATA")
    if path.name.startswith(OF_THE_SYSTEM):
        return False
    return not any(name.endswith(unused) or f"{unused}/" in name for unused in _UNUSED_DATA)
