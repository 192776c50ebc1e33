"""What is asked of the user, and what the answers given so far mean.

An answer to a question that is no longer asked is masked, never erased: it counts again as soon
as the question does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from itertools import combinations

from yibao_desktop.clock import LAST_YEAR
from yibao_desktop.domain.procedure.answers import Answers
from yibao_desktop.domain.procedure.conditions import (
    PERHAPS,
    Condition,
    Reply,
    Truth,
    evaluate,
    references,
)
from yibao_desktop.domain.procedure.flow import placed_choices, placed_steps
from yibao_desktop.domain.procedure.model import (
    CHANNEL,
    CHANNEL_PICTURES,
    UNSURE,
    Option,
    Procedure,
    Question,
    Step,
)
from yibao_desktop.errors import UserError

FIRST_DAY_YEAR = 1900
"""Days before are none anybody gives."""

CHANNEL_TEXT = "您想用哪种办法办？"


def all_questions(procedure: Procedure) -> tuple[Question, ...]:
    """The procedure's own questions, the channel, and one for each ``any`` group."""
    asked = [
        replace(q, options=_channel_options(procedure)) if q.id == CHANNEL else q
        for q in procedure.questions
    ]
    if len(procedure.channels) > 1 and all(q.id != CHANNEL for q in asked):
        asked.append(Question(CHANNEL, CHANNEL_TEXT, options=_channel_options(procedure)))
    for placed in placed_choices(procedure.flow):
        group = placed.group
        options = tuple(Option(child.id, child.title) for child in group.children)
        asked.append(
            Question(
                group.id,
                group.title,
                why=group.why,
                options=options,
                ask_if=placed.guard,
                how_to_find_out=group.how_to_find_out,
            )
        )
    return tuple(asked)


def _channel_options(procedure: Procedure) -> tuple[Option, ...]:
    return tuple(
        Option(c.id, c.name, c.summary.plain, CHANNEL_PICTURES[c.kind]) for c in procedure.channels
    )


class Interview:
    """Answers to one procedure's questions, and what follows from them."""

    def __init__(self, procedure: Procedure, answers: Answers) -> None:
        self.procedure = procedure
        self.answers = answers
        self.questions = all_questions(procedure)
        self.placed = tuple(placed_steps(procedure.flow))
        self._by_id = {q.id: q for q in self.questions}
        self._channels = {c.id: c for c in procedure.channels}

    def answering(self, question_id: str, answer: tuple[str, ...]) -> Interview:
        """The same interview with one more answer."""
        further = copy(self)
        further.answers = {**self.answers, question_id: answer}
        return further

    def truth(self, condition: Condition | None) -> Truth:
        """Truth of a condition under the answers given so far."""
        return evaluate(condition, self._believed)

    def _believed(self, question_id: str) -> Reply:
        """The reply as conditions see it: not settled while it is open whether it is asked for."""
        question = self._by_id.get(question_id)
        if question is None:
            return self._only_channel(question_id)
        asked = self.truth(question.ask_if)
        if asked is Truth.NO:
            return frozenset()
        given = self._given(question)
        return given | {PERHAPS} if given and asked is Truth.MAYBE else given

    def reply(self, question_id: str) -> Reply:
        """What the question was answered with; empty where it does not apply.

        不清楚 is the route the question recommends, or unknown where it recommends none.
        """
        believed = self._believed(question_id)
        return believed - {PERHAPS} if believed else believed

    def _given(self, question: Question) -> Reply:
        answer = self.answers.get(question.id)
        if answer is not None and UNSURE in answer:
            answer = (question.recommended,) if question.recommended else None
        if answer is None:
            return None
        known = self._still_offered(question, answer)
        return frozenset(known) if known or not answer else None

    def _still_offered(self, question: Question, answer: tuple[str, ...]) -> tuple[str, ...]:
        """What of an answer can still be chosen; the guide may have changed since it was given."""
        if not question.options:
            return answer
        offered = {option.id for option in self.options(question)}
        return tuple(option for option in answer if option in offered)

    def options(self, question: Question) -> tuple[Option, ...]:
        """The options to offer: channels in their order, without those out of question."""
        if question.id != CHANNEL:
            return question.options
        order = list(self._channels)
        offered = (o for o in question.options if self._offered(o.id))
        return tuple(sorted(offered, key=lambda option: order.index(option.id)))

    def assumed_questions(self) -> tuple[Question, ...]:
        """Questions answered with 不清楚 for which the route recommended is taken."""
        return tuple(
            q
            for q in self.live_questions()
            if UNSURE in self.answers.get(q.id, ()) and self.reply(q.id)
        )

    def wanted(self, step: Step) -> frozenset[str]:
        """Ids of the papers a step needs, as far as the answers rule none out."""
        papers = (self.procedure.material(material) for material in step.materials)
        return frozenset(p.id for p in papers if self.truth(p.when) is not Truth.NO)

    def live_questions(self) -> tuple[Question, ...]:
        """Questions that apply or may apply."""
        return tuple(q for q in self.questions if self.truth(q.ask_if) is not Truth.NO)

    def open_questions(self) -> tuple[Question, ...]:
        """Live questions not answered yet whose own conditions are settled or left unsure."""
        return tuple(
            q
            for q in self.live_questions()
            if not self._answered(q.id) and all(self._answered(i) for i, _ in references(q.ask_if))
        )

    def _answered(self, question_id: str) -> bool:
        return UNSURE in self.answers.get(question_id, ()) or self.reply(question_id) is not None

    def _offered(self, channel_id: str) -> bool:
        channel = self._channels.get(channel_id)
        return channel is not None and self.truth(channel.when) is not Truth.NO

    def _only_channel(self, question_id: str) -> Reply:
        if question_id == CHANNEL and len(self._channels) == 1:
            return frozenset(self._channels)
        return frozenset()


def checked_answers(procedure: Procedure, answers: Answers) -> Answers:
    """The answers, if every one fits its question.

    Raises:
        UserError: a question or an option does not exist, or one answer was wanted.
    """
    questions = {q.id: q for q in all_questions(procedure)}
    for question_id, answer in answers.items():
        question = questions.get(question_id)
        if question is None:
            known = "、".join(questions) or "（没有要问的）"
            raise UserError(
                f"「{procedure.title}」没有问题“{question_id}”。", f"可以回答的问题：{known}。"
            )
        _check_answer(question, answer)
    return answers


def _check_answer(question: Question, answer: tuple[str, ...]) -> None:
    if answer == (UNSURE,):
        return
    if question.kind != "many" and len(answer) != 1:
        raise UserError(f"“{question.id}”只能选一个答案。", "请只写一次。")
    if question.kind == "date":
        _check_date(question.id, answer[0])
        return
    known = [o.id for o in question.options]
    for option in answer:
        if known and option not in known:
            raise UserError(
                f"“{question.id}”没有选项“{option}”。", f"可选：{'、'.join([*known, UNSURE])}。"
            )


def _check_date(question_id: str, text: str) -> None:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise UserError(
            f"“{question_id}”要填日期，“{text}”不是。", "请写成“年-月-日”，例如 2025-04-23。"
        ) from None
    refuse_implausible(day)


def date_of(answer: tuple[str, ...]) -> datetime.date | None:
    """The day a question of kind ``date`` was answered with; None while it was not."""
    try:
        day = datetime.date.fromisoformat(answer[0]) if answer else None
    except ValueError:  # 不清楚, or given when the guide still asked for something else
        return None
    return day if day and is_plausible(day) else None


def refuse_implausible(day: datetime.date) -> None:
    """Let only days pass that may be meant.

    Raises:
        UserError: the year cannot be right.
    """
    if not is_plausible(day):
        raise UserError(
            f"{day.year} 年不像是对的。", f"请填 {FIRST_DAY_YEAR} 年到 {LAST_YEAR} 年之间的日子。"
        )


def is_plausible(day: datetime.date) -> bool:
    """Whether a day may be meant: spans can be counted from it, and people remember it."""
    return FIRST_DAY_YEAR <= day.year <= LAST_YEAR


def completions(procedure: Procedure, answers: Answers) -> Iterator[Answers]:
    """Every way of answering what is still open or unsure; the answers given stay."""
    for interview in ways(Interview(procedure, answers)):
        yield interview.answers


def ways(interview: Interview) -> Iterator[Interview]:
    """The same as interviews, which share all that does not depend on the answers."""
    undecided = next((q for q in interview.live_questions() if interview.reply(q.id) is None), None)
    if undecided is None:
        yield interview
        return
    for reply in _possible_replies(interview, undecided):
        yield from ways(interview.answering(undecided.id, reply))


def _possible_replies(interview: Interview, question: Question) -> list[tuple[str, ...]]:
    options = [o.id for o in interview.options(question)]
    if question.kind == "many":
        sizes = range(len(options) + 1)
        return [chosen for size in sizes for chosen in combinations(options, size)]
    # Conditions cannot look into a date or an unlisted region: one stands for all.
    return [(option,) for option in options] or [("",)]
