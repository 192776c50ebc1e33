"""Writes checked seeds into the tables of a new content database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypinyin import Style, lazy_pinyin
from sqlalchemy.orm import Session

from yibao_desktop.content.dictionary import make_lexicon
from yibao_desktop.content.glossary import link_terms
from yibao_desktop.content.loader import Seeds
from yibao_desktop.content.meaning_writer import write_meanings
from yibao_desktop.content.passages import PassageDraft, passages
from yibao_desktop.content.resolve import resolve
from yibao_desktop.content.walk import all_facts, walk
from yibao_desktop.domain.guide.items import (
    CUT_OFF,
    PAGE_ORDER,
    Answer,
    Article,
    Kind,
    Term,
    Topic,
    page_id,
    part_id,
)
from yibao_desktop.domain.guide.suggestions import SUGGESTED, letters
from yibao_desktop.domain.guide.untreated import UntreatedSubject
from yibao_desktop.domain.packs.manifest import pack_of
from yibao_desktop.domain.pages import Page, kind_of
from yibao_desktop.domain.procedure.model import Procedure
from yibao_desktop.domain.procedure.plan import make_plan
from yibao_desktop.domain.wording.plain_text import (
    article_text,
    procedure_text,
    section_text,
    short_text,
    step_text,
)
from yibao_desktop.paths import DICTIONARIES, ENCODER_FILE
from yibao_desktop.search.index_writer import Entry, IndexWriter, name_terms
from yibao_desktop.search.intent import told_by
from yibao_desktop.search.meaning import Encoder
from yibao_desktop.search.segmenter import Segmenter
from yibao_desktop.store.codec import encode
from yibao_desktop.store.content_models import (
    DocumentRow,
    DoubtItemRow,
    DoubtRow,
    FormerIdRow,
    FrequentRow,
    ItemRow,
    ItemSourceRow,
    LexiconRow,
    LocalChangeRow,
    PackRow,
    PassageRow,
    RegionRow,
    SourceRow,
)
from yibao_desktop.store.content_schema import LEXICON, SOUNDS


def write_content(session: Session, seeds: Seeds, resources: Path) -> None:
    """Fill every table from the seeds and the word lists."""
    facts = {fact.id: fact for fact, _, _ in all_facts(seeds)}
    topics = [seed.value for seed in seeds.topics]
    terms = [seed.value for seed in seeds.terms]
    resolved = (resolve(seed.value, facts) for seed in seeds.pages())
    pages = [link_terms(page, terms, page.id) for page in resolved]
    pages.sort(key=lambda p: (PAGE_ORDER[kind_of(p)], p.order))
    session.add_all(PackRow(id=pack.id, definition=encode(pack)) for pack in seeds.packs)
    _write_sources(session, seeds)
    items = _Items(session)
    paths: dict[str, str] = {}
    for topic in topics:
        _write_topic(items, topic, None, "", pages, paths)
    for position, doubt in enumerate(resolve(seed.value, facts) for seed in seeds.doubts):
        session.add(
            DoubtRow(id=doubt.id, position=position, kind=doubt.kind, definition=encode(doubt))
        )
        session.flush()
        shown_on = dict.fromkeys(_shown_on(session, target) for target in doubt.about)
        session.add_all(DoubtItemRow(doubt_id=doubt.id, item_id=item) for item in shown_on)
    session.add_all(
        LocalChangeRow(position=position, item_id=change.page, definition=encode(change))
        for position, change in enumerate(seeds.local_changes)
    )
    asked = seeds.asked()
    session.add_all(
        FrequentRow(position=position, question=s.value.question, item_id=s.value.item)
        for position, s in enumerate(seeds.frequent)
    )
    drafts = [(draft, paths[page.id]) for page in items.pages for draft in passages(page, asked)]
    told, untreated = [draft for draft, _ in drafts], [seed.value for seed in seeds.untreated]
    segmenter = _write_lexicon(session, told, untreated, resources / DICTIONARIES)
    _write_passages(session, drafts, segmenter)
    write_meanings(session, told, untreated, Encoder(resources / ENCODER_FILE), segmenter)


def _shown_on(session: Session, target: str) -> str:
    """The item a doubt is shown on; channels and outcomes are none, their page is."""
    return target if session.get(ItemRow, target) else page_id(target)


def _write_sources(session: Session, seeds: Seeds) -> None:
    session.add_all(
        RegionRow(code=s.value.code, name=s.value.name, short_names="\n".join(s.value.short_names))
        for s in seeds.regions
    )
    session.add_all(
        DocumentRow(id=d.value.id, title=d.value.title, web_date=d.value.web_date)
        for d in seeds.documents
    )
    session.flush()
    session.add_all(
        SourceRow(
            key=s.value.key,
            position=position,
            document_id=s.value.document,
            definition=encode(s.value),
        )
        for position, s in enumerate(seeds.sources)
    )
    session.flush()


class _Items:
    """Adds items one after the other, so that their positions follow the tree."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.pages: list[Page] = []
        self._position = 0

    def add(
        self,
        item: str,
        kind: Kind,
        title: str,
        parent: str | None,
        answer: str = "",
        **columns: Any,
    ) -> None:
        row = ItemRow(
            id=item,
            kind=kind,
            title=title,
            parent_id=parent,
            position=self._position,
            sounds=_sounds(title) if kind in SUGGESTED else "",
            answer=answer,
            pack=pack_of(item) or None,
            **columns,
        )
        self.session.add(row)
        self.session.flush()
        self._position += 1

    def cite(self, item: str, value: object) -> None:
        """Note every source key within the value, its own before those of its parts."""
        keys = dict.fromkeys(k for _, v in walk(value) for k in _own_sources(v))
        self.session.add_all(
            ItemSourceRow(item_id=item, position=position, source_key=key)
            for position, key in enumerate(keys)
        )


def _sounds(title: str) -> str:
    return " ".join(lazy_pinyin(letters(title), errors=" ".join))


def _own_sources(value: object) -> tuple[str, ...]:
    sources: tuple[str, ...] = getattr(value, "sources", ())
    return sources


def _write_topic(
    items: _Items,
    topic: Topic,
    parent: str | None,
    above: str,
    pages: list[Page],
    paths: dict[str, str],
) -> None:
    items.add(topic.id, Kind.TOPIC, topic.title, parent, text=topic.summary)
    path = f"{above} › {topic.title}" if above else topic.title
    for child in topic.children:
        _write_topic(items, child, topic.id, path, pages, paths)
    for page in (p for p in pages if p.topic == topic.id):
        paths[page.id] = path
        items.pages.append(page)
        _write_page(items, page)


def _write_page(items: _Items, page: Page) -> None:
    items.add(
        page.id,
        kind_of(page),
        page.title,
        page.topic,
        region=page.region,
        as_of=page.as_of,
        text=_page_text(page),
        answer="" if isinstance(page, Term) else page.answer.plain,
        definition=encode(page),
        picture=page.picture if isinstance(page, Procedure) else None,
    )
    items.session.add_all(FormerIdRow(id=former, item_id=page.id) for former in page.former_ids)
    items.cite(page.id, page)
    for part, kind, title, text, value in _parts(page):
        items.add(
            part_id(page.id, part),
            kind,
            title,
            page.id,
            region=page.region,
            as_of=page.as_of,
            text=text,
        )
        items.cite(part_id(page.id, part), value)


def _page_text(page: Page) -> str:
    match page:
        case Article():
            return article_text(page)
        case Procedure():
            return procedure_text(page)
        case Answer(cut_off=True):
            return f"{short_text(page)}\n（{CUT_OFF}）"
        case _:
            return short_text(page)


def _parts(page: Page) -> Iterator[tuple[str, Kind, str, str, object]]:
    if isinstance(page, Article):
        for section in page.sections:
            yield section.id, Kind.SECTION, section.title, section_text(section), section
    elif isinstance(page, Procedure):
        for planned in make_plan(page, {}).steps:
            step = planned.step
            yield step.id, Kind.STEP, step.title, step_text(planned), step


def _write_passages(
    session: Session, drafts: list[tuple[PassageDraft, str]], segmenter: Segmenter
) -> None:
    writer = IndexWriter(session, segmenter)
    for number, (draft, path) in enumerate(drafts, 1):
        title = f"{draft.title} {draft.heading}".strip()
        session.add(
            PassageRow(
                number=number,
                item_id=draft.item_id,
                kind=draft.kind,
                title=draft.title,
                heading=draft.heading,
                path=path,
                names="\n".join(draft.names),
                asked="\n".join(draft.asked),
                name_terms=name_terms((title, *draft.names, *draft.asked), segmenter),
                tells=" ".join(sorted(told_by(segmenter.lexicon.normalise(draft.body)))),
                body=draft.body,
                sources="\n".join(draft.sources),
            )
        )
        spoken = (draft.heading or draft.title, *draft.names)
        entry = Entry(
            title=title,
            names=draft.names,
            asked=draft.asked,
            body=draft.body,
            syllables=["".join(lazy_pinyin(name)) for name in (*spoken, *draft.asked)],
            initials=["".join(lazy_pinyin(name, style=Style.FIRST_LETTER)) for name in spoken],
        )
        writer.add(number, entry)
    writer.finish()


def _write_lexicon(
    session: Session,
    drafts: list[PassageDraft],
    untreated: list[UntreatedSubject],
    dictionaries: Path,
) -> Segmenter:
    """The word lists; they know what people ask in for what is not treated, too.

    Otherwise such words are read as others that sound alike.
    """
    texts = [t for d in drafts for t in (d.title, d.heading, *d.names, *d.asked, d.body)]
    texts += [question for subject in untreated for question in subject.questions]
    lexicon, sounds = make_lexicon(dictionaries, texts)
    session.add(LexiconRow(name=LEXICON, definition=lexicon.to_json()))
    session.add(LexiconRow(name=SOUNDS, definition=sounds.to_json()))
    session.flush()
    return Segmenter(lexicon)
