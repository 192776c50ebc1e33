"""Builds the content database: the same seeds always give the same SQL dump."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from yibao_desktop.content.checks import Report, check
from yibao_desktop.content.database_writer import write_content
from yibao_desktop.content.loader import Seeds, load_seeds
from yibao_desktop.content.problems import ContentError
from yibao_desktop.content.quality import counted
from yibao_desktop.content.version import content_version
from yibao_desktop.content.walk import all_facts, walk
from yibao_desktop.domain.procedure.flow import placed_steps
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.search.index import INDEX_VERSION
from yibao_desktop.store.content_file import write_companions
from yibao_desktop.store.content_models import ContentBase, MetaRow
from yibao_desktop.store.content_schema import (
    CONTENT_SCHEMA_VERSION,
    CONTENT_TABLES,
    FULL_TEXT_TABLES,
)
from yibao_desktop.store.engine import writable_engine
from yibao_desktop.store.inspection import SQLITE_HEADER, tables


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the seeds hold, and how often they fail a reader.

    Attributes:
        steps_ended: steps that say how one knows they are done.
        paths: ways of answering walked through all procedures.
        outcomes: ends of procedures, each reached on at least one of the ways.
        answers_first: pages that begin with the sentence that answers.
        doubts_longer, figures_only_in_doubts, dead_ends, figures_said_twice: see
            ``content.quality``; none in content that passes.
        ways_without_end, parts_unreached, answers_contradicting, papers_unwanted: what the walk
            through the procedures met, see ``domain.procedure.proof``; none in content that passes.
    """

    topics: int
    articles: int
    sections: int
    procedures: int
    steps: int
    steps_ended: int
    paths: int
    outcomes: int
    answers: int
    terms: int
    facts: int
    doubts: int
    questions: int
    sources: int
    sources_used: int
    sources_left_out: int
    sources_pending: int
    answers_first: int
    doubts_longer: int
    figures_only_in_doubts: int
    dead_ends: int
    figures_said_twice: int
    ways_without_end: int
    parts_unreached: int
    answers_contradicting: int
    papers_unwanted: int


def validate(folder: Path) -> tuple[Seeds, Counts]:
    """Read and check the seeds.

    Raises:
        ContentError: something is wrong; every fault is listed.
    """
    if not folder.is_dir():
        raise DataError(f"找不到内容文件夹：{folder}。", "用 --seeds 指明它在哪里。")
    seeds = load_seeds(folder)
    report = check(seeds)
    if report.problems:
        raise ContentError(report.problems)
    return seeds, _count(seeds, report)


def _count(seeds: Seeds, report: Report) -> Counts:
    used = {
        key
        for seed in (*seeds.pages(), *seeds.doubts)
        for _, value in walk(seed.value)
        for key in getattr(value, "sources", ())
    }
    steps = [p.step for s in seeds.procedures for p in placed_steps(s.value.flow)]
    left_out = sum(s.value.left_out is not None for s in seeds.sources)
    return Counts(
        topics=sum(1 for seed in seeds.topics for _ in walk(seed.value)),
        articles=len(seeds.articles),
        sections=sum(len(s.value.sections) for s in seeds.articles),
        procedures=len(seeds.procedures),
        steps=len(steps),
        steps_ended=sum(1 for step in steps if step.done_when),
        paths=report.paths,
        outcomes=sum(len(s.value.outcomes) for s in seeds.procedures),
        answers=len(seeds.answers),
        terms=len(seeds.terms),
        facts=sum(1 for _ in all_facts(seeds)),
        doubts=len(seeds.doubts),
        questions=sum(len(s.value.questions) for s in seeds.questions),
        sources=len(seeds.sources),
        sources_used=len(used),
        sources_left_out=left_out,
        sources_pending=len(seeds.sources) - len(used) - left_out,
        **counted(seeds),
        ways_without_end=report.faults.get("no-end", 0),
        parts_unreached=report.faults.get("unreached", 0),
        answers_contradicting=report.faults.get("contradiction", 0),
        papers_unwanted=report.faults.get("paper", 0),
    )


def build(folder: Path, resources: Path, out: Path) -> Counts:
    """Build the content database from the seeds and put it in place of the old one.

    The new file is written beside the old one and takes its place only when it is complete; its
    checksum and a compressed spare copy follow it.

    Raises:
        UserError: in the place of the new file stands something that is no content database.
        ContentError: something in the seeds is wrong; the old file stays.
        DataError: the new file cannot be written; the old one stays.
    """
    seeds, counts = validate(folder)
    version = content_version(folder, resources)
    unfinished = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        _refuse_to_replace(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        write_database(seeds, resources, version, unfinished)
        unfinished.replace(out)
        write_companions(out)
    except IntegrityError:
        raise  # content that contradicts itself and was not found out: a bug, not the disk
    except (OSError, DatabaseError) as error:
        raise DataError(
            f"内容库写不到 {out}（{error.args[-1]}）。", "请看这个文件夹能不能写、磁盘满了没有。"
        ) from error
    finally:
        with suppress(OSError):  # gone, or in a place where nothing can be written at all
            unfinished.unlink()
    return counts


def _create_tables(session: Session) -> None:
    """Tables and indexes in a fixed order; ``create_all`` takes the indexes as a set has them."""
    for table in ContentBase.metadata.sorted_tables:
        session.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            session.execute(CreateIndex(index))
    for name, definition in FULL_TEXT_TABLES.items():
        session.execute(text(f"CREATE VIRTUAL TABLE {name} USING {definition}"))


def _refuse_to_replace(out: Path) -> None:
    hint = "请换一个文件名，或者先把它移走。"
    if not os.path.lexists(out):
        return
    if not out.is_file():
        raise UserError(f"{out} 不是普通文件，内容库不能写到那里。", hint)
    if out.stat().st_size and not _may_be_content(out):
        raise UserError(f"{out} 是别的文件，不是内容库，没有动它。", hint)


def _may_be_content(path: Path) -> bool:
    """Whether a file is a database with our tables, or one too damaged to tell."""
    with path.open("rb") as file:
        if file.read(len(SQLITE_HEADER)) != SQLITE_HEADER:
            return False
    try:
        found = tables(path)
    except sqlite3.DatabaseError:
        return True
    return not found or not found.isdisjoint(CONTENT_TABLES)


def write_database(seeds: Seeds, resources: Path, version: str, path: Path) -> None:
    """Write checked seeds into a new file."""
    engine = writable_engine(path)
    try:
        with Session(engine) as session, session.begin():
            _create_tables(session)
            session.execute(text(f"PRAGMA user_version = {CONTENT_SCHEMA_VERSION}"))
            session.add(MetaRow(name="version", value=version))
            session.add(MetaRow(name="index_version", value=str(INDEX_VERSION)))
            write_content(session, seeds, resources)
    finally:
        engine.dispose()
