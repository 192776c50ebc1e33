"""Searches documents of the user's own, and says how they stand to what the guide answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from yibao_desktop.domain.guide.items import Kind, Passage, Region
from yibao_desktop.domain.guide.origin import OWN
from yibao_desktop.domain.own.document import OWN_NAME, OwnDocument
from yibao_desktop.search.results import NO_OWN_RESULTS, Hit, Match, OwnResults, Why
from yibao_desktop.search.segmenter import Segmenter
from yibao_desktop.search.snippet import make_snippet
from yibao_desktop.services.own_shelf import OwnShelf

if TYPE_CHECKING:
    from yibao_desktop.search.own_index import OwnFound
    from yibao_desktop.store.own_models import OwnPassageRow

SHOWN = 3
"""So many passages are shown before it says how many more there are."""


class OwnSearch:
    """Finds passages of what the user added."""

    def __init__(self, shelf: OwnShelf, regions: Callable[[], Iterable[Region]]) -> None:
        self._shelf = shelf
        self._tell_regions = regions

    @cached_property
    def _regions(self) -> dict[str, Region]:
        return {region.code: region for region in self._tell_regions()}

    def search(
        self, query: str, match: Match, region: str | None, segmenter: Segmenter, limit: int = SHOWN
    ) -> OwnResults:
        """Passages for a question, best first; those for another place after the others.

        Args:
            query: as it was typed.
            match: how well the guide answers it; own text comes first only where it does not.
            region: code of the user's place; None where it is not known.
            segmenter: takes the question apart.
            limit: so many passages, 0 gives all.
        """
        with self._shelf.index() as opened:
            if opened is None:
                return NO_OWN_RESULTS
            unit, index = opened
            found = index.find(query)
            owners = index.owners([f.number for f in found])
            documents = {d.id: d for d in unit.documents.all()}
            found = [f for f in found if owners.get(f.number) in documents]
            found.sort(key=lambda f: documents[owners[f.number]].is_elsewhere(region))
            shown = found[:limit] if limit else found
            rows = index.rows([f.number for f in shown])
            hits = tuple(
                self._hit(f, rows[f.number], documents[owners[f.number]], query, segmenter)
                for f in shown
            )
            best = documents[owners[found[0].number]] if found else None
        treats = best is not None and found[0].treats and not best.is_elsewhere(region)
        return OwnResults(hits, match is not Match.DIRECT and treats, len(found) - len(shown))

    def _hit(
        self,
        found: OwnFound,
        row: OwnPassageRow,
        document: OwnDocument,
        query: str,
        segmenter: Segmenter,
    ) -> Hit:
        passage = Passage(
            number=found.number,
            item_id=f"{document.id}/{row.section}",
            kind=Kind.ARTICLE,
            title=document.title,
            heading=row.heading,
            path=" › ".join(part for part in (OWN_NAME, document.folder) if part),
            names=(),
            asked=(),
            body=row.body,
            sources=(),
            region=self._regions.get(document.region or ""),
            as_of=document.dated.year if document.dated else None,
            origin=OWN,
        )
        literal = segmenter.lexicon.normalise(query) if found.literal else ""
        snippet = make_snippet(row.body or row.heading, literal, found.terms, segmenter)
        why = Why.LITERAL if found.literal else Why.WORDS
        return Hit(passage, (), round(found.coverage, 4), why, snippet)
