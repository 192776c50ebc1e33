"""Procedures as pure data: what is asked, what is done in which order, with which papers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from yibao_desktop.domain.guide.facts import Fact
from yibao_desktop.domain.guide.pictures import Picture
from yibao_desktop.domain.guide.text import NO_TEXT, RichText
from yibao_desktop.domain.procedure.conditions import Condition

CHANNEL = "channel"
"""Id of the built-in question which channel to use."""

UNSURE = "unsure"
"""The answer 不清楚, possible for every question.

It keeps all branches, or takes the route its question recommends.
"""

UNSURE_LABEL = "不清楚"

StepKind = Literal["prepare", "do", "visit", "submit", "wait", "collect", "check"]
QuestionKind = Literal["one", "many", "region", "date"]
GroupKind = Literal["seq", "all", "any"]
MaterialForm = Literal["original", "copy", "electronic", "photo", "form"]
ChannelKind = Literal["app", "mini", "web", "phone", "hall", "bank"]
LineKind = Literal["do", "caution", "note"]
OutcomeKind = Literal["done", "ask", "elsewhere"]

STEP_NAMES: dict[StepKind, str] = {
    "prepare": "准备",
    "do": "操作",
    "visit": "跑一趟",
    "submit": "提交",
    "wait": "等待",
    "collect": "领取",
    "check": "核对",
}


CHANNEL_PICTURES: dict[ChannelKind, Picture] = {
    "app": "mobile-phone",
    "mini": "mobile-phone",
    "web": "web-page",
    "phone": "telephone",
    "hall": "service-counter",
    "bank": "bank-card",
}
"""Where or with what each kind of channel is used."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sourced statement such as a fee or how long something takes."""

    text: RichText
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose from.

    Attributes:
        picture: what it looks like, as the name of an icon; None where it needs no picture.
    """

    id: str
    label: str
    hint: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked of the user before the plan is known.

    Attributes:
        why: why it is asked, for the user.
        options: the answers; filled in by the engine for ``channel`` and for groups.
        ask_if: asked only where this may hold; an answer no longer asked for is masked, not lost.
        how_to_find_out: shown with 不清楚.
        recommended: id of the option 不清楚 is taken for, where the question is about the user's
            wishes (a route) and not about facts; empty where 不清楚 leaves everything open.
    """

    id: str
    text: str
    why: RichText = NO_TEXT
    kind: QuestionKind = "one"
    options: tuple[Option, ...] = ()
    ask_if: Condition | None = None
    how_to_find_out: RichText = NO_TEXT
    recommended: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a step: one action, one thing to beware of, or a remark.

    Attributes:
        when: said only where this holds.
    """

    kind: LineKind
    text: RichText
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What may go wrong at a step, and what to do then."""

    symptom: RichText
    actions: tuple[RichText, ...]


@dataclass(frozen=True, slots=True)
class MenuPath:
    """A way through an app's menus; several of them are tried in turn (找不到时试试)."""

    labels: tuple[str, ...]
    sources: tuple[str, ...]
    note: RichText = NO_TEXT


@dataclass(frozen=True, slots=True)
class Material:
    """A paper or thing the user must have.

    Attributes:
        form: in which form it is wanted; None where the sources do not say.
        copies: how many; None where the sources do not say.
        any_of: names of which one is enough.
        some_places: only some places ask for it.
        when: needed only where this holds.
        picture: what it looks like; None where there is no drawing of it.
    """

    id: str
    name: str
    sources: tuple[str, ...]
    form: MaterialForm | None = None
    copies: int | None = None
    spec: RichText = NO_TEXT
    why: RichText = NO_TEXT
    how_to_get: RichText = NO_TEXT
    any_of: tuple[str, ...] = ()
    some_places: bool = False
    when: Condition | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A way of doing the procedure, such as an app, a counter or the telephone.

    Attributes:
        visits: how often one must go somewhere; None where the sources do not say.
        proxy_ok: whether somebody else may do it; None where the sources do not say.
        face_scan: whether the person's face is scanned; None where the sources do not say.
    """

    id: str
    kind: ChannelKind
    name: str
    sources: tuple[str, ...]
    summary: RichText = NO_TEXT
    when: Condition | None = None
    fee: Statement | None = None
    time: Statement | None = None
    visits: int | None = None
    proxy_ok: bool | None = None
    face_scan: bool | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do and tick off; ``id`` is unique within the procedure.

    Attributes:
        title: begins with a verb.
        materials: ids of the procedure's materials needed here.
        done_when: how one knows it is done.
        paths: ways through an app's menus.
        copy_text: text worth copying, such as a telephone number or a search word.
        picture: where or with what it is done; None where there is no drawing of it.
    """

    id: str
    title: str
    kind: StepKind
    lines: tuple[Line, ...]
    sources: tuple[str, ...]
    when: Condition | None = None
    optional: bool = False
    materials: tuple[str, ...] = ()
    fee: Statement | None = None
    time: Statement | None = None
    done_when: RichText = NO_TEXT
    fails: tuple[Failure, ...] = ()
    paths: tuple[MenuPath, ...] = ()
    copy_text: tuple[str, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Steps belonging together.

    ``seq`` is one after the other, ``all`` any order (可同时办), ``any`` one of them (任选其一).
    An ``any`` group is also a built-in question with the group's id and ``why``.
    """

    id: str
    kind: GroupKind
    children: tuple[Group | Step, ...]
    title: str = ""
    why: RichText = NO_TEXT
    how_to_find_out: RichText = NO_TEXT
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a way through the procedure ends.

    Attributes:
        kind: ``done`` it is got, ``ask`` ask locally first, ``elsewhere`` another page helps.
        go_to: id of the page that helps, where there is one.
    """

    id: str
    kind: OutcomeKind
    title: str
    text: RichText
    sources: tuple[str, ...]
    when: Condition | None = None
    go_to: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """How long something is said to take, counted from a step's completion: never a deadline.

    Attributes:
        after: id of the step whose completion starts it.
        fact: id of one of the procedure's facts of kind ``duration``.
    """

    id: str
    title: str
    after: str
    fact: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A limit a source states.

    Attributes:
        start: id of the question of kind ``date`` whose answer starts it.
        fact: id of one of the procedure's facts of kind ``duration``.
        hard: whether the right is lost afterwards.
        past_means: what must have been answered once the limit is over; where something else was,
            the day and that answer contradict each other.
    """

    id: str
    title: str
    start: str
    fact: str
    hard: bool
    consequence: RichText
    sources: tuple[str, ...]
    past_means: Condition | None = None


@dataclass(frozen=True, slots=True)
class Faq:
    """A question about the procedure with its answer."""

    question: str
    answer: RichText
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """A thing to get done, led through step by step.

    Attributes:
        answer: one sentence that answers how it is done.
        situations: when one needs it, in the words of a user.
        result_name: what one holds in the end.
        audience: for whom it is.
        sources: its main source keys, at most three.
        silent: names of what the sources do not tell about the whole procedure.
        reviewed_on: when an editor last compared it with the sources.
        former_ids: ids of pages it has taken the place of; bookmarks with them lead to it.
        picture: by which it is told from the others; None where there is no drawing of it.
    """

    id: str
    title: str
    topic: str
    answer: RichText
    result_name: str
    flow: Group
    outcomes: tuple[Outcome, ...]
    sources: tuple[str, ...]
    reviewed_on: datetime.date
    aliases: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    audience: RichText = NO_TEXT
    questions: tuple[Question, ...] = ()
    channels: tuple[Channel, ...] = ()
    materials: tuple[Material, ...] = ()
    expected: tuple[Expected, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    faqs: tuple[Faq, ...] = ()
    facts: tuple[Fact, ...] = ()
    silent: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    region: str | None = None
    as_of: int | None = None
    order: int = 100
    former_ids: tuple[str, ...] = ()
    picture: Picture | None = None

    def material(self, material_id: str) -> Material:
        """The material with this id; ``KeyError`` where there is none."""
        return _by_id(self.materials, material_id)

    def channel(self, channel_id: str) -> Channel:
        """The channel with this id; ``KeyError`` where there is none."""
        return _by_id(self.channels, channel_id)

    def fact(self, fact_id: str) -> Fact:
        """The fact with this id; ``KeyError`` where there is none."""
        return _by_id(self.facts, fact_id)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Identified)


def _by_id(items: tuple[_Item, ...], wanted: str) -> _Item:
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)
