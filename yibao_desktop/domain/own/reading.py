"""What reading a file gives: its text in the blocks of the guide, or the one reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.errors import UserError

SUFFIXES = (".docx", ".pdf", ".html", ".htm", ".txt", ".md", ".csv", ".xlsx", ".ofd")
"""What can be read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file.

    Attributes:
        title: what it calls itself; empty where nothing in it looks like a title.
        sections: its text; the first may have no title, where text stands before any heading.
        pages: number of its pages; 0 where the format has none.
        tables_doubtful: whether it has tables whose columns could not be told for certain.
        whole: everything a web page shows, with what surrounds its text; empty where ``sections``
            is all there is.
    """

    title: str
    sections: tuple[Section, ...]
    pages: int = 0
    tables_doubtful: bool = False
    whole: tuple[Section, ...] = ()

    @property
    def plain(self) -> str:
        """All of the text without formatting, headings included."""
        parts = ((s.title, s.body.plain) for s in self.sections)
        return "\n".join(text for pair in parts for text in pair if text)


class Refusal(StrEnum):
    """Why a file is not taken in."""

    SCANNED = "scanned"
    PASSWORD = "password"  # noqa: S105 - a reason, no secret
    GARBLED = "garbled"
    EMPTY = "empty"
    OLD_WORD = "old-word"
    OLD_EXCEL = "old-excel"
    WPS = "wps"
    PICTURE = "picture"
    OTHER_OFFICE = "other-office"
    UNKNOWN = "unknown"
    BROKEN = "broken"
    TOO_LARGE = "too-large"
    TOO_LONG = "too-long"
    SWELLS = "swells"
    TOO_SLOW = "too-slow"
    DIED = "died"
    UNREADABLE = "unreadable"


_SAID: dict[Refusal, tuple[str, str]] = {
    Refusal.SCANNED: ("这是扫描件，里面只有图片，没有文字。", "请向发文的单位要文字版。"),
    Refusal.PASSWORD: ("这个文件设了密码，打不开。", "请去掉密码另存一份，再加进来。"),
    Refusal.GARBLED: ("这个文件里的字认不出来。", "请另存为 .docx，或者要一份别的格式。"),
    Refusal.EMPTY: ("这个文件里什么字也没有。", "请看是不是选错了文件。"),
    Refusal.OLD_WORD: (
        "这是老格式的 Word 文件（.doc），读不了。", "请用 Word 或 WPS 另存为 .docx。"
    ),
    Refusal.OLD_EXCEL: (
        "这是老格式的表格（.xls、.et），读不了。", "请用 Excel 或 WPS 另存为 .xlsx。"
    ),
    Refusal.WPS: ("这是 WPS 自己的格式（.wps），读不了。", "请用 WPS 另存为 .docx。"),
    Refusal.PICTURE: ("这是图片，里面的字读不出来。", "请要文字版，或者照着打成文字另存为 .txt。"),
    Refusal.OTHER_OFFICE: ("这种文件读不了。", "请用做它的程序另存为 .docx 或 .pdf。"),
    Refusal.UNKNOWN: (
        "不认识这种文件。",
        "能加的有：.docx、.pdf、.html、.txt、.md、.csv、.xlsx、.ofd。",
    ),
    Refusal.BROKEN: ("这个文件坏了，或者没有下载完整。", "请重新要一份。"),
    Refusal.TOO_LARGE: ("这个文件太大，超过 32 MB。", "请拆成几份再加。"),
    Refusal.TOO_LONG: ("这个文件太长，超过 2000 页或者 2 万行。", "请拆成几份再加。"),
    Refusal.SWELLS: ("这个文件展开以后大得不正常，没有读。", "请向发文的单位另要一份。"),
    Refusal.TOO_SLOW: ("这个文件读得太久，停下来了。", "请拆成几份，或者另存为 .docx 再加。"),
    Refusal.DIED: ("这个文件读到一半读不下去了。", "请另存为别的格式再加。"),
    Refusal.UNREADABLE: ("这个文件打不开。", "请看它还在不在、让不让您读。"),
}  # fmt: skip


class RefusedError(UserError):
    """A file cannot be taken in; ``refusal`` tells why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(*_SAID[refusal])
        self.refusal = refusal
