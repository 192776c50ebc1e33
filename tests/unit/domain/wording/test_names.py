"""A name written from the right turns nothing around it."""

from __future__ import annotations

import pytest

from yibao_desktop.domain.wording.names import isolated


@pytest.mark.parametrize("name", ["妈妈", "Anna", "👨‍👩‍👧", "", "3 号"])
def test_other_names_stay_as_they_are(name):
    assert isolated(name) == name


@pytest.mark.parametrize("name", ["محمد", "שרה", "爸爸 محمد", "ܐܒ"])
def test_a_name_from_the_right_is_kept_to_itself(name):
    assert isolated(name) == f"\u200e\u2068{name}\u2069"
