"""Makes the two packages for old systems from the plain folder: Kylin's layout and UOS's.

    python build_spec/make_deb_old.py ARCHITECTURE FOLDER OUT

Kylin has Debian's layout. UOS wants all of a program in /opt/apps, below its name in reverse, with
a list of what it asks to be allowed, and no script that runs when it is installed.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from elf import elf_files, needed
from make_deb import Layout, Release, is_optional, make
from make_folder import FLOORS
from release import version

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
UOS = "io.github.yibao.yibao-desktop"
UOS_LAYOUT = Layout(UOS, f"opt/apps/{UOS}/files", f"opt/apps/{UOS}/entries", linked=False)
ALLOWED = ("autostart", "notification", "trayicon", "clipboard", "account", "bluetooth", "camera",
           "audio_record", "installed_apps")  # fmt: skip
"""What UOS lets a program ask for; this one asks for nothing."""

PACKAGES = {
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libgcc_s.so.1": "libgcc1 | libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6 (>= 2.9)",  # Qt calls a function that came with it
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libcups.so.2": "libcups2",
    "libpulse.so.0": "libpulse0",
    "libspeechd.so.2": "libspeechd2",
    "libbrotlidec.so.1": "libbrotli1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Which package a library is in, on systems of the age of Debian 10 and 11."""


def main(architecture: str, build: Path, out: Path) -> list[Path]:
    """Make both packages; their paths."""
    glibc = ".".join(map(str, FLOORS[architecture]["GLIBC"]))
    release = Release(
        f"{version()}~glibc{glibc}", ARCHITECTURES[architecture], partial(needs, architecture)
    )
    told = {f"opt/apps/{UOS}/info": info(release)}
    return [make(build, out, Layout(), release), make(build, out, UOS_LAYOUT, release, told)]


def info(release: Release) -> str:
    """What UOS is told of a program."""
    said = {
        "appid": UOS,
        "name": "医保指南",
        "version": version(),
        "arch": [release.architecture],
        "permissions": dict.fromkeys(ALLOWED, False),
        "support-plugins": [],
        "plugins": [],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def needs(architecture: str, root: Path, _scratch: Path) -> tuple[str, str]:
    """What must be, and what should be on the system.

    Raises:
        SystemExit: a library is asked for that no package is known of.
    """
    carried = {p.name for p in root.rglob("*.so*")}
    files = elf_files(root)
    must = needed(p for p in files if not is_optional(p)) - carried
    should = needed(p for p in files if is_optional(p)) - carried
    if unknown := (must | should) - PACKAGES.keys():
        sys.exit(f"no package is known of {', '.join(sorted(unknown))}")
    depends = {PACKAGES[name] for name in must}
    recommends = {PACKAGES[name] for name in should} - depends
    glibc = ".".join(map(str, FLOORS[architecture]["GLIBC"]))
    named = (f"libc6 (>= {glibc})" if name == "libc6" else name for name in sorted(depends))
    return ", ".join(named), ", ".join(sorted(recommends))


if __name__ == "__main__":
    for package in main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])):
        print(package)
