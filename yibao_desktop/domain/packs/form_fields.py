"""What forms are made of: fields, forms of parts, and parts of one kind below a heading."""

from __future__ import annotations

from dataclasses import dataclass

from yibao_desktop.domain.packs.draft import CardKind, Edit, EditKind
from yibao_desktop.domain.packs.overlay import PartKind
from yibao_desktop.domain.procedure.model import (
    STEP_NAMES,
    ChannelKind,
    OutcomeKind,
)

OPTION = "option-"
"""Keys of the fields that hold the choices of a question that was added begin with it."""

LINE_NAMES = {"do": "做什么", "caution": "当心", "note": "说明"}
CHANNEL_NAMES: dict[ChannelKind, str] = {
    "hall": "到窗口",
    "app": "手机应用",
    "mini": "小程序",
    "web": "网站",
    "phone": "打电话",
    "bank": "到银行",
}
OUTCOME_NAMES: dict[OutcomeKind, str] = {
    "done": "办成了",
    "ask": "要先问当地",
    "elsewhere": "不是这里办",
}
MAY_BE_EMPTY = "可以不填"
NOT_HERE = "当地不用这一样"

Choices = tuple[tuple[str, str], ...]
"""Value and name of each thing to choose from."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Attributes:
        key: its name among the texts of an edit.
        label: what stands above it.
        text: what it says as the guide has it.
        hint: shown while it is empty.
        long: whether it has room for several lines.
        choices: what there is to choose from; empty where one types.
        many: whether several of the choices may hold; their values stand with spaces between.
    """

    key: str
    label: str
    text: str = ""
    hint: str = ""
    long: bool = False
    choices: Choices = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class PartForm:
    """A part with its fields.

    Attributes:
        name: by which the part is known in a list.
        go: what the button says that takes it out; empty where it may not be.
        is_whole: whether it stands for the page itself, and can neither go nor be folded away.
        grows: whether the last field may be followed by one more of its kind, and what the button
            for that says; empty where it cannot.
    """

    kind: EditKind
    target: str
    name: str
    fields: tuple[FormField, ...]
    go: str = ""
    is_whole: bool = False
    grows: str = ""


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The parts of one kind.

    Attributes:
        heading: what stands above them.
        hint: what is to be known of them; empty for nothing.
        add: what the button that adds one says; empty where none can be added.
        ordered: whether those that were added can be moved up and down.
    """

    kind: EditKind
    heading: str
    forms: tuple[PartForm, ...]
    hint: str = ""
    add: str = ""
    ordered: bool = False


def added_material(target: str, name: str, steps: Choices, when: Choices) -> PartForm:
    """The form of a paper that is added."""
    fields = (
        FormField("name", "叫什么", hint="例如：补卡申请表"),
        FormField("spec", "什么样的、要几份", hint=MAY_BE_EMPTY),
        FormField("why", "为什么要", hint=MAY_BE_EMPTY),
        FormField("how_to_get", "哪里能拿到", hint=MAY_BE_EMPTY),
        FormField("step", "办哪一步时带", choices=steps, many=True),
        FormField("when", "什么时候要", choices=when),
    )
    return PartForm(PartKind.MATERIAL, target, name, fields)


def added_step(target: str, name: str, when: Choices, after: Choices = ()) -> PartForm:
    """The form of a step that is added; ``after`` are the steps of the guide it may follow."""
    place = (FormField("after", "接在哪一步后面", choices=after),) if after else ()
    wait = FormField("wait", "办完这一步要等多久", hint="例如：15 个工作日；不用等就空着")
    fields = (
        FormField("title", "这一步叫什么", hint="用动词开头，例如：到窗口交申请"),
        *place,
        FormField("kind", "是什么样的一步", choices=tuple(STEP_NAMES.items())),
        FormField("do", LINE_NAMES["do"], hint="一行一句", long=True),
        FormField("caution", LINE_NAMES["caution"], hint=f"一行一句，{MAY_BE_EMPTY}", long=True),
        FormField("note", LINE_NAMES["note"], hint=f"一行一句，{MAY_BE_EMPTY}", long=True),
        FormField("fee", "费用", hint="例如：工本费 20 元"),
        FormField("time", "要多久", hint="例如：当场就好"),
        *(() if after else (wait,)),
        FormField("done_when", "怎样算办好", hint=MAY_BE_EMPTY),
        FormField("when", "什么时候办", choices=when),
    )
    return PartForm(PartKind.STEP, target, name, fields)


def added_question(target: str, name: str, keys: tuple[str, ...], when: Choices) -> PartForm:
    """The form of a question that is added; ``keys`` are those of its choices."""
    fields = (
        FormField("text", "问什么", hint="例如：您丢的是哪一种卡？"),
        FormField("why", "为什么问", hint=MAY_BE_EMPTY, long=True),
        FormField("how_to_find_out", "不清楚的人怎么弄清楚", hint=MAY_BE_EMPTY, long=True),
        FormField("when", "什么时候问", choices=when),
        *(FormField(key, f"选项 {n}", hint="一种回答") for n, key in enumerate(keys, 1)),
    )
    return PartForm(PartKind.QUESTION, target, name, fields, grows="再加一个选项")


def added_channel(target: str, name: str, when: Choices) -> PartForm:
    """The form of a way to do it that is added."""
    fields = (
        FormField("name", "叫什么", hint="例如：到社保局窗口办"),
        FormField("kind", "用什么办", choices=tuple(CHANNEL_NAMES.items())),
        FormField("summary", "一句话说明", hint=MAY_BE_EMPTY),
        FormField("fee", "费用", hint=MAY_BE_EMPTY),
        FormField("time", "要多久", hint=MAY_BE_EMPTY),
        FormField("when", "什么时候有", choices=when),
    )
    return PartForm(PartKind.CHANNEL, target, name, fields)


def added_outcome(target: str, name: str, when: Choices) -> PartForm:
    """The form of a way it ends that is added."""
    fields = (
        FormField("title", "叫什么", hint="例如：新卡领到了"),
        FormField("kind", "是哪一种", choices=tuple(OUTCOME_NAMES.items())),
        FormField("text", "这时候怎么办", hint="一句话", long=True),
        FormField("when", "什么时候是这样", choices=when),
    )
    return PartForm(PartKind.OUTCOME, target, name, fields)


def added_section(target: str, name: str) -> PartForm:
    """The form of a section that is added."""
    fields = (
        FormField("title", "小标题"),
        FormField("text", "正文", hint="一行一段；“- ”“1. ”开头的是一条条的", long=True),
    )
    return PartForm(CardKind.SECTION, target, name, fields)


def option_keys(edit: Edit) -> tuple[str, ...]:
    """Keys of the choices of a question that was added, two at least."""
    found = {key for key in edit.texts if key.startswith(OPTION)}
    return tuple(sorted({*found, f"{OPTION}1", f"{OPTION}2"}, key=lambda key: (len(key), key)))


def conditions(asked: list[tuple[str, str, Choices]], verb: str) -> Choices:
    """只有回答〔…〕是〔…〕才…: every one there is, behind 都….

    Args:
        asked: id, words and choices of each question.
        verb: what is done only then, such as 办.
    """
    always = f"都{verb}"
    given = [
        (f"{question}={option}", f"只有回答〔{text}〕是〔{label}〕才{verb}")
        for question, text, options in asked
        for option, label in options
    ]
    return (("", always), *given)


def added_question_asked(edit: Edit) -> tuple[str, str, Choices]:
    """A question that was added, as conditions name it."""
    text = edit.texts.get("text", "").strip() or "新加的问题"
    options = tuple(
        (key, label) for key in option_keys(edit) if (label := edit.texts.get(key, "").strip())
    )
    return edit.target, text, options
