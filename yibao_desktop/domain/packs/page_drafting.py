"""What a draft of a page of one's own comes to: the page, as seeds of the guide would have it."""

from __future__ import annotations

import datetime
from dataclasses import replace

from yibao_desktop.domain.guide.items import Answer, Article
from yibao_desktop.domain.guide.text import RichText
from yibao_desktop.domain.packs.draft import HEAD, CardKind, Draft, DraftKind
from yibao_desktop.domain.packs.new_parts import NewParts
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.packs.typed_reader import FieldFault, TypedReader
from yibao_desktop.domain.procedure.interview import CHANNEL_TEXT
from yibao_desktop.domain.procedure.model import CHANNEL, Group, Procedure, Question

_ONE_WAY = 1


class PageDrafting:
    """Makes the page of one draft.

    Attributes:
        page: what it comes to, however much of it is still to be filled in.
        asked: what people ask when it is the answer.
        faults: what cannot be understood or is missing.
    """

    def __init__(self, draft: Draft, today: datetime.date) -> None:
        """``today`` is when a procedure was last compared with its source."""
        self._draft = draft
        self._today = today
        self._reader = TypedReader(draft, tuple)
        self._parts = NewParts(self._reader)
        self._head = draft.edit(CardKind.HEAD, HEAD)
        self.fields = self._reader.fields
        typed = self._head.texts.get("asked", "").splitlines()
        self.asked = tuple(" ".join(line.split()) for line in typed if line.strip())
        self.page = self._page()
        self.faults: list[FieldFault] = self._reader.faults

    def _page(self) -> Article | Answer | Procedure:
        made: Article | Answer | Procedure
        match self._draft.kind:
            case DraftKind.ARTICLE:
                made = self._article()
            case DraftKind.PROCEDURE:
                made = self._procedure()
            case _:
                made = self._answer()
        return replace(made, facts=tuple(self._reader.new_facts))

    def _title(self) -> str:
        return self._reader.title(self._head, "title", "题目") or self._draft.heading

    def _first(self) -> RichText:
        return self._reader.needed(self._head, "answer", "一句话先答")

    def _topic(self) -> str:
        return self._reader.choice(self._head, "topic", "选一下挂在哪个主题下")

    def _related(self) -> tuple[str, ...]:
        chosen = self._reader.choice(self._head, "related", "选一下看完还能去哪一页")
        return (chosen,) if chosen else ()

    def _answer(self) -> Answer:
        return Answer(
            id=self._draft.own_page,
            title=self._title(),
            answer=self._first(),
            text=self._reader.body(self._head, "text", "正文"),
            topic=self._topic(),
            related=self._related(),
            sources=self._reader.sources,
            region=self._draft.region or None,
            cut_off=False,
        )

    def _article(self) -> Article:
        title, answer = self._title(), self._first()
        sections = tuple(self._parts.section(edit) for edit in self._draft.parts(CardKind.SECTION))
        if not sections:
            self._reader.fault(self._head, "", "正文一节也没有，请在下面加一节")
        return Article(
            id=self._draft.own_page,
            title=title,
            answer=answer,
            sections=sections,
            topic=self._topic(),
            related=self._related(),
            sources=self._reader.sources,
            region=self._draft.region or None,
        )

    def _procedure(self) -> Procedure:
        draft, parts = self._draft, self._parts
        materials = tuple(parts.material(edit) for edit in draft.parts(PartKind.MATERIAL))
        steps = tuple(parts.step(edit) for edit in draft.parts(PartKind.STEP))
        channels = tuple(parts.channel(edit) for edit in draft.parts(PartKind.CHANNEL))
        questions = [parts.question(edit) for edit in draft.parts(PartKind.QUESTION)]
        if len(channels) > _ONE_WAY:
            questions.append(Question(CHANNEL, CHANNEL_TEXT, recommended=channels[0].id))
        outcomes = tuple(parts.outcome(edit) for edit in draft.parts(PartKind.OUTCOME))
        self._refuse_none(steps, "一个步骤也没有，请在下面加一步")
        self._refuse_none(outcomes, "一种结果也没有，请在下面加一种")
        return Procedure(
            id=draft.own_page,
            title=self._title(),
            answer=self._first(),
            result_name=self._reader.title(self._head, "result", "办成以后手里有什么"),
            topic=self._topic(),
            related=self._related(),
            flow=Group(f"{draft.prefix}steps", "seq", steps),
            outcomes=outcomes,
            questions=tuple(questions),
            channels=channels,
            materials=materials,
            expected=tuple(parts.expected),
            sources=self._reader.sources,
            reviewed_on=self._today,
            region=draft.region or None,
        )

    def _refuse_none(self, parts: tuple[object, ...], message: str) -> None:
        if not parts:
            self._reader.fault(self._head, "", message)
