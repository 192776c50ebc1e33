"""Makes the packaged build, twice the same from the same commit and locks.

    python build_spec/make_package.py DIST WORK

DIST is where the folder ``yibao-desktop`` is to be made, WORK is for what lies between.
"""

from __future__ import annotations

import os
import subprocess
import sys

from release import NAME, ROOT, moment

FIXED = {
    "PYI_LOG_LEVEL": "ERROR",
    "PYTHONHASHSEED": "0",  # the order of sets that compiled modules hold
    "SOURCE_DATE_EPOCH": str(moment()),  # the date in Windows programs
}


def main(dist: str, work: str) -> int:
    """Run PyInstaller; its exit code."""
    command = [
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", dist,
        "--workpath", work, str(ROOT / "build_spec" / f"{NAME}.spec"),
    ]  # fmt: skip
    return subprocess.run(command, env=os.environ | FIXED, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
