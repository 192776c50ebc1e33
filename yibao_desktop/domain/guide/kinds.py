"""Kinds of item of the guide, and what their ids tell."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of item an id can stand for."""

    TOPIC = "topic"
    ARTICLE = "article"
    SECTION = "section"
    PROCEDURE = "procedure"
    STEP = "step"
    ANSWER = "answer"
    TERM = "term"


KIND_NAMES = {
    Kind.TOPIC: "主题",
    Kind.ARTICLE: "文章",
    Kind.SECTION: "文章",
    Kind.PROCEDURE: "办事",
    Kind.STEP: "办事步骤",
    Kind.ANSWER: "问答",
    Kind.TERM: "名词",
}


def page_id(item_id: str) -> str:
    """Id of the page an item is shown on: itself, or the page a section or step belongs to."""
    return item_id.partition("/")[0]
