"""Finds passages of one's own documents: FTS5 over pairs of characters, apart from the guide's.

Documents come and go one at a time, so the table is told of each; the guide's index is not touched.
"""

from __future__ import annotations

import math
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import Session

from yibao_desktop.domain.guide.items import Section
from yibao_desktop.domain.guide.text import Body
from yibao_desktop.domain.own.document import OwnDocument
from yibao_desktop.search.segmenter import Segmenter, pairs
from yibao_desktop.store.own_models import OwnMetaRow, OwnPassageRow

OWN_INDEX_VERSION = "1"
"""Changes whenever the way passages or pairs are made does."""

PASSAGE = 400
"""About so many characters of a section make a passage."""

TREATED = 0.6
"""What says so much of a question, by how rare its words are, treats it."""

CONSIDERED = 80
"""So many passages are weighed."""

MANY = 1_000
"""A word that more passages have than this tells little; they are not gone through."""

WORTH_SHOWING = 0.5
"""What says less than this share of what the best says is not shown."""

_VERSION = "index_version"
_FILL = text("INSERT INTO own_pair (rowid, title, body) VALUES (:n, :title, :body)")
_EMPTY = text(
    "INSERT INTO own_pair (own_pair, rowid, title, body) VALUES ('delete', :n, :title, :body)"
)
_EMPTY_ALL = text("INSERT INTO own_pair (own_pair) VALUES ('delete-all')")
_ASK = "SELECT rowid FROM own_pair WHERE own_pair MATCH ? LIMIT ?"


@dataclass(frozen=True, slots=True)
class OwnFound:
    """A passage that says something of what was asked.

    Attributes:
        coverage: how much of the question it says, 0 to 1, rare words counting for more.
        literal: whether it contains the question as it stands.
        terms: the words of the question it has.
    """

    number: int
    coverage: float
    literal: bool
    terms: tuple[str, ...]

    @property
    def treats(self) -> bool:
        """Whether it really treats what was asked, and does not only share a word with it."""
        return self.literal or self.coverage >= TREATED


def passages(sections: Iterable[Section]) -> Iterator[tuple[str, str, str]]:
    """Section id, heading and text of every passage of a document."""
    for section in sections:
        piece: list[str] = []
        length = 0
        for block in section.body.blocks:
            for line in Body((block,)).plain.splitlines():
                piece.append(line)
                length += len(line)
                if length >= PASSAGE:
                    yield section.id, section.title, "\n".join(piece)
                    piece, length = [], 0
        if piece or not section.body:
            yield section.id, section.title, "\n".join(piece)


class OwnIndex:
    """The index within one session."""

    def __init__(self, session: Session, segmenter: Segmenter) -> None:
        self._session = session
        self._segmenter = segmenter
        self._normalise = segmenter.lexicon.normalise

    def add(self, document: OwnDocument, sections: Iterable[Section]) -> None:
        """Have a document found; it must not be in the index yet."""
        first = (self._session.scalar(select(func.max(OwnPassageRow.number))) or 0) + 1
        rows = [
            {"number": number, "document_id": document.id, "section": section,
             "heading": heading, "body": body}
            for number, (section, heading, body) in enumerate(passages(sections), first)
        ]  # fmt: skip
        if rows:
            self._session.execute(insert(OwnPassageRow), rows)
            self._session.execute(_FILL, [self._entry(document.title, row) for row in rows])

    def remove(self, document: OwnDocument) -> None:
        """Have a document no longer found."""
        own = OwnPassageRow.document_id == document.id
        rows = [
            {"number": r.number, "heading": r.heading, "body": r.body}
            for r in self._session.scalars(select(OwnPassageRow).where(own))
        ]
        if rows:
            self._session.execute(_EMPTY, [self._entry(document.title, row) for row in rows])
            self._session.execute(delete(OwnPassageRow).where(own))

    def is_current(self) -> bool:
        """Whether the index was made the way it is asked."""
        row = self._session.get(OwnMetaRow, _VERSION)
        return row is not None and row.value == self._version

    def make_anew(self, documents: Iterable[tuple[OwnDocument, tuple[Section, ...]]]) -> None:
        """Index these documents and no others."""
        self._session.execute(_EMPTY_ALL)
        self._session.execute(delete(OwnPassageRow))
        for document, sections in documents:
            self.add(document, sections)
        self._session.merge(OwnMetaRow(name=_VERSION, value=self._version))

    @property
    def _version(self) -> str:
        """Also changes with the signs that are taken for others, which each edition may do."""
        variants = sorted(self._segmenter.lexicon.variants.items())
        return f"{OWN_INDEX_VERSION}-{zlib.crc32(repr(variants).encode()):08x}"

    def _entry(self, title: str, row: dict[str, object]) -> dict[str, object]:
        """What the full-text table holds of a passage; the same again takes it out."""
        name = self._normalise(f"{title} {row['heading']}")
        body = self._normalise(str(row["body"]))
        return {"n": row["number"], "title": pairs(name), "body": pairs(body)}

    def find(self, query: str) -> list[OwnFound]:
        """Passages that say something of what was asked, those that say most first."""
        question = self._normalise(query)
        terms = self._terms(question)
        having = {term: self._matches(spellings, MANY + 1) for term, spellings in terms.items()}
        size = self._session.scalar(select(func.count()).select_from(OwnPassageRow)) or 1
        common = {term for term, numbers in having.items() if len(numbers) > MANY}
        weights = {
            term: math.log(1 + size / (1 + (size if term in common else len(numbers))))
            * min(len(term), 4)
            for term, numbers in having.items()
        }
        said: dict[int, list[str]] = {}
        for term in terms.keys() - common or sorted(common, key=len)[-1:]:
            for number in having[term][:MANY]:
                said.setdefault(number, []).append(term)
        total = sum(weights.values()) or 1.0
        best = _best(said, weights)
        self._add_common(common, terms, {n: said[n] for n in best})
        coverage = {n: sum(weights[t] for t in set(said[n])) / total for n in best}
        least = WORTH_SHOWING * max(coverage.values(), default=0.0)
        literal = set(self._matches([question])) if best else set()
        found = [
            OwnFound(n, coverage[n], n in literal, tuple(dict.fromkeys(said[n])))
            for n in best
            if coverage[n] >= least
        ]
        return sorted(found, key=lambda f: (not f.literal, -f.coverage, f.number))

    def _add_common(
        self, common: Collection[str], terms: Mapping[str, list[str]], said: dict[int, list[str]]
    ) -> None:
        """Look for words very many passages have in the text of those that matter anyway."""
        if not common or not said:
            return
        for number, row in self.rows(list(said)).items():
            text = self._normalise(f"{row.heading} {row.body}")
            said[number] += [t for t in common if any(word in text for word in terms[t])]

    def _terms(self, question: str) -> dict[str, list[str]]:
        """What is asked for, each with everything that says the same; unknown names stay whole."""
        lexicon = self._segmenter.lexicon
        terms: dict[str, list[str]] = {}
        unknown = ""
        for word in [*self._segmenter.words(question), ""]:
            if len(word) == 1 and word not in lexicon.fillers and word not in lexicon.concepts:
                unknown += word
                continue
            if unknown:
                terms[unknown] = [unknown]
                unknown = ""
            if word and word not in lexicon.fillers:
                concept = lexicon.concept(word)
                others = {concept, *lexicon.spellings.get(concept, ())}
                # A single character stands in too many words to say the same as this one.
                terms[concept] = list({word} | {other for other in others if len(other) > 1})
        return terms

    def _matches(self, spellings: Collection[str], most: int = -1) -> list[int]:
        """Numbers of the passages that contain one of some texts, at most so many.

        As SQLite gives them: there may be thousands, and nothing else of them is wanted.
        """
        query = " OR ".join(phrase for text in spellings if (phrase := _phrase(text)))
        if not query:
            return []
        connection = self._session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        return [number for (number,) in connection.execute(_ASK, (query, most)).fetchall()]

    def owners(self, numbers: Sequence[int]) -> dict[int, str]:
        """Passage → id of its document."""
        asked = select(OwnPassageRow.number, OwnPassageRow.document_id)
        rows = self._session.execute(asked.where(OwnPassageRow.number.in_(numbers)))
        return {number: document for number, document in rows}

    def rows(self, numbers: Sequence[int]) -> dict[int, OwnPassageRow]:
        """Passages by number."""
        asked = select(OwnPassageRow).where(OwnPassageRow.number.in_(numbers))
        return {row.number: row for row in self._session.scalars(asked)}


def forget_index(session: Session) -> None:
    """Have the index made anew before it is asked again."""
    session.execute(delete(OwnMetaRow).where(OwnMetaRow.name == _VERSION))


def _best(said: Mapping[int, list[str]], weights: Mapping[str, float]) -> list[int]:
    """Those passages that say most, as far as is known yet."""
    return sorted(said, key=lambda n: (-sum(weights[t] for t in said[n]), n))[:CONSIDERED]


def _phrase(spelling: str) -> str:
    """A text as it is asked for: the pairs of its characters in a row."""
    whole = pairs(spelling)
    first, _, last = whole.rpartition(" ")
    if not last:
        return ""
    return f'"{first}"' if first else f'"{last}" *'
