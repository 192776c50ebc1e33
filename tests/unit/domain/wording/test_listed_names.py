"""Names in a row stay a row, however many people there are."""

from __future__ import annotations

from yibao_desktop.domain.wording.names import LISTED, isolated, listed_names


def test_a_few_names_are_told_each_once():
    assert listed_names(["妈妈", "爸爸", "妈妈"]) == "妈妈、爸爸"
    assert listed_names(["محمد"]) == isolated("محمد")
    assert listed_names([]) == ""


def test_of_very_many_names_the_first_are_told():
    said = listed_names(f"第{n}位" for n in range(3600))
    assert said.count("、") == LISTED - 1
    assert said.endswith(f"第{LISTED - 1}位等")
