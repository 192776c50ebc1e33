"""What is taken out of ICU's data changes nothing that Qt asks it about in Chinese or English."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from tests.conftest import ROOT

SCRIPT = ROOT / "build_spec" / "icu_data.py"
QT = Path(PySide6.__path__[0]) / "Qt" / "lib"

ASKED = """
import hashlib, json, sys
from pathlib import Path
from PySide6.QtCore import QByteArray, QCollator, QLocale, QStringDecoder, QTimeZone

files = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.suffix in (".md", ".yaml"))
text = "".join(p.read_text(encoding="utf-8") for p in files)
words = sorted({text[i : i + n] for n in (1, 2, 3) for i in range(0, len(text), 11)})
said = {"words": len(words)}
for name in ("zh_CN", "zh_TW", "zh_HK", "en_US", "C"):
    for numeric in (False, True):
        collator = QCollator(QLocale(name))
        collator.setNumericMode(numeric)
        ordered = sorted(words, key=collator.sortKey)
        said[f"{name} {numeric}"] = hashlib.sha256(chr(10).join(ordered).encode()).hexdigest()
said["first"] = sorted(["医保", "参保", "报销"], key=QCollator(QLocale("zh_CN")).sortKey)
said["read"] = [QStringDecoder(e).isValid() for e in ("GB18030", "GBK", "GB2312", "Big5")]
said["case"] = [QLocale("zh_CN").toUpper("straße i"), QLocale("tr_TR").toLower("I")]
said["zone"] = QTimeZone(QByteArray(b"Asia/Shanghai")).displayName(
    QTimeZone.TimeType.StandardTime, QTimeZone.NameType.LongName, QLocale("zh_CN"))
maps = Path("/proc/self/maps").read_text().splitlines()
print(json.dumps([next(line.split()[-1] for line in maps if "libicudata" in line), said]))
"""


def asked(libraries: Path) -> tuple[Path, dict[str, object]]:
    """Which library of data Qt took, and what came of it."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(ROOT / "seeds")],
        env=os.environ | {"LD_LIBRARY_PATH": str(libraries)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    taken, said = json.loads(done.stdout)
    return Path(taken), said


def reduced(out: Path) -> Path:
    subprocess.run([sys.executable, str(SCRIPT), str(QT), str(out)], check=True)
    (library,) = out.iterdir()
    return library


@pytest.mark.package
@pytest.mark.skipif(not list(QT.glob("libicudata.so.*")), reason="Qt does without ICU here")
def test_a_sixth_of_the_data_sorts_and_reads_as_all_of_it(tmp_path):
    library = reduced(tmp_path / "one")
    whole = next(QT.glob("libicudata.so.*"))
    assert library.name == whole.name
    assert library.stat().st_size * 6 < whole.stat().st_size
    before, after = asked(QT), asked(library.parent)
    assert (before[0], after[0]) == (whole, library)
    assert after[1] == before[1]
    assert after[1]["words"] > 5_000
    assert after[1]["first"] == ["报销", "参保", "医保"], "by how they are read"
    assert all(after[1]["read"])
    assert reduced(tmp_path / "another").read_bytes() == library.read_bytes()
