"""What ``make ranking`` and ``make evaluate`` run; CONTRIBUTING.md says when."""

from __future__ import annotations

import argparse
import json
import sys

from tests.conftest import ROOT
from tests.evaluation.asked import RESOURCES, ask_set, ask_typical
from tests.evaluation.measures import measure_folds, measure_search, measure_worth
from tests.evaluation.report import differences, table, worst_table, worth_table
from tests.evaluation.training import BASES, out_of_fold, train
from yibao_desktop.paths import ENCODER_FILE, RANKING_FILE, Paths
from yibao_desktop.search.index import INDEX_VERSION
from yibao_desktop.search.meaning import Encoder
from yibao_desktop.search.ranking import WITH_MEANING

LAST = ROOT / "build" / "evaluation.json"
"""What was measured the last time."""


LEARNT_WITH = "learnt_with"


def learnt_with() -> dict[str, object]:
    """What the weights are for: with another encoder or index they are to be learnt anew."""
    return {"encoder": Encoder(RESOURCES / ENCODER_FILE).version, "index": INDEX_VERSION}


def ranking() -> None:
    """Learn the ranking anew; what is told are questions about what nothing was learnt from."""
    rows = [*ask_typical(), *ask_set("train")]
    learnt = {name: train(rows, basis) for name, basis in BASES.items()}
    text = json.dumps({LEARNT_WITH: learnt_with()} | learnt, ensure_ascii=False, indent=2)
    (RESOURCES / RANKING_FILE).write_text(text + "\n", encoding="utf-8")
    for name, basis in BASES.items():
        print(f"\n{name}, out of fold:")
        print(table(measure_folds(out_of_fold(rows, basis), learnt[name]["sure"])))
    print("\nout of fold, learnt without a part of what it goes by (first, among three):")
    print(worth_table(measure_worth(rows, BASES[WITH_MEANING])))


def evaluate() -> None:
    """Ask the test set, as the console would, and compare with the last time."""
    measured = measure_search(Paths(ROOT, ROOT), "test")
    print(table(measured.kinds))
    print(f"\n{measured.summary}")
    print(f"\n{worst_table(measured.worst)}")
    now = {row.name: row.figures() for row in measured.kinds}
    if LAST.is_file():
        changed = differences(json.loads(LAST.read_text(encoding="utf-8")), now)
        print("\nsince the last time:", "\n".join(changed) or "nothing changed", sep="\n")
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps(now, ensure_ascii=False, indent=2), encoding="utf-8")


def main() -> int:
    """Do what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("what", choices=("ranking", "evaluate"))
    {"ranking": ranking, "evaluate": evaluate}[parser.parse_args().what]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
