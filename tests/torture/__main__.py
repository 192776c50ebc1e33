"""``python -m tests.torture``: every fault is tried, and a table says what came of it.

The exit code is 0 only if everything was tried and nothing was lost, broken or let out.
``--short`` tries each kind of fault a few times; names of parts choose among them.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OWN_MOUNTS = "YIBAO_TORTURE_OWN_MOUNTS"


def main() -> int:
    """Run the parts chosen."""
    if not os.environ.get(OWN_MOUNTS):
        return _with_own_mounts()
    from tests.torture import (
        daily,
        damage,
        desktop,
        documents,
        field,
        hostile,
        kills,
        network,
        packs,
        window,
    )
    from tests.torture.table import Row, table
    from tests.torture.world import World

    parts = {
        "damage": damage,
        "field": field,
        "daily": daily,
        "desktop": desktop,
        "kills": kills,
        "window": window,
        "hostile": hostile,
        "network": network,
        "documents": documents,
        "packs": packs,
    }
    chosen = [name for name in sys.argv[1:] if name in parts] or list(parts)
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="yibao-torture-") as folder:
        world = World(Path(folder))
        for name in chosen:
            for row in parts[name].torture(world, "--short" in sys.argv):
                rows.append(row)
                print(f"{'好' if row.well else '坏'}  {row.area}：{row.fault}", file=sys.stderr)
    print(table(rows))
    for row in rows:
        for lost in row.lost[:5]:
            print(f"\n坏：{row.area} {row.fault}\n{lost}")
    tried = sum(row.tried for row in rows)
    lost_count = sum(len(row.lost) for row in rows)
    well = all(row.well for row in rows)
    print(
        f"\n{len(rows)} 种故障，试了 {tried} 次，丢失 {lost_count}，"
        f"用了 {time.monotonic() - began:.0f} 秒。{'全部经受住了。' if well else '没有全部经受住。'}"
    )
    return 0 if well else 1


def _with_own_mounts() -> int:
    """Again, where folders can be made read-only and disks small without anybody noticing."""
    unshare = shutil.which("unshare")
    if unshare is None:
        print("需要 unshare（util-linux）才能试只读的文件夹和满了的磁盘。", file=sys.stderr)
        return 1
    options = ["--mount"] if os.geteuid() == 0 else ["--map-root-user", "--mount"]
    command = [unshare, *options, sys.executable, "-m", "tests.torture", *sys.argv[1:]]
    return subprocess.run(command, env=os.environ | {OWN_MOUNTS: "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
