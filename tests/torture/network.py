"""Nothing goes out, and nobody else reads what is the user's."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.torture.child import in_child
from tests.torture.table import Row
from tests.torture.world import World, look
from yibao_desktop.bootstrap import open_services

FAMILY = re.compile(r"\bsocket\((AF_\w+)")
OPENED = re.compile(r'open(?:at)?\(.*?"([^"]*)"')
LOCAL = {"AF_UNIX", "AF_NETLINK"}
"""Sockets that stay on this computer."""

WITH_SERVICES = [
    f"tests/flows/test_{name}.py"
    for name in ("accessibility_bus", "input_methods", "reading_aloud")
]
"""Journeys with services of the desktop that take half a minute to start when every call of theirs
is watched: they are walked without a network, too, and it is the others whose sockets are counted.
"""

STARTED = re.compile(r'^(\d+)\s+execve\("([^"]+)"')
PASSED = re.compile(r"(\d+) passed")
SPEECH_SERVICE = re.compile(r"^/usr/(s?bin/speech-dispatcher$|lib.*/speech-dispatcher-modules/)")
"""The desktop's own service, which the desktop starts; it looks for voices on this computer."""
ABROAD = re.compile(r"connect\(.*(AF_INET6?),")
LOOPBACK = re.compile(r'inet_addr\("127\.|"::1"')

SHOW = """
import sys
from PySide6.QtWidgets import QApplication
from yibao_desktop.ui.widgets.reading.page_browser import PageBrowser
app = QApplication(["x"])
browser = PageBrowser()
browser.resize(600, 400)
browser.show()
browser.show_page(open(sys.argv[1], encoding="utf-8").read(), "")
for _ in range(5):
    app.processEvents()
browser.grab()
print("shown")
"""
PAGE = """
<html><head><link rel="stylesheet" href="file://{secret}.css"><style>@import url(file://{secret}.css);
body {{ background-image: url(file://{secret}.png); }}</style><script src="file://{secret}.js"></script>
</head><body background="file://{secret}.png"><img src="file://{secret}.png"><img src="{secret}.png">
<img src="http://127.0.0.1:9/x.png"><iframe src="file://{secret}.html"></iframe><object data="{secret}.html">
</object><script>alert(1)</script><table background="file://{secret}.png"><tr><td>x</td></tr></table>
<ul style="list-style-image: url(file://{secret}.png)"><li>x</li></ul></body></html>
"""


def torture(world: World, short: bool) -> Iterator[Row]:
    """Look at what is opened while the program is used."""
    yield from _journeys(world, short)
    yield _page_content(world)
    yield _permissions(world)
    yield _synced(world)


def traced(trace: Path, calls: str, *command: str) -> list[str]:
    strace = shutil.which("strace")
    if strace is None:
        return []
    return [
        strace,
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-s",
        "300",
        "-e",
        f"trace={calls}",
        "-o",
        str(trace),
        *command,
    ]


def _environment() -> dict[str, str]:
    return os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTEST_ADDOPTS": ""}


def _journeys(world: World, short: bool) -> Iterator[Row]:
    """The journeys of the tests, in a network of their own that has no way out."""
    offline = Row("不联网", "没有网络的空间里走完全部旅程")
    sockets = Row("不联网", "一路上打开的网络套接字")
    trace = world.folder / "sockets"
    if short:
        runs = [_watched(trace, "tests/flows/test_journeys.py", "-k", "daughter")]
    else:
        others = [f"--ignore={name}" for name in WITH_SERVICES]
        runs = [_watched(trace, "tests/flows", *others), _tests(*WITH_SERVICES)]
    done = [_offline(run) for run in runs]
    passed = sum(int(count) for run in done for count in PASSED.findall(run.stdout))
    wrong = [run.stdout[-800:] + run.stderr[-800:] for run in done if run.returncode != 0]
    offline.note(f"{passed} 段都走通", *wrong, *([] if passed else ["nothing was walked"]))
    yield offline
    if trace.exists():
        text = trace.read_text(errors="replace")
        ours, wrong = sockets_of(text)
        abroad = [family for family in ours if family not in LOCAL]
        sockets.note(f"{len(ours)} 个本机的，{len(abroad)} 个网络的", *abroad, *wrong)
    yield sockets


def _tests(*chosen: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen]


def _watched(trace: Path, *chosen: str) -> list[str]:
    run = _tests(*chosen)
    return traced(trace, "socket,connect,execve", *run) or run


def _offline(run: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["unshare", "--net", *run],
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def sockets_of(trace: str) -> tuple[list[str], list[str]]:
    """Families of the sockets the program opened, and where the speech service went abroad."""
    programs: dict[str, str] = {}
    families, wrong = [], []
    for line in trace.splitlines():
        started = STARTED.match(line)
        if started and "= -1" not in line:
            programs[started[1]] = started[2]
        service = SPEECH_SERVICE.match(programs.get(line.partition(" ")[0], ""))
        if not service:
            families += FAMILY.findall(line)
        elif ABROAD.search(line) and not LOOPBACK.search(line):
            wrong.append(line)
    return families, wrong


def _page_content(world: World) -> Row:
    row = Row("不联网", "页面里的图片、样式、脚本、框架")
    secret = world.folder / "secret"
    for ending in ("png", "css", "js", "html"):
        shutil.copy(ROOT / "build_spec" / "hatch_build.py", f"{secret}.{ending}")
    page = world.folder / "page.html"
    page.write_text(PAGE.format(secret=secret), encoding="utf-8")
    trace = world.folder / "opened"
    run = [sys.executable, "-c", SHOW, str(page)]
    command = traced(trace, "open,openat,socket", *run)
    if not command:
        return row
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )
    text = trace.read_text(errors="replace")
    opened = [name for name in OPENED.findall(text) if name.startswith(str(secret))]
    abroad = [family for family in FAMILY.findall(text) if family not in LOCAL]
    wrong = [*opened, *abroad, *([] if "shown" in done.stdout else [done.stderr[-500:]])]
    if str(page) not in text:
        wrong.append("the trace does not show what is opened")
    row.note("一个都没有打开", *wrong)
    return row


def _permissions(world: World) -> Row:
    """Every file of the user's, after a window, a console command, an export and a bug."""
    row = Row("只给自己看", "用户文件夹里的每个文件")
    paths = world.paths()
    shutil.rmtree(paths.user)

    def work() -> None:
        os.umask(0o022)
        services = open_services(paths)
        services.cases.start("e-card", "妈妈")
        services.records.export(paths.user / "export.json", services.settings.current)
        services.settings.update(region="110000")
        services.close()
        services = open_services(paths)
        services.records.take_in(services.records.read_file(paths.user / "export.json"))
        services.records.restore(services.records.backups()[0].name)
        _console(paths.user)

    in_child(work)
    look(paths)
    open_to_others = [
        f"{path.relative_to(paths.user)} {stat.S_IMODE(path.lstat().st_mode):o}"
        for path in (paths.user, *paths.user.rglob("*"))
        if stat.S_IMODE(path.lstat().st_mode) & 0o077
    ]
    count = sum(1 for _ in paths.user.rglob("*"))
    row.note(f"{count} 个都是 0700 / 0600", *open_to_others)
    return row


ACT = """
import os, sys
from pathlib import Path
from yibao_desktop.bootstrap import open_services
from yibao_desktop.domain.records.commands import Answer, Note, Tick
from yibao_desktop.paths import Paths
services = open_services(Paths(Path(sys.argv[1]), Path(sys.argv[2])))
case = services.cases.start("card-replacement", "妈妈").case.id
services.cases.apply(case, Answer({"card": ("physical",), "channel": ("window",)}))
for number in range(8):
    os.write(1, b"begun\\n")
    services.cases.apply(case, Tick("report-loss-phone", number % 2 == 0))
    services.cases.apply(case, Note("apply-at-window", str(number)))
    services.reading.add_bookmark(f"item-{number}", "x")
    os.write(1, b"acknowledged\\n")
services.close()
"""
ACTIONS = 8


def _synced(world: World) -> Row:
    """What is acknowledged has been handed to the disk, so that a power cut does not take it."""
    row = Row("断电", "答应之前都交给了磁盘（打勾、备注、收藏）")
    paths = world.paths()
    trace = world.folder / "synced"
    run = [sys.executable, "-c", ACT, str(paths.bundle), str(paths.user)]
    command = traced(trace, "fsync,fdatasync,write", *run)
    if not command:
        return row
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )
    synced, seen = 0, 0
    for line in trace.read_text(errors="replace").splitlines():
        if 'write(1, "begun' in line:
            synced = 0
        elif "fsync(" in line or "fdatasync(" in line:
            synced += 1
        elif 'write(1, "acknowledged' in line:
            seen += 1
            row.note("每次都是", *([] if synced >= 3 else [f"{synced} for three actions"]))
    if done.returncode or seen != ACTIONS:
        row.lost.append(f"{seen} seen: {done.stderr[-500:]}")
    return row


def _console(home: Path) -> None:
    """A console command that meets a bug writes its log."""
    from yibao_desktop import cli
    from yibao_desktop.paths import HOME_VARIABLE

    os.environ[HOME_VARIABLE] = str(home)
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
    cli.ContentServices = None  # type: ignore[assignment,misc]
    cli.main(["topics"])
