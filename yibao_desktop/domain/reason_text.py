"""Why something is in a plan, in words."""

from __future__ import annotations

from yibao_desktop.domain.reasons import Reasons


def reason_lines(reasons: Reasons) -> list[str]:
    """The answers it follows from, and the questions it still depends on; empty where neither."""
    lines = []
    if reasons.because:
        told = "；".join(
            f"“{a.question.text}”您选了“{'、'.join(o.label for o in a.chosen)}”"
            for a in reasons.because
        )
        lines.append(f"为什么有这一条：{told}")
    if reasons.depends_on:
        asked = "；".join(f"“{q.text}”" for q in reasons.depends_on)
        lines.append(f"要不要，看这个问题的回答：{asked}")
    return lines
