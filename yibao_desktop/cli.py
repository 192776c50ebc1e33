"""The console command ``yibao``: everything the window knows, for terminals and scripts."""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from typing import TextIO

from yibao_desktop.bootstrap import ContentServices, RecordServices
from yibao_desktop.console import json_views, text_views
from yibao_desktop.console.arguments import parse, parse_answers
from yibao_desktop.domain.guide.doubts import about
from yibao_desktop.domain.guide.items import part_id
from yibao_desktop.domain.procedure.doubted import plan_doubts
from yibao_desktop.errors import DataError, UserError, YibaoError
from yibao_desktop.paths import Paths, resolve_paths
from yibao_desktop.reports import PrivateLog, describe
from yibao_desktop.services.doctor_service import DoctorService
from yibao_desktop.settings import SettingsStore, carried_changes

OK, FAULT, WRONG_USE = 0, 1, 2
STANDARD_INPUT = "-"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 for a fault in data or files, 2 for wrong use."""
    paths = resolve_paths()
    return _guarded(lambda: _run(arguments, paths), paths)


def tour() -> int:
    """Show what is in the guide: the topics, one search and one plan."""
    paths = resolve_paths()
    return _guarded(lambda: _tour(paths), paths)


def _run(arguments: list[str] | None, paths: Paths) -> int:
    options = parse(arguments, paths)
    return _COMMANDS[options.command](options, paths)


def _tour(paths: Paths) -> int:
    _write(["这里没有图形界面，下面用文字给您看看指南里有什么。"])
    for arguments in (
        ["topics"],
        ["search", "卡丢了怎么办", "--limit", "3"],
        ["plan", "card-replacement", "--answer", "card=physical", "--answer", "channel=window"],
    ):
        _write([f"\n$ yibao {' '.join(arguments)}"])
        _run(arguments, paths)
    return OK


def _guarded(action: Callable[[], int], paths: Paths) -> int:
    """Do something; whatever goes wrong is told in a sentence and gives the right exit code."""
    try:
        _use_utf8()
        try:
            return action()
        finally:
            # What Python itself flushes at exit, it complains about in its own words.
            _write([])
    except UserError as error:
        return _complain(error, WRONG_USE)
    except YibaoError as error:
        return _complain(error, FAULT)
    except BrokenPipeError:
        return FAULT  # The reader of our output went away; nothing is left to be said.
    except KeyboardInterrupt:
        return FAULT
    except Exception as error:
        return _report_bug(paths, error)


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _write(lines: Iterable[str]) -> None:
    """Put lines on standard output, at once.

    Raises:
        BrokenPipeError: nobody reads them any more.
        DataError: they cannot be written.
    """
    text = "".join(f"{line}\n" for line in lines)
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _give_up(sys.stdout)
        if isinstance(error, BrokenPipeError):
            raise
        raise DataError(f"结果写不出去（{error.strerror}）。", "请看磁盘是不是满了。") from error


def _give_up(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere instead of failing again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(error: YibaoError, code: int) -> int:
    _say(*getattr(error, "problems", ()), f"{error}{error.hint}")
    return code


def _say(*lines: object) -> None:
    """Put lines on standard error, if it takes any."""
    if sys.stderr is None:
        return
    try:
        for line in lines:
            print(line, file=sys.stderr)
    except OSError:
        _give_up(sys.stderr)


def _report_bug(paths: Paths, error: Exception) -> int:
    where = "。"
    with suppress(OSError), closing(PrivateLog(paths.log)) as log:
        log.emit(logging.makeLogRecord({"levelname": "ERROR", "msg": describe(error)}))
        where = f"，详细情况写在 {paths.log}。"
    _say(f"程序出了错，这不是您的问题{where}")
    return FAULT


@contextmanager
def _content(paths: Paths) -> Iterator[ContentServices]:
    services = ContentServices(paths)
    if services.news:
        _say(services.news)
    try:
        yield services
    finally:
        services.close()


@contextmanager
def _records(paths: Paths) -> Iterator[RecordServices]:
    services = RecordServices(paths)
    if services.records.news:
        _say(services.records.news)
    try:
        yield services
    finally:
        services.close()


def _print(options: argparse.Namespace, document: object, lines: Iterable[str]) -> None:
    """The document where JSON was asked for, else the lines."""
    if options.json:
        lines = [json.dumps(document, ensure_ascii=False)]
    _write(lines)


def _lines_of_input() -> Iterator[str]:
    if sys.stdin is None:
        raise UserError("标准输入是关着的，没有东西可读。", "请用管道送进来，或者直接写在命令里。")
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _topics(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        entries = services.guide.entries()
    document = [json_views.topic_view(item) for item in entries]
    _print(options, document, text_views.topics_text(entries))
    return OK


def _search(options: argparse.Namespace, paths: Paths) -> int:
    many = options.query == STANDARD_INPUT
    with _content(paths) as services:
        for query in _lines_of_input() if many else [options.query]:
            results = services.search.search(query, options.limit)
            suggestion = services.search.suggestion(results)
            document = json_views.results_view(results, suggestion)
            others = [] if results.hits or not suggestion else services.search.alternatives(query)
            _print(options, document, text_views.results_text(results, suggestion, others))
    return OK


def _show(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        if options.id == STANDARD_INPUT:
            options.json = True
            return max((_show_line(options, services, i) for i in _lines_of_input()), default=OK)
        shown = services.guide.show(options.id)
        _print(options, json_views.shown_view(shown), text_views.shown_text(shown))
    return OK


def _show_line(options: argparse.Namespace, services: ContentServices, item_id: str) -> int:
    """One line out for each line in, so that the caller can tell which is missing."""
    try:
        _print(options, json_views.shown_view(services.guide.show(item_id)), ())
    except UserError as error:
        _print(options, {"id": item_id, "error": str(error)}, ())
        return _complain(error, WRONG_USE)
    return OK


def _procedures(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        procedures = services.procedures.procedures()
    document = [json_views.procedure_view(p) for p in procedures]
    _print(options, document, text_views.procedures_text(procedures))
    return OK


def _plan(options: argparse.Namespace, paths: Paths) -> int:
    answers = parse_answers(options.answer)
    with _content(paths) as services:
        plan = services.procedures.plan(options.id, answers)
        parts = (part_id(plan.procedure.id, s.step.id) for s in plan.steps)
        known = services.guide.page(options.id).doubts
        doubts = dict.fromkeys((*plan_doubts(plan, known), *about(known, *parts)))
    today = services.clock.today()
    document = json_views.plan_view(plan, doubts, today)
    _print(options, document, text_views.plan_text(plan, doubts, today))
    return OK


def _sources(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        uses = services.guide.source_uses()
    document = [json_views.source_view(use) for use in uses]
    _print(options, document, text_views.sources_text(uses))
    return OK


def _check(options: argparse.Namespace, _paths: Paths) -> int:
    # The readers of the seeds are needed by editors only.
    from yibao_desktop.services.content_service import check_content, draw_procedure

    if options.diagram is not None:
        diagram = draw_procedure(options.seeds, options.diagram)
        document = {"procedure": options.diagram, "diagram": diagram}
        _print(options, document, diagram.splitlines())
        return OK
    found = check_content(options.seeds)
    listed = found.doubts if options.doubts else []
    document = asdict(found.counts) | {
        "few_questions": [asdict(few) for few in found.few_questions],
        "doubts_listed": [json_views.doubt_view(d) for d in listed],
    }
    counts = text_views.check_text(asdict(found.counts), listed)
    _print(options, document, [*counts, *text_views.few_questions_text(found.few_questions)])
    return OK


def _build(options: argparse.Namespace, paths: Paths) -> int:
    from yibao_desktop.services.content_service import build_content

    counts = build_content(options.seeds, paths.resources, options.out)
    _print(options, asdict(counts), text_views.check_text(asdict(counts), []))
    place = f"内容库：{options.out}"
    if options.json:
        _say(place)
    else:
        _write([place])
    return OK


def _doctor(options: argparse.Namespace, paths: Paths) -> int:
    findings = DoctorService(paths).examine()
    document = [json_views.finding_view(f) for f in findings]
    _print(options, document, text_views.findings_text(findings))
    return OK if all(f.well for f in findings) else FAULT


def _backups(options: argparse.Namespace, paths: Paths) -> int:
    with _records(paths) as services:
        backups = services.records.backups()
    document = [json_views.backup_view(backup) for backup in backups]
    _print(options, document, text_views.backups_text(backups))
    return OK if services.records.complete else FAULT


def _export(options: argparse.Namespace, paths: Paths) -> int:
    with _records(paths) as services:
        done = services.records.export(options.file, SettingsStore(paths.settings).current)
    document = {"file": str(options.file), "cases": done.cases, "remarks": done.remarks}
    said = f"办理 {done.cases} 件，连同收藏、看过的和设置，都写在 {options.file}。"
    _print(options, document, [said, *done.remarks])
    return OK


def _import(options: argparse.Namespace, paths: Paths) -> int:
    with _records(paths) as services:
        plan = services.records.read_file(options.file)
        if not options.preview:
            services.records.take_in(plan)
    store = SettingsStore(paths.settings)
    theirs = plan.records.settings
    changes = carried_changes(store.current, theirs) if theirs else {}
    done, taken = not options.preview, options.settings and not options.preview
    if taken:
        store.update(**changes)
    lines = [*text_views.import_text(plan, done), *text_views.settings_text(changes, taken)]
    _print(options, json_views.import_view(plan, changes, done, taken), lines)
    return OK


def _extract(options: argparse.Namespace, _paths: Paths) -> int:
    from yibao_desktop.extract.child import answer

    _write([answer(options.file, options.suffix)])
    return OK


_COMMANDS: dict[str, Callable[[argparse.Namespace, Paths], int]] = {
    "topics": _topics,
    "search": _search,
    "show": _show,
    "procedures": _procedures,
    "plan": _plan,
    "sources": _sources,
    "check": _check,
    "build": _build,
    "doctor": _doctor,
    "backups": _backups,
    "export": _export,
    "import": _import,
    "extract": _extract,
}


if __name__ == "__main__":
    sys.exit(main())
