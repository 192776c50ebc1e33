"""Writes a user database as an older version of the migrations left it, with rows in it."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).resolve().parent
MIGRATIONS = HERE.parent.parent / "db" / "migrations"
DAY = "2025-04-23T08:00:00+00:00"
LATER = "2025-04-24T09:30:00+00:00"
MOTHER, FATHER = "5f0c1f5b2c6e4d0fa7c2b8f7d1a3e901", "9d2e7c1a4b8f4f63b0a1c5d6e7f80912"

ROWS: dict[str, list[dict[str, object]]] = {
    "bookmark": [
        {"item_id": "e-card", "title": "申请电子医保卡", "note": "", "created_at": DAY},
        {"item_id": "pool-balance", "title": "共济账户的余额怎么查", "note": "爸爸要看", "created_at": LATER},
    ],
    "visit": [
        {"id": 1, "item_id": "card-replacement", "title": "补办医保卡", "visited_at": DAY},
        {"id": 2, "item_id": "pool-members", "title": "怎么看共济账户里有谁", "visited_at": LATER},
    ],
    "query_history": [
        {"text": "异地就医", "at": DAY},
        {"text": "卡丢了怎么办", "at": LATER},
    ],
    "case_file": [
        {
            "id": MOTHER, "nickname": "妈妈", "procedure_id": "card-replacement",
            "content_version": "0123456789ab", "region": "310000", "created_at": DAY,
            "updated_at": LATER, "closed_at": None, "deleted_at": None,
        },
        {
            "id": FATHER, "nickname": "爸爸", "procedure_id": "family-pooling",
            "content_version": "0123456789ab", "region": None, "created_at": DAY,
            "updated_at": DAY, "closed_at": LATER, "deleted_at": None,
        },
    ],
    "case_answer": [
        {"case_id": MOTHER, "question": "card", "position": 0, "option": "physical"},
        {"case_id": MOTHER, "question": "channel", "position": 0, "option": "window"},
    ],
    "case_step": [
        {"case_id": MOTHER, "step": "report-loss-phone", "done_at": DAY, "note": ""},
        {"case_id": MOTHER, "step": "apply-at-window", "done_at": None, "note": "下周二去，带身份证"},
    ],
    "case_material": [{"case_id": MOTHER, "material": "id-document", "state": "have"}],
    "case_event": [
        {"id": 1, "case_id": MOTHER, "at": DAY, "event": "started", "detail": ""},
        {"id": 2, "case_id": MOTHER, "at": DAY, "event": "ticked", "detail": "report-loss-phone"},
        {"id": 3, "case_id": MOTHER, "at": LATER, "event": "noted", "detail": "apply-at-window"},
    ],
}  # fmt: skip

SINCE: dict[int, dict[str, list[dict[str, object]]]] = {
    2: {
        "case_part": [
            {"case_id": MOTHER, "kind": "step", "part": "report-loss-phone", "title": "打电话挂失"}
        ]
    },
}
"""Rows of tables that came with a later version."""

NEWEST_ROWS = 2
"""Rows are written as this version has them, and brought up from there."""


def write(path: Path, version: int) -> None:
    """Make the database; the file must not be there."""
    scripts = sorted(MIGRATIONS.glob("*.sql"))[:version]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for script in scripts[:NEWEST_ROWS]:
            connection.executescript(script.read_text(encoding="utf-8"))
        tables = [ROWS, *(rows for since, rows in SINCE.items() if since <= version)]
        for table, rows in (item for source in tables for item in source.items()):
            for row in rows:
                names = ", ".join(row)
                marks = ", ".join("?" for _ in row)
                connection.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values())
                )
        for script in scripts[NEWEST_ROWS:]:
            connection.executescript(script.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version = {version}")


if __name__ == "__main__":
    for number in sys.argv[1:]:
        write(HERE / f"user-{number}.sqlite3", int(number))
