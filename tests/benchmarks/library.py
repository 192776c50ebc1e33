"""A content database with the guide and any number of pages more, written as the build does it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tests.benchmarks.pages import Page
from yibao_desktop.content.builder import write_database
from yibao_desktop.content.loader import Seed, Seeds, load_seeds
from yibao_desktop.domain.guide.items import Answer
from yibao_desktop.domain.guide.text import NO_TEXT, Body, Paragraph, RichText
from yibao_desktop.paths import Paths


def item_id(number: int) -> str:
    """Id of the made-up page with this position."""
    return f"page-{number}"


def seeds_with(pages: Iterable[Page], shipped: Paths) -> Seeds:
    """The guide's own seeds and an answer for each page."""
    seeds = load_seeds(shipped.seeds)
    model = seeds.answers[0]
    for number, page in enumerate(pages):
        answer = Answer(
            id=item_id(number),
            title=page.title,
            topic=model.value.topic,
            answer=NO_TEXT,
            text=Body((Paragraph(RichText.of(page.body)),)),
            sources=model.value.sources,
            cut_off=False,
        )
        seeds.answers.append(Seed(answer, model.file, model.located))
    return seeds


def write_library(seeds: Seeds, shipped: Paths, bundle: Path) -> Paths:
    """Write a bundle of the seeds; the checks of what editors write are left out."""
    paths = Paths(bundle, bundle)
    paths.content_database.parent.mkdir(parents=True)
    paths.resources.symlink_to(shipped.resources.resolve())  # how results are ranked
    write_database(seeds, shipped.resources, "benchmark", paths.content_database)
    return paths


def index_bytes(database: Path) -> int:
    """Bytes the full-text tables of a database take up, with the copies of the text they keep."""
    with closing(sqlite3.connect(database)) as connection:
        tables = [
            name
            for (full_text,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5(%'"
            )
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB ?",
                (f"{full_text}_*",),
            )
        ]
        return sum(_table_bytes(connection, table) for table in tables)


def _table_bytes(connection: sqlite3.Connection, table: str) -> int:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    if not columns:
        return 0
    size = " + ".join(f"ifnull(length(CAST({column} AS BLOB)), 0)" for column in columns)
    found: int | None = connection.execute(f"SELECT sum({size}) FROM {table}").fetchone()[0]
    return found or 0
