"""A page read aloud by a real voice, heard at a sound card that is none."""

from __future__ import annotations

import array
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.flows.real_window import FROM_SOURCE, RealWindow, opened
from tests.flows.waiting import until

pytestmark = pytest.mark.slow

TOOLS = ("speech-dispatcher", "espeak-ng", "pulseaudio", "parec")
PACKAGES = "speech-dispatcher-espeak-ng espeak-ng pulseaudio pulseaudio-utils"
LISTEN_S = 1.0
LOUD = 500
"""Of 32,767; a voice is far above it, silence is 0."""


@pytest.fixture
def sound(session: dict[str, str]) -> Iterator[dict[str, str]]:
    """Environment of a session with a voice and something to hear it with."""
    if not all(map(shutil.which, TOOLS)):
        pytest.skip(f"needs a real voice: apt-get install {PACKAGES}")
    environment = session | {"HOME": session["XDG_DATA_HOME"]}
    server = subprocess.Popen(
        [
            "pulseaudio", "-n", "--exit-idle-time=-1", "--load=module-native-protocol-unix",
            "--load=module-null-sink sink_name=nowhere",
        ],
        env=environment,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until(Path(session["XDG_RUNTIME_DIR"], "pulse", "native").exists, "the sound server")
    yield environment
    for file in Path(session["XDG_RUNTIME_DIR"]).glob("speech-dispatcher/pid/*"):
        os.kill(int(file.read_text()), signal.SIGTERM)
    server.terminate()
    server.wait()


def loudest(environment: Mapping[str, str]) -> int:
    """The loudest that is to be heard in a second."""
    ear = subprocess.Popen(
        ["parec", "--device=nowhere.monitor", "--format=s16le"],
        env=environment,
        stdout=subprocess.PIPE,
    )
    time.sleep(LISTEN_S)
    ear.terminate()
    heard, _ = ear.communicate()
    return max(map(abs, array.array("h", heard[: len(heard) // 2 * 2])), default=0)


def reads_until_stopped(window: RealWindow, environment: Mapping[str, str]) -> None:
    """A click begins it, another ends it, and both are heard."""
    assert loudest(environment) < LOUD
    window.begun("push button", "朗读").act("Press")
    stop = window.begun("push button", "停止")
    until(lambda: loudest(environment) > LOUD, "a voice")
    stop.act("Press")
    window.begun("push button", "朗读")
    until(lambda: loudest(environment) < LOUD, "silence")


def test_a_chinese_voice_reads_the_page_until_it_is_stopped(sound, tmp_path):
    home = tmp_path / "home"
    with opened(sound, home, (*FROM_SOURCE, "yibao:card-replacement-guide")) as window:
        reads_until_stopped(window, sound)
    assert "Chinese (Mandarin" in (home / "yibao.log").read_text(encoding="utf-8")
