"""Figures as a table one can read in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.evaluation.measures import Answered, Kind, Worth

COLUMNS = ("n", "s@1", "s@3", "s@5", "mrr", "direct", "honest")
TOLD = 0.005
"""A change smaller than this is none."""


def table(kinds: Iterable[Kind]) -> str:
    """A line for each kind of question."""
    lines = [f"{'':12}" + "".join(f"{name:>8}" for name in COLUMNS)]
    for kind in kinds:
        figures = kind.figures()
        cells = (f"{figures[name]:>8g}" if name in figures else f"{'':8}" for name in COLUMNS)
        lines.append(f"{kind.name:12}" + "".join(cells))
    return "\n".join(lines)


def worth_table(worths: Iterable[Worth]) -> str:
    """What each part is worth: a line with everything, and one for each that is left out."""
    lines = [f"{'left out':18}{'typical':>16}{'train':>16}{'direct':>8}"]
    for worth in worths:
        shares = (*worth.typical, *worth.asked, worth.direct)
        lines.append(f"{worth.without or '—':18}" + "".join(f"{share:8.3f}" for share in shares))
    return "\n".join(lines)


def worst_table(answers: Iterable[Answered]) -> str:
    """The worst answers, a line each."""
    lines = ["the worst:"]
    for answer in answers:
        wanted = " ".join(sorted(answer.want)[:2]) or "no answer"
        lines.append(
            f"  {answer.question} → {answer.first} ({answer.match.value}, {answer.likely:.2f}); "
            f"wanted: {wanted}, found at {answer.rank or '—'}"
        )
    return "\n".join(lines)


def differences(
    before: Mapping[str, Mapping[str, float]], now: Mapping[str, Mapping[str, float]]
) -> list[str]:
    """What changed between two measurements, a line each."""
    return [
        f"  {kind} {name}: {before[kind].get(name, 0):g} → {figure:g}"
        for kind, figures in now.items()
        for name, figure in figures.items()
        if kind in before and abs(figure - before[kind].get(name, 0)) >= TOLD
    ]
