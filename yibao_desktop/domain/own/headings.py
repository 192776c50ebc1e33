"""What looks like a heading or a title in the papers of offices."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_HEADING = 40
"""A numbered line longer than so many characters is a sentence, not a heading."""

LONGEST_TITLE = 80
HEAD_LINES = 12
"""A title stands within so many lines from the top."""

_NUMERALS = "一二三四五六七八九十百零〇"
_MAIN = re.compile(rf"(第[{_NUMERALS}\d]+[章编部]|[{_NUMERALS}]+、|附件\s*\d*\s*$)")
_BELOW = re.compile(rf"(第[{_NUMERALS}\d]+节|[（(][{_NUMERALS}]+[）)])")
_SENTENCE_END = re.compile(r"[。；;，,：:！？]$")
_TITLE_END = re.compile(
    r"(通知|公告|通告|办法|规定|规程|细则|意见|方案|指南|须知|指引|公报|批复|复函|决定|解读|说明|问答|"
    r"政策|标准|目录|清单|手册|一览表)(（[^）]*）|\([^)]*\))?$"
)
_TITLE_BEGINS = re.compile("(关于|印发|转发)")


def heading_level(line: str) -> int | None:
    """2 or 3 where a line reads like a heading of that depth; None where it does not."""
    if len(line) > LONGEST_HEADING or _SENTENCE_END.search(line):
        return None
    if _MAIN.match(line):
        return 2
    return 3 if _BELOW.match(line) else None


def find_title(lines: Iterable[str]) -> str:
    """The title among the first lines of a paper, over two or three of them; empty where none is.

    A title ends as those of offices do, or begins with 关于.
    """
    head = [line.strip() for _, line in zip(range(HEAD_LINES), lines, strict=False)]
    for at, line in enumerate(head):
        for length in (1, 2, 3):
            joined = "".join(head[at : at + length])
            if len(joined) > LONGEST_TITLE or (length > 1 and not _TITLE_BEGINS.search(line)):
                break
            if _TITLE_END.search(joined) and heading_level(joined) is None:
                return joined
    return ""
