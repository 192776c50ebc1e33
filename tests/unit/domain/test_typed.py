"""Days and places as users type them."""

from __future__ import annotations

import datetime

import pytest

from yibao_desktop.domain.guide.items import Region
from yibao_desktop.domain.own.typed import day_typed, place_typed
from yibao_desktop.errors import UserError

REGIONS = (
    Region("320000", "江苏省", ("江苏",)),
    Region("320100", "江苏省南京市", ("江苏", "南京")),
    Region("450100", "广西南宁市", ("广西", "南宁")),
)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("江苏", "320000"), ("江苏省", "320000"), ("320100", "320100"), (" 南京 ", "320100"),
     ("南京市", "320100"), ("江苏省南京市", "320100"), ("南宁", "450100")],
)  # fmt: skip
def test_a_place_is_named_by_what_it_is_called(typed, code):
    assert place_typed(typed, REGIONS).code == code


@pytest.mark.parametrize("typed", ["广西", "市", "南", "火星", "", "南京路"])
def test_a_place_is_not_taken_for_one_that_lies_in_it(typed):
    with pytest.raises(UserError, match="没有") as caught:
        place_typed(typed, REGIONS)
    assert "江苏、南京、南宁" in caught.value.hint


def test_a_day_is_one_that_may_be_meant():
    assert day_typed(" 2025-09-20 ") == datetime.date(2025, 9, 20)
    for typed in ("昨天", "2025-9-40", "0001-01-01", "9999-12-31", ""):
        with pytest.raises(UserError):
            day_typed(typed)
