"""Faults that the checks tell in the words of files, in the words of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_NAMES = {
    "answer": "“一句话先答”",
    "text": "正文",
    "related": "“看完还能去哪里”",
    "cut_off": "断了没有",
    "sources": "官方原文",
    "facts": "官方原文",
    "title": "题目",
}
_LEFT_IN_USE = ("在 facts 里没有", "去掉了，可是还在用")
_QUOTED = re.compile("“([a-z0-9{}/-]+)”")
_ANSWERS = re.compile(r"[a-z0-9-]+=[a-z0-9+-]*(?:，[a-z0-9-]+=[a-z0-9+-]*)*$")
_REMARK = re.compile("（[a-z_]+）")
_LISTED = re.compile("（([a-z0-9-]+(?:、[a-z0-9-]+)*)）")
_UNSURE = "不清楚"
_OF_ANSWERS = "："
"""Before the answers a message is about; behind it nothing where nothing is asked."""


def in_form_words(message: str, names: Mapping[str, str]) -> str:
    """A message that names no id and no field of a file.

    Args:
        message: as a check tells it.
        names: what each part and each choice is called: by its id, a choice by that of its
            question, ``=`` and its own.
    """
    message = message.replace(*_LEFT_IN_USE)
    message = _ANSWERS.sub(lambda found: _answers(found[0], names), message)
    message = _QUOTED.sub(lambda found: f"“{_name(found[1].strip('{}'), names)}”", message)
    message = _REMARK.sub("", message)
    message = _LISTED.sub(lambda found: _listed(found[1], names), message)
    for name, word in _NAMES.items():
        message = re.sub(rf" ?(?<![\w“]){name}(?!\w) ?", word, message)
    return message


def _listed(ids: str, names: Mapping[str, str]) -> str:
    return "（" + "、".join(_name(part, names) for part in ids.split("、")) + "）"


def _name(part: str, names: Mapping[str, str]) -> str:
    """What is called by an id; a part of a page nobody named is called like its page."""
    return names.get(part) or names.get(part.partition("/")[0], part)


def gathered(messages: Iterable[str]) -> Iterator[str]:
    """Messages that say the same of several ways of answering as one, with the first of them."""
    alike: dict[str, list[str]] = {}
    for message in dict.fromkeys(messages):
        alike.setdefault(message.partition(_OF_ANSWERS)[0], []).append(message)
    for first, *others in alike.values():
        more = f"；还有 {len(others)} 种回答也这样" if others else ""
        yield first.removesuffix(_OF_ANSWERS) + more


def _answers(listed: str, names: Mapping[str, str]) -> str:
    told = []
    for one in listed.split("，"):
        question, _, chosen = one.partition("=")
        if not chosen:  # a day: any of them
            continue
        options = [
            _UNSURE if option == "unsure" else names.get(f"{question}={option}", option)
            for option in chosen.split("+")
        ]
        told.append(f"〔{names.get(question, question)}〕答〔{'、'.join(options)}〕")
    return "，".join(told)
