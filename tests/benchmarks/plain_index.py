"""The plain way to search Chinese text, which the guide's own search is measured against."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import jieba

from yibao_desktop.domain.guide.items import Passage

_FIND = """
    SELECT page.number, page.title, page.body FROM word JOIN page ON page.number = word.rowid
    WHERE word MATCH ? ORDER BY word.rank LIMIT ?
"""


class PlainIndex:
    """jieba as it comes, one FTS5 table, any of the words, BM25; no snippets."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.tmp_dir = str(path.parent)
        jieba.setLogLevel(logging.WARNING)
        self._tokenizer.initialize()
        self._connection = sqlite3.connect(path)

    def close(self) -> None:
        self._connection.close()

    def fill(self, passages: Iterable[Passage]) -> None:
        """Write all passages and the index of their words."""
        with self._connection as connection:
            connection.execute("CREATE TABLE page (number INTEGER PRIMARY KEY, title, body)")
            connection.execute("CREATE VIRTUAL TABLE word USING fts5(title, names, body)")
            for p in passages:
                title = f"{p.title} {p.heading}".strip()
                texts = (title, " ".join((*p.names, *p.asked)), p.body)
                words = (" ".join(self._words(text)) for text in texts)
                connection.execute("INSERT INTO page VALUES (?, ?, ?)", (p.number, title, p.body))
                connection.execute(
                    "INSERT INTO word (rowid, title, names, body) VALUES (?, ?, ?, ?)",
                    (p.number, *words),
                )

    def search(self, query: str, limit: int = 10) -> list[int]:
        """Numbers of the passages that have any of the words, best first."""
        wanted = " OR ".join(f'"{word}"' for word in dict.fromkeys(self._words(query)))
        return [row[0] for row in self._connection.execute(_FIND, (wanted, limit))]

    def _words(self, text: str) -> list[str]:
        words = self._tokenizer.cut_for_search(text)
        return [word for word in words if any(c.isalnum() for c in word)]
