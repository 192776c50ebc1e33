"""What was done to a case, as it is called when it is taken back."""

from __future__ import annotations

from yibao_desktop.domain.records.case import MaterialState
from yibao_desktop.domain.records.commands import (
    Accept,
    Acknowledge,
    Answer,
    Archive,
    CaseCommand,
    Finish,
    Note,
    Rename,
    Reopen,
    SetDoneDay,
    SetMaterial,
    SetReceipt,
    Tick,
    Unarchive,
)

_NAMES: dict[type[CaseCommand], str] = {
    Answer: "改回答",
    SetDoneDay: "改日期",
    Note: "记一笔",
    SetReceipt: "写受理编号",
    Rename: "改称呼",
    Finish: "记成办好了",
    Archive: "收起来",
    Unarchive: "拿出来",
    Reopen: "重新打开",
    Acknowledge: "“知道了”",
}


def done_text(command: CaseCommand) -> str:
    """A few words, as after “撤销了：”."""
    match command:
        case Tick(done=done):
            return "给一步打勾" if done else "去掉一步的勾"
        case SetMaterial(state=state):
            return "给材料打勾" if state is MaterialState.HAVE else "去掉材料的勾"
        case Accept(accepted=accepted):
            return "记下受理" if accepted else "去掉受理"
        case _:
            return _NAMES[type(command)]
