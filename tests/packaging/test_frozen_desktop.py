"""The packaged build with a real input method and a real voice, where they are installed."""

from __future__ import annotations

import pytest

from tests.flows.conftest import screen, session
from tests.flows.input_methods import FCITX, IBUS, type_chinese
from tests.flows.real_window import opened
from tests.flows.test_reading_aloud import reads_until_stopped, sound

__all__ = ["screen", "session", "sound"]

pytestmark = [pytest.mark.package, pytest.mark.xdist_group("packaged")]


@pytest.mark.parametrize("method", [IBUS, FCITX], ids=["ibus", "fcitx5"])
def test_pinyin_is_typed_chosen_and_found(method, session, folder, tmp_path):
    type_chinese(method, session, tmp_path / "home", [str(folder / "yibao-desktop")])


def test_a_chinese_voice_reads_the_page_until_it_is_stopped(sound, folder, tmp_path):
    command = [str(folder / "yibao-desktop"), "yibao:card-replacement-guide"]
    with opened(sound, tmp_path / "home", command) as window:
        reads_until_stopped(window, sound)
