"""Why something is in a plan, in words."""

from __future__ import annotations

from collections.abc import Container

from yibao_desktop.domain.procedure.reasons import Reasons


def reason_lines(reasons: Reasons, understood: Container[str] = ()) -> list[str]:
    """The answers it follows from, and the questions it still depends on; empty where neither.

    Args:
        reasons: why it is there.
        understood: ids of questions that need not be told, because everything depends on them.
    """
    lines = []
    told = [a for a in reasons.because if a.question.id not in understood]
    for assumed, said in ((False, "因为您选了"), (True, "您说不清楚，先照")):
        answers = ["、".join(o.label for o in a.chosen) for a in told if a.assumed is assumed]
        if answers:
            lines.append(f"{said}：{'；'.join(answers)}")
    asked = [q.text for q in reasons.depends_on if q.id not in understood]
    if asked:
        lines.append(f"要不要，看这个问题的回答：{'；'.join(asked)}")
    return lines
