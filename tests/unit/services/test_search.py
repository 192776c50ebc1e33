"""What the search service adds to the engine."""

from __future__ import annotations


def test_where_nothing_is_found_similar_titles_are_named(guide):
    named = [item.title for item in guide.search.alternatives("转移户口关系")]
    assert named[0] == "转移医保关系"
    assert len(named) <= 3


def test_without_a_similar_title_the_first_procedures_are_named(guide):
    procedures = [p.id for p in guide.procedures.procedures()]
    for query in ("西安停车哪里便宜", "怎么办", ""):
        assert [item.id for item in guide.search.alternatives(query)] == procedures[:3]
