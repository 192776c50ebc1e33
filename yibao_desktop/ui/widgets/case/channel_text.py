"""What is known of a way a procedure can go, to compare it with the others."""

from __future__ import annotations

from collections.abc import Callable

from yibao_desktop.domain.guide.sources import SILENT
from yibao_desktop.domain.procedure.model import CHANNEL, Channel, Procedure
from yibao_desktop.domain.procedure.plan import make_plan


def channel_text(channel: Channel, procedure: Procedure) -> str:
    """What is known of a channel, a line each; what is known of none is not mentioned."""
    lines = [channel.summary.plain]
    for name, of in _COMPARED.items():
        if any(of(c) for c in procedure.channels):
            lines.append(f"{name}：{of(channel) or SILENT}")
    papers = len(make_plan(procedure, {CHANNEL: (channel.id,)}).materials)
    if papers:
        lines.append(f"材料：{papers} 样")
    return "\n".join(line for line in lines if line)


def _visits(channel: Channel) -> str:
    if channel.visits is None:
        return ""
    return f"{channel.visits} 趟" if channel.visits else "不用出门"


def _yes_or_no(value: bool | None, yes: str, no: str) -> str:
    return "" if value is None else yes if value else no


_COMPARED: dict[str, Callable[[Channel], str]] = {
    "费用": lambda c: c.fee.text.plain if c.fee else "",
    "时间": lambda c: c.time.text.plain if c.time else "",
    "要跑几趟": _visits,
    "刷脸": lambda c: _yes_or_no(c.face_scan, "要", "不用"),
    "代办": lambda c: _yes_or_no(c.proxy_ok, "可以请人代办", "要本人办"),
}
"""What channels are compared by; an empty text is not known."""
