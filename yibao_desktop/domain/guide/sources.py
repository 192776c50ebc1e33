"""Where statements come from: source documents and their passages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

SNIPPET = "snippet:"

MAIN_SOURCES = 3
"""So many source keys a page names as its main ones and a search result shows."""

NOTICE = "根据 2025 年网络文章整理，不是官方文件，以当地医保部门为准。"
"""What every page, print and console answer says about the sources (design, section 3)."""

WHAT_THEY_ARE = "网络文章，不是官方文件"
"""The same in short, for the line under a title."""

SILENT = "资料没有说"
"""The one wording for what the sources do not tell."""

ASK_LOCALLY = "请问当地医保部门"
"""The one wording for whom to ask where the sources are silent or disagree."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One of the web articles the guide is drawn from; ``id`` has three digits."""

    id: str
    title: str
    web_date: datetime.date


@dataclass(frozen=True, slots=True)
class Source:
    """A passage of a source document: a heading with its text, or a recommended snippet.

    Attributes:
        key: ``<document>#<heading>`` or ``<document>#snippet:<title>``.
        date: web date of the passage.
        parent: key of the heading above; None at the top and for snippets.
        group: name shared by passages that say much the same; None where a passage stands alone.
        figures: every figure that occurs in the passage, as written there.
        left_out: why the guide leaves the passage out; None where it is used or still to be used.
    """

    key: str
    date: datetime.date
    parent: str | None = None
    group: str | None = None
    figures: tuple[str, ...] = ()
    left_out: str | None = None

    @property
    def document(self) -> str:
        """Id of the document the passage belongs to."""
        return self.key.partition("#")[0]

    @property
    def title(self) -> str:
        """The heading or the snippet's title."""
        return source_title(self.key)


def source_title(key: str) -> str:
    """The heading or the snippet's title in a source key."""
    return key.partition("#")[2].removeprefix(SNIPPET)
