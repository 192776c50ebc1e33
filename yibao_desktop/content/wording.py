"""What no text of the guide may hold: characters nobody sees, markup shown as it was typed."""

from __future__ import annotations

import re
import unicodedata

from yibao_desktop.content.problems import Mistake

MAX_WORDS = 500
"""Characters of a name, title or key."""
MAX_TEXT = 3_000
"""Characters of one run of text: nobody reads longer ones, and search would take seconds."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_NOT_A_CHARACTER = "\N{REPLACEMENT CHARACTER}"
_MARKUP = re.compile(r"\{[^{}]*\}?|\}|\*\*|`")
_TAG = re.compile(r"</?[A-Za-z!][^>]*>?")


def refuse_unseen(text: str, line: int | None = None, allowed: str = "") -> None:
    """Refuse control characters, marks of writing direction, zero-width and broken characters.

    Raises:
        Mistake: there is one that is not among the ``allowed``.
    """
    for character in text:
        unseen = unicodedata.category(character) in _UNSEEN or character == _NOT_A_CHARACTER
        if unseen and character not in allowed:
            raise Mistake(f"有看不见的字符（U+{ord(character):04X}），请删掉重打", line)


def check_wording(text: str, line: int | None = None) -> None:
    """Check one line of text as a reader will see it.

    Raises:
        Mistake: it is too long, or holds an unseen character, markup that was not understood or an
            HTML tag.
    """
    if len(text) > MAX_TEXT:
        raise Mistake(f"这里有 {len(text)} 个字，太长了，请分成几段", line)
    refuse_unseen(text, line)
    if markup := _MARKUP.search(text):
        raise Mistake(
            f"“{markup[0]}”会原样显示出来；引用、加粗和按钮名要写完整，也不能写在标题和链接里",
            line,
        )
    if tag := _TAG.search(text):
        raise Mistake(f"不能写 HTML（{tag[0]}）", line)
