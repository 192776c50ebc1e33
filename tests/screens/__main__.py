"""``make screens``: every screen at every size, scale, theme and text size; pictures in build/."""

from __future__ import annotations

import sys

from tests.conftest import ROOT
from tests.screens.combinations import EVERY
from tests.screens.run import PICTURES, walk


def main() -> int:
    count = 0
    for looks in EVERY:
        found = walk(looks, ROOT)
        faults = [f"{screen}: {fault}" for screen, all_ in found.items() for fault in all_]
        count += len(faults)
        print(f"{looks.name}: {len(found)} screens, {len(faults)} faults", flush=True)
        for fault in faults:
            print(f"  {fault}", flush=True)
    print(f"pictures: {PICTURES}")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
