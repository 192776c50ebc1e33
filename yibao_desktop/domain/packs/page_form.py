"""The forms of a page of one's own: 问答, 文章, and 办事 as a list of cards."""

from __future__ import annotations

from dataclasses import dataclass

from yibao_desktop.domain.packs.draft import HEAD, CardKind, Draft, DraftKind, Edit, EditKind
from yibao_desktop.domain.packs.form_fields import (
    MAY_BE_EMPTY,
    Choices,
    FormField,
    FormGroup,
    PartForm,
    added_channel,
    added_material,
    added_outcome,
    added_question,
    added_question_asked,
    added_section,
    added_step,
    conditions,
    option_keys,
)
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.procedure.interview import CHANNEL_TEXT
from yibao_desktop.domain.procedure.model import CHANNEL

_TITLES = {
    DraftKind.ANSWER: ("问题，就是这一页的题目", "例如：春水市的卡在哪里补"),
    DraftKind.ARTICLE: ("题目", "例如：春水市补卡指南"),
    DraftKind.PROCEDURE: ("办什么事", "例如：在春水市补卡"),
}
_CONDITION_HINT = "只有一部分人要的，在那一张里选“只有回答〔…〕是〔…〕”。"
_NAMED_BY: dict[EditKind, str] = {
    PartKind.QUESTION: "text",
    PartKind.CHANNEL: "name",
    PartKind.MATERIAL: "name",
}
_COUNTED: dict[EditKind, str] = {
    PartKind.QUESTION: "个问题",
    PartKind.CHANNEL: "种办法",
    PartKind.MATERIAL: "样材料",
    PartKind.STEP: "步",
    PartKind.OUTCOME: "种结果",
    CardKind.SECTION: "节",
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What of the guide a page can name.

    Attributes:
        topics: id and title of every topic, those above it before.
        pages: id and title of every page.
    """

    topics: Choices
    pages: Choices


def page_groups(draft: Draft, catalogue: Catalogue) -> tuple[FormGroup, ...]:
    """Every form of a page of one's own, in the order one reads it."""
    head = FormGroup(CardKind.HEAD, "这一页", (_head(draft, catalogue),))
    if draft.kind is DraftKind.ARTICLE:
        return (head, _group(draft, CardKind.SECTION, "正文，一节一节写", "加一节"))
    if draft.kind is not DraftKind.PROCEDURE:
        return (head,)
    asked = "指南先问清楚，再告诉人怎么办；不用问的就不加。"
    first = "排在最前的一种，是不清楚的人先照着办的；只有一种办法就不加。"
    return (
        head,
        _group(draft, PartKind.STEP, "一步一步怎么办", "加一步", _CONDITION_HINT),
        _group(draft, PartKind.MATERIAL, "要带的材料", "加一样材料"),
        _group(draft, PartKind.QUESTION, "要先问的", "加一个问题", asked),
        _group(draft, PartKind.CHANNEL, "有哪几种办法", "加一种办法", first),
        _group(draft, PartKind.OUTCOME, "最后会怎样", "加一种结果", "每种回答都要有一个结果。"),
    )


def _group(draft: Draft, kind: EditKind, heading: str, add: str, hint: str = "") -> FormGroup:
    forms = tuple(page_form(draft, edit) for edit in draft.parts(kind))
    return FormGroup(kind, heading, forms, hint, add, ordered=True)


def part_name(draft: Draft, edit: Edit) -> str:
    """What a part is called in a list: by its words, or else by its number."""
    typed = edit.texts.get(_NAMED_BY.get(edit.kind, "title"), "").strip()
    number = [other.target for other in draft.parts(edit.kind)].index(edit.target) + 1
    return typed or f"第 {number} {_COUNTED[edit.kind]}"


def page_form(draft: Draft, edit: Edit) -> PartForm:
    """The form of one part."""
    name, target = part_name(draft, edit), edit.target
    match edit.kind:
        case PartKind.MATERIAL:
            steps = tuple((e.target, part_name(draft, e)) for e in draft.parts(PartKind.STEP))
            return added_material(target, name, steps, _when(draft, "要"))
        case PartKind.STEP:
            return added_step(target, name, _when(draft, "办"))
        case PartKind.QUESTION:
            return added_question(target, name, option_keys(edit), _when(draft, "问", target))
        case PartKind.CHANNEL:
            return added_channel(target, name, _when(draft, "有", CHANNEL))
        case PartKind.OUTCOME:
            return added_outcome(target, name, _when(draft, "是"))
        case CardKind.SECTION:
            return added_section(target, name)
    raise KeyError(edit.kind)


def _when(draft: Draft, verb: str, but: str = "") -> Choices:
    asked = [added_question_asked(edit) for edit in draft.parts(PartKind.QUESTION)]
    channels = draft.parts(PartKind.CHANNEL)
    if len(channels) > 1:
        named = tuple((edit.target, part_name(draft, edit)) for edit in channels)
        asked.append((CHANNEL, CHANNEL_TEXT, named))
    return conditions([one for one in asked if one[0] != but], verb)


def _head(draft: Draft, catalogue: Catalogue) -> PartForm:
    label, example = _TITLES[draft.kind]
    result = FormField("result", "办成以后手里有什么", hint="例如：一张新的卡")
    text = FormField("text", "再说清楚些", hint="一行一段；“- ”“1. ”开头的是一条条的", long=True)
    more = {DraftKind.ANSWER: (text,), DraftKind.PROCEDURE: (result,)}.get(draft.kind, ())
    fields = (
        FormField("title", label, hint=example),
        FormField("answer", "一句话先答", hint="直接回答，最多六十个字", long=True),
        *more,
        FormField("topic", "挂在哪个主题下", choices=(("", "请选一个主题"), *catalogue.topics)),
        FormField("related", "看完还能去哪里", choices=(("", "请选一页"), *catalogue.pages)),
        FormField("asked", "大家会怎么问", hint=f"一行一句，{MAY_BE_EMPTY}", long=True),
    )
    return PartForm(CardKind.HEAD, HEAD, "这一页", fields, is_whole=True)
