"""Writes what passages and typical questions mean, and what can be learnt from the questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from yibao_desktop.content.passages import PassageDraft
from yibao_desktop.domain.guide.untreated import UntreatedSubject
from yibao_desktop.search.meaning import Encoder
from yibao_desktop.search.meanings import packed
from yibao_desktop.search.recogniser import Example, grams, learn, to_data
from yibao_desktop.search.segmenter import Segmenter
from yibao_desktop.store.content_models import PassageMeaningRow, RecogniserRow, UntreatedRow

READ = 400
"""So many characters of a passage say what it is about."""


def write_meanings(
    session: Session,
    drafts: Sequence[PassageDraft],
    untreated: Sequence[UntreatedSubject],
    encoder: Encoder,
    segmenter: Segmenter,
) -> None:
    """Fill the tables search by meaning rests on; passages are numbered from 1 as they come."""
    normalise = segmenter.lexicon.normalise
    titles = encoder.encode([normalise(_title(draft)) for draft in drafts])
    bodies = encoder.encode([normalise(draft.body)[:READ] for draft in drafts])
    session.add_all(
        PassageMeaningRow(number=number, title=packed(title), body=packed(body))
        for number, (title, body) in enumerate(zip(titles, bodies, strict=True), 1)
    )
    session.add_all(
        UntreatedRow(id=subject.id, position=position, title=subject.title)
        for position, subject in enumerate(untreated)
    )
    examples = list(_examples(drafts, untreated, segmenter))
    if examples:
        texts = [example.text for example in examples]
        learnt = learn(examples, [grams(text, segmenter) for text in texts], encoder.encode(texts))
        session.add(RecogniserRow(version=encoder.version, data=to_data(learnt)))
    session.flush()


def _examples(
    drafts: Sequence[PassageDraft], untreated: Sequence[UntreatedSubject], segmenter: Segmenter
) -> Iterator[Example]:
    """What leads to each passage that has typical questions, and to each untreated subject."""
    normalise = segmenter.lexicon.normalise
    for number, draft in enumerate(drafts, 1):
        if draft.asked:
            for text in (_title(draft), *draft.names, *draft.asked):
                yield Example(normalise(text), number)
    for position, subject in enumerate(untreated):
        for question in subject.questions:
            yield Example(normalise(question), -1 - position, subject.outside)


def _title(draft: PassageDraft) -> str:
    return f"{draft.title} {draft.heading}".strip()
