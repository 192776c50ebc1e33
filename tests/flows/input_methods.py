"""Input methods as desktops start them, and pinyin typed through them into the search box."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.flows.accessibility_bus import Thing
from tests.flows.real_window import RealWindow, opened, waited
from tests.flows.waiting import until

KEY_MS = "120"
AT_REST_S = 1.0
"""Longer than the search box waits after a pause in typing."""

PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=pinyin

[GroupOrder]
0=Default
"""


@dataclass(frozen=True, slots=True)
class InputMethod:
    """One that can be installed.

    Attributes:
        packages: Debian's, for whoever wants to have it tested.
        tools: programs without which it is not there.
        dictionary: a file without which it knows no pinyin.
        environment: what desktops that use it set.
        daemon: how it is started.
        greet: succeeds once it is there.
        ask: prints ``pinyin`` once Chinese is chosen.
        choose: chooses Chinese.
        panel: class of the window with the candidates.
    """

    packages: str
    tools: tuple[str, ...]
    dictionary: str
    environment: Mapping[str, str]
    daemon: Sequence[str]
    greet: Sequence[str]
    ask: Sequence[str]
    choose: Sequence[str]
    panel: str

    @property
    def there(self) -> bool:
        """Whether all of it is installed."""
        return all(map(shutil.which, self.tools)) and Path(self.dictionary).exists()


def _desktop(name: str) -> dict[str, str]:
    """The variables every desktop sets for its input method."""
    return {"QT_IM_MODULE": name, "GTK_IM_MODULE": name, "XMODIFIERS": f"@im={name}"}


IBUS = InputMethod(
    packages="ibus ibus-libpinyin",
    tools=("ibus", "ibus-daemon"),
    dictionary="/usr/share/ibus/component/libpinyin.xml",
    environment=_desktop("ibus"),
    daemon=(
        "ibus-daemon", "--xim", "--desktop=none", "--panel=/usr/libexec/ibus-ui-gtk3",
        "--config=/usr/libexec/ibus-memconf", "--emoji-extension=disable",
    ),
    greet=("ibus", "list-engine"),
    ask=("ibus", "engine"),
    choose=("ibus", "engine", "libpinyin"),
    panel="ibus-ui-gtk3",
)  # fmt: skip

FCITX = InputMethod(
    packages="fcitx5 fcitx5-chinese-addons",
    tools=("fcitx5", "fcitx5-remote"),
    dictionary="/usr/share/fcitx5/inputmethod/pinyin.conf",
    environment=_desktop("fcitx"),
    daemon=("fcitx5", "--disable=wayland"),
    greet=("fcitx5-remote", "-o"),
    ask=("fcitx5-remote", "-n"),
    choose=("fcitx5-remote", "-o"),
    panel="fcitx",
)


@contextmanager
def running(method: InputMethod, session: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Start one on a screen with a session bus; the environment its desktop would have.

    Skips the test where it is not installed.
    """
    if not method.there:
        pytest.skip(f"needs a real input method: apt-get install {method.packages}")
    environment = dict(session) | method.environment
    profile = Path(session["XDG_CONFIG_HOME"], "fcitx5", "profile")
    profile.parent.mkdir()
    profile.write_text(PROFILE, encoding="utf-8")
    daemon = subprocess.Popen(
        method.daemon, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until(lambda: _ask(method.greet, environment).returncode == 0, method.packages)
        yield environment
    finally:
        daemon.terminate()
        daemon.wait()


def _ask(
    command: Sequence[str], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)


def _is_chosen(method: InputMethod, environment: Mapping[str, str]) -> bool:
    """Choose Chinese for whatever is typed into; whether it is chosen now."""
    _ask(method.choose, environment)
    return "pinyin" in _ask(method.ask, environment).stdout


def type_chinese(
    method: InputMethod, session: Mapping[str, str], home: Path, command: Sequence[str]
) -> None:
    """Type pinyin, look at the candidates, choose one, and find with it.

    Half-typed pinyin is not searched for, the candidates show where one types, and what was chosen
    stands in the box and has results.
    """
    with running(method, session) as desktop, opened(desktop, home, command) as window:
        box = window.found("text", "搜索")
        window.focus()
        assert box.ask("Component", "GrabFocus")
        until(lambda: _is_chosen(method, desktop), "pinyin in the box")
        window.xdotool("type", "--delay", KEY_MS, "jiatingzhanghu")
        candidates = until(lambda: _shown(window, method.panel), "the candidates")
        time.sleep(AT_REST_S)
        assert box.text == ""
        assert window.program.find("list", lambda name: name == "搜索结果") is None
        assert window.program.find("list", lambda name: name == "搜索建议") is None
        _assert_at_the_cursor(candidates, box)

        window.xdotool("key", "space")
        waited(lambda: box.text == "家庭账户", "the chosen words in the box")
        until(lambda: not _shown(window, method.panel), "the candidates gone")
        results = window.found("list", "搜索结果")
        assert "家庭" in waited(lambda: results.children, "results")[0].name

        # More is typed at the end of what stands there.
        window.xdotool("type", "--delay", KEY_MS, "zenme")
        window.xdotool("key", "space")
        waited(lambda: box.text == "家庭账户怎么", "the words behind the first ones")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies on the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int


def _shown(window: RealWindow, window_class: str) -> Place | None:
    """Where the visible window of a class lies."""
    for found in window.xdotool("search", "--onlyvisible", "--class", window_class).split():
        shell = window.xdotool("getwindowgeometry", "--shell", found)
        values = dict(line.split("=") for line in shell.splitlines())
        place = Place(*(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")))
        if place.width > 1 and place.height > 1:
            return place
    return None


def _assert_at_the_cursor(candidates: Place, box: Thing) -> None:
    """They begin within the box's width, at most a line away from it, and leave its words free."""
    left, top, width, height = box.ask("Component", "GetExtents", "u", 0)
    assert left <= candidates.x <= left + width // 2
    assert top + height // 2 <= candidates.y <= top + 2 * height
