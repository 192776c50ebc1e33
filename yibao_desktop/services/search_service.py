"""Search for the window and the console."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.items import Item, Kind
from yibao_desktop.errors import DataError
from yibao_desktop.paths import ENCODER_FILE
from yibao_desktop.search.engine import SearchEngine
from yibao_desktop.search.index import INDEX_VERSION
from yibao_desktop.search.lexicon import Lexicon
from yibao_desktop.search.ranking import BY_WORDS, WITH_MEANING, read_rankings
from yibao_desktop.search.results import NO_OWN_RESULTS, Match, OwnResults, Results
from yibao_desktop.search.segmenter import Segmenter
from yibao_desktop.services.own_search import OwnSearch
from yibao_desktop.services.own_shelf import OwnShelf
from yibao_desktop.store.content_repository import REINSTALL, ContentRepository

if TYPE_CHECKING:
    from yibao_desktop.search.meanings import Meanings

_log = logging.getLogger(__name__)

NOTHING_FOUND = "换个说法试试，例如“卡丢了怎么办”；也可以问当地医保部门。"
NOTHING_EXACT = "拿不准的，请问当地医保部门。"
"""Said with no results, and with such as are only near."""
ABOUT_CARDS = ("卡", "密码", "挂失")
HOTLINE = "卡和密码的事，也可以拨打 12333。"
"""The sources name this number for a lost card and a password, and for nothing else."""

READYING = "yibaokadiaole"
"""A question that needs everything there is: the dictionary, the index and the sounds of words."""


ALTERNATIVES = 3
"""So many other ways on are named where nothing was found."""

LIKE_ENOUGH = 2
"""From so many shared characters on, a title may be what was meant."""


class SearchService:
    """Answers typed questions; the first one loads the dictionary and what tells meanings."""

    def __init__(
        self, content: ContentRepository, resources: Path, own: OwnShelf | None = None
    ) -> None:
        self._content = content
        self._resources = resources
        self._own = OwnSearch(own, content.regions) if own else None
        self._loading = threading.Lock()

    @cached_property
    def _engine(self) -> SearchEngine:
        if self._content.index_version() != str(INDEX_VERSION):
            raise DataError("内容库的搜索索引是另一个版本做的，不能用来搜索。", REINSTALL)
        rankings = read_rankings(self._resources)
        meanings = load_meanings(self._resources, self._content, self.segmenter)
        ranking = rankings[WITH_MEANING if meanings else BY_WORDS]
        return SearchEngine(self._content, self.segmenter, ranking, meanings)

    @cached_property
    def segmenter(self) -> Segmenter:
        """Takes text apart with the dictionary of the content."""
        return Segmenter(self._lexicon)

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon.from_data(self._content.lexicon())

    def prepare(self) -> None:
        """Do now what the first question would have to wait for."""
        self.search(READYING, limit=1)

    def search(self, query: str, limit: int = 10, region: str | None = None) -> Results:
        """Passages for a question, best first; what is told for ``region`` comes before others.

        ``limit`` 0 gives all.
        """
        with self._loading:
            engine = self._engine
        results = engine.search(query, limit, region)
        if self._own is None:
            return results
        own = self._own.search(query, results.match, region, self.segmenter)
        return replace(results, own=own)

    def own(self, query: str, region: str | None = None) -> OwnResults:
        """Everything documents of the user's own have on a question."""
        if self._own is None:
            return NO_OWN_RESULTS
        return self._own.search(query, Match.NONE, region, self.segmenter, limit=0)

    def alternatives(self, query: str) -> list[Item]:
        """Ways on where nothing was found.

        The topics and procedures whose titles share most with the query; where none does, the
        procedures at the head of the tree.
        """
        items = self._content.items()
        empty = {character for filler in self._lexicon.fillers for character in filler}
        said = set(query) - empty
        offered = [i for i in items if i.kind in (Kind.TOPIC, Kind.PROCEDURE)]
        like = [i for i in offered if len(said.intersection(i.title)) >= LIKE_ENOUGH]
        like.sort(key=lambda item: -len(said.intersection(item.title)))
        general = [i for i in offered if i.kind is Kind.PROCEDURE]
        return (like or general)[:ALTERNATIVES]

    @staticmethod
    def suggestion(results: Results) -> str | None:
        """What to say where nothing was found, or only what is near."""
        said = {Match.NONE: NOTHING_FOUND, Match.NEAR: NOTHING_EXACT}
        if results.match not in said or not results.query.strip():
            return None
        about_card = any(word in results.query for word in ABOUT_CARDS)
        untreated = f"资料没有说{results.untreated}。" if results.untreated else ""
        advice = NOTHING_EXACT if untreated else said[results.match]
        return untreated + advice + (HOTLINE if about_card else "")


def load_meanings(
    resources: Path, content: ContentRepository, segmenter: Segmenter
) -> Meanings | None:
    """What tells meanings; None, and a line in the log, where it cannot be loaded."""
    try:
        from yibao_desktop.search.meaning import Encoder
        from yibao_desktop.search.meanings import Meanings

        return Meanings(Encoder(resources / ENCODER_FILE), content, segmenter)
    except (DataError, ImportError, MemoryError):
        _log.warning("search goes by words alone", exc_info=True)
        return None
