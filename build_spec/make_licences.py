"""Lists the licences of everything that is bundled, from the metadata of what is installed.

    python build_spec/make_licences.py

Writes ``resources/licences/``: ``licences.json``, which the About page shows, and the full texts.
The same environment gives the same files; a test compares them with what is installed.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "licences"
PROGRAM = "yibao-desktop"
TEXT_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")

BESIDE: list[dict[str, str]] = [
    {"name": "Python", "licence": "PSF-2.0", "home": "https://www.python.org/"},
    {
        "name": "Qt",
        "licence": "LGPL-3.0-only",
        "home": "https://www.qt.io/",
        "file": "LGPL-3.0.txt",
    },
    {"name": "SQLite", "licence": "Public Domain", "home": "https://www.sqlite.org/"},
    {
        "name": "思源黑体（子集）",
        "licence": "OFL-1.1",
        "home": "https://github.com/adobe-fonts/source-han-sans",
    },
    {"name": "Lucide 图标", "licence": "ISC", "home": "https://lucide.dev/"},
]  # fmt: skip
"""What is bundled and is no Python distribution."""

KEPT = ("LGPL-3.0.txt", "GPL-3.0.txt")
"""Texts that come with no distribution; the first supplements the second."""

FROM_CLASSIFIER = {"License :: OSI Approved :: MIT License": "MIT"}


def bundled() -> list[Distribution]:
    """Everything the program needs, and what that needs, by name."""
    found: dict[str, Distribution] = {}
    waiting = [PROGRAM]
    while waiting:
        for text in distribution(waiting.pop()).requires or ():
            needed = Requirement(text)
            name = canonicalize_name(needed.name)
            wanted = needed.marker is None or needed.marker.evaluate({"extra": ""})
            if wanted and name not in found:
                found[name] = distribution(name)
                waiting.append(name)
    return [found[name] for name in sorted(found)]


def licence(of: Distribution) -> str:
    """Its licence as its metadata names it, in a line."""
    named = of.metadata.get("License-Expression") or of.metadata.get("License") or ""
    if named.strip() and "\n" not in named.strip():
        return named.strip()
    for classifier in of.metadata.get_all("Classifier") or ():
        if classifier.startswith("License :: OSI Approved :: "):
            return FROM_CLASSIFIER.get(classifier, classifier.rpartition(" :: ")[2])
    raise SystemExit(f"{of.name} does not name its licence")


def home(of: Distribution) -> str:
    """Its home page, if it names one."""
    urls = dict(url.split(", ", 1) for url in of.metadata.get_all("Project-URL") or ())
    by_name = {name.lower(): url for name, url in urls.items()}
    return of.metadata.get("Home-page") or by_name.get("homepage") or next(iter(urls.values()), "")


def texts(of: Distribution) -> str:
    """The full texts it carries, one after the other."""
    files = sorted(
        (file for file in of.files or () if file.name.upper().startswith(TEXT_NAMES)
         and ".dist-info" in file.as_posix()),
        key=lambda file: file.as_posix(),
    )  # fmt: skip
    return "\n\n".join(f"== {file.name} ==\n\n{file.read_text(encoding='utf-8')}" for file in files)


def made() -> dict[str, str]:
    """Name and text of every file to be written."""
    listed = list(BESIDE)
    files: dict[str, str] = {}
    for of in bundled():
        entry = {"name": of.name, "version": of.version, "licence": licence(of), "home": home(of)}
        if text := texts(of):
            entry["file"] = f"{canonicalize_name(of.name)}.txt"
            files[entry["file"]] = text.replace("\r\n", "\n").rstrip() + "\n"
        elif entry["licence"].startswith("LGPL-3.0"):
            entry["file"] = KEPT[0]
        listed.append(entry)
    files["licences.json"] = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    return files


def main() -> int:
    """Write the files, and remove those of what is bundled no longer."""
    OUT.mkdir(exist_ok=True)
    files = made()
    for old in OUT.iterdir():
        if old.name not in (*files, *KEPT):
            old.unlink()
    for name, text in files.items():
        (OUT / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
