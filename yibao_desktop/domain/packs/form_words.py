"""Faults that the checks tell in the words of files, in the words of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMES = {
    "answer": "“一句话先答”",
    "text": "正文",
    "related": "“看完还能去哪里”",
    "cut_off": "断了没有",
    "sources": "官方原文",
    "facts": "官方原文",
    "title": "题目",
}
_QUOTED = re.compile("“([a-z0-9{}/-]+)”")
_ANSWERS = re.compile(r"[a-z0-9-]+=[a-z0-9+-]+(?:，[a-z0-9-]+=[a-z0-9+-]+)*$")
_REMARK = re.compile("（[a-z_]+）")
_LISTED = re.compile("（([a-z0-9-]+(?:、[a-z0-9-]+)*)）")
_UNSURE = "不清楚"


def in_form_words(message: str, names: Mapping[str, str]) -> str:
    """A message that names no id and no field of a file.

    Args:
        message: as a check tells it.
        names: what each part and each choice is called: by its id, a choice by that of its
            question, ``=`` and its own.
    """
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


def _answers(listed: str, names: Mapping[str, str]) -> str:
    told = []
    for one in listed.split("，"):
        question, _, chosen = one.partition("=")
        options = [
            _UNSURE if option == "unsure" else names.get(f"{question}={option}", option)
            for option in chosen.split("+")
        ]
        told.append(f"〔{names.get(question, question)}〕答〔{'、'.join(options)}〕")
    return "，".join(told)
