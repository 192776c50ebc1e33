"""What is kept of a text a user typed: one rule for every field, for the records and their files.

Characters that show nothing and only mislead are never kept: control characters, halves of
characters, and those that turn the direction of what follows. Whatever a rule has cleaned once,
it leaves as it is.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from yibao_desktop.errors import UserError

_TWISTING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = ("Cc", "Cs")
_LAYOUT = "\n\t"


@dataclass(frozen=True, slots=True)
class TextRule:
    """What may stand in a field.

    Attributes:
        name: what the field is called.
        most: so many characters it may have.
        lines: whether it may have several lines; blanks in it stay as they are then.
    """

    name: str
    most: int
    lines: bool = False

    def clean(self, text: str) -> str:
        """What is kept: without unseen characters and blanks around it, a single line cut.

        Several lines are never cut, since somebody wrote them.
        """
        joined = text.replace("\r\n", "\n").replace("\r", "\n")
        seen = "".join(c for c in joined if c in _LAYOUT or not _is_unseen(c))
        return seen.strip() if self.lines else " ".join(seen.split())[: self.most].rstrip()

    def kept(self, text: str) -> str:
        """What is kept of what was typed.

        Raises:
            UserError: it is too long to be kept whole.
        """
        cleaned = self.clean(text)
        if len(cleaned) > self.most:
            raise UserError(
                f"{self.name}太长了，没有存：有 {len(cleaned)} 个字，最多 {self.most} 个。",
                "请写短一点，或者另外存成文件。",
            )
        return cleaned


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or character in _TWISTING


NICKNAME = TextRule("称呼", 20)
RECEIPT = TextRule("受理编号", 60)
NOTE = TextRule("记的话", 20_000, lines=True)
FOLDER = TextRule("文件夹的名字", 30)
TITLE = TextRule("标题", 200)
QUERY = TextRule("问题", 2_000)
EVENT = TextRule("经过", 200)
