"""Chinese typed with the input methods people have, where they are installed."""

from __future__ import annotations

import pytest

from tests.flows.input_methods import FCITX, IBUS, type_chinese
from tests.flows.real_window import FROM_SOURCE

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("method", [IBUS, FCITX], ids=["ibus", "fcitx5"])
def test_pinyin_is_typed_chosen_and_found(method, session, tmp_path):
    type_chinese(method, session, tmp_path / "home", FROM_SOURCE)
