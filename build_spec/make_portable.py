"""Packs the packaged build so that it runs from any folder; the same build gives the same file.

    python build_spec/make_portable.py FOLDER OUT

Makes ``OUT/yibao-desktop-VERSION-linux-x86_64.tar.xz``. The file ``portable`` in it lets the user's
records lie beside the program.
"""

from __future__ import annotations

import io
import platform
import sys
import tarfile
from pathlib import Path

from release import NAME, compression, moment, version

READ_ME = """医保指南 {version}

打开这个文件夹里的 yibao-desktop，就能用，不用安装。
您的记录存在旁边的 data 文件夹里，跟着文件夹一起走。
删掉 portable 这个文件，就改存在系统给您的文件夹里。
需要 Debian 12、Ubuntu 24.04 或更新的 64 位系统（x86-64）。
"""


def main(build: Path, out: Path) -> Path:
    """Pack a build; the file made."""
    name = f"{NAME}-{version()}-{sys.platform}-{platform.machine()}"
    out.mkdir(parents=True, exist_ok=True)
    packed = out / f"{name}.tar.xz"
    with tarfile.open(packed, "w:xz", format=tarfile.GNU_FORMAT, preset=compression()) as archive:
        for path in sorted(build.rglob("*")):
            archive.add(path, f"{name}/{path.relative_to(build).as_posix()}", False, filter=_plain)
        for file, text in (("portable", ""), ("请先读我.txt", READ_ME.format(version=version()))):
            entry = tarfile.TarInfo(f"{name}/{file}")
            entry.size = len(text.encode())
            archive.addfile(_plain(entry), io.BytesIO(text.encode()))
    return packed


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without what differs from machine to machine."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = moment()
    entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    return entry


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))
