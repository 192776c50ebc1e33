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
from typing import TYPE_CHECKING, TextIO

from yibao_desktop.bootstrap import ContentServices, UserDataServices
from yibao_desktop.console import json_output, text_output
from yibao_desktop.console.arguments import parse, parse_answers
from yibao_desktop.domain.guide.doubts import doubts_about
from yibao_desktop.domain.guide.items import part_id
from yibao_desktop.domain.procedure.doubted import plan_doubts
from yibao_desktop.errors import DataError, UserError, YibaoError
from yibao_desktop.own_files import old_names_read
from yibao_desktop.paths import Paths, resolve_paths
from yibao_desktop.reports import PrivateLog, describe
from yibao_desktop.services.doctor_service import DoctorService
from yibao_desktop.settings import Settings, SettingsStore, carried_changes

if TYPE_CHECKING:
    from yibao_desktop.services.backup_service import BackupService, Exported
    from yibao_desktop.services.own_transfer import TakenAlong

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
    text = old_names_read("".join(f"{line}\n" for line in lines))
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
            print(old_names_read(str(line)), file=sys.stderr)
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
        if services.own.news:
            _say(services.own.news)
    finally:
        services.close()


@contextmanager
def _records(paths: Paths) -> Iterator[UserDataServices]:
    services = UserDataServices(paths)
    if services.records.news:
        _say(services.records.news)
    try:
        yield services
    finally:
        services.close()


def _print(options: argparse.Namespace, document: object, lines: Iterable[str]) -> None:
    """The document where JSON was asked for, else the lines."""
    if options.json:
        text = json.dumps(document, ensure_ascii=False)
        lines = [text if _is_readable(text) else json.dumps(document)]
    _write(lines)


def _is_readable(text: str) -> bool:
    """Whether a text is UTF-8; in JSON the bytes of other names are told exactly."""
    return text.encode("utf-8", "ignore").decode("utf-8") == text


def _lines_of_input() -> Iterator[str]:
    if sys.stdin is None:
        raise UserError("标准输入是关着的，没有东西可读。", "请用管道送进来，或者直接写在命令里。")
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _topics(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        entries = [*services.guide.entries(), *services.guide.own_entries()]
    document = [json_output.topic_view(item) for item in entries]
    _print(options, document, text_output.topics_text(entries))
    return OK


def _search(options: argparse.Namespace, paths: Paths) -> int:
    many = options.query == STANDARD_INPUT
    with _content(paths) as services:
        for query in _lines_of_input() if many else [options.query]:
            results = services.search.search(query, options.limit)
            suggestion = services.search.suggestion(results)
            document = json_output.results_view(results, suggestion)
            others = [] if results.hits or not suggestion else services.search.alternatives(query)
            _print(options, document, text_output.results_text(results, suggestion, others))
    return OK


def _show(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        if options.id == STANDARD_INPUT:
            options.json = True
            return max((_show_line(options, services, i) for i in _lines_of_input()), default=OK)
        shown = services.guide.show(options.id)
        today = services.clock.today()
        _print(options, json_output.shown_view(shown, today), text_output.shown_text(shown, today))
    return OK


def _show_line(options: argparse.Namespace, services: ContentServices, item_id: str) -> int:
    """One line out for each line in, so that the caller can tell which is missing."""
    try:
        shown = services.guide.show(item_id)
        _print(options, json_output.shown_view(shown, services.clock.today()), ())
    except UserError as error:
        _print(options, {"id": item_id, "error": str(error)}, ())
        return _complain(error, WRONG_USE)
    return OK


def _frequent(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        frequent = services.guide.frequent()
    document = [json_output.frequent_view(question, item) for question, item in frequent]
    _print(options, document, text_output.frequent_text(frequent))
    return OK


def _procedures(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        procedures = services.procedures.procedures()
    document = [json_output.procedure_view(p) for p in procedures]
    _print(options, document, text_output.procedures_text(procedures))
    return OK


def _plan(options: argparse.Namespace, paths: Paths) -> int:
    answers = parse_answers(options.answer)
    with _content(paths) as services:
        plan = services.procedures.plan(options.id, answers)
        parts = (part_id(plan.procedure.id, s.step.id) for s in plan.steps)
        known = services.guide.page(options.id)
        about = plan_doubts(plan, known.doubts), doubts_about(known.doubts, *parts)
        doubts = dict.fromkeys((*about[0], *about[1]))
    today = services.clock.today()
    document = json_output.plan_view(plan, doubts, today)
    told = text_output.plan_text(plan, doubts, today)
    cautions = known.cautions(today)
    document |= {"local": list(known.local), "cautions": list(cautions)}
    _print(options, document, [*told, *text_output.local_text(cautions, known.local)])
    return OK


def _sources(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        uses = services.guide.source_uses()
    document = [json_output.source_view(use) for use in uses]
    _print(options, document, text_output.sources_text(uses))
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
        "doubts_listed": [json_output.doubt_view(d) for d in listed],
    }
    counts = text_output.check_text(asdict(found.counts), listed)
    _print(options, document, [*counts, *text_output.few_questions_text(found.few_questions)])
    return OK


def _build(options: argparse.Namespace, paths: Paths) -> int:
    from yibao_desktop.services.content_service import build_content

    counts = build_content(options.seeds, paths.resources, options.out)
    _print(options, asdict(counts), text_output.check_text(asdict(counts), []))
    place = f"内容库：{options.out}"
    if options.json:
        _say(place)
    else:
        _write([place])
    return OK


def _doctor(options: argparse.Namespace, paths: Paths) -> int:
    findings = DoctorService(paths).examine()
    document = [json_output.finding_view(f) for f in findings]
    _print(options, document, text_output.findings_text(findings))
    return OK if all(f.well for f in findings) else FAULT


def _backups(options: argparse.Namespace, paths: Paths) -> int:
    with _records(paths) as services:
        backups = services.records.backups()
    document = [json_output.backup_view(backup) for backup in backups]
    _print(options, document, text_output.backups_text(backups))
    return OK if services.records.complete else FAULT


def _export(options: argparse.Namespace, paths: Paths) -> int:
    settings, along = SettingsStore(paths.settings).current, None
    with _records(paths) as services:
        if options.documents is None:
            done = services.records.export(options.file, settings)
        else:
            done, along = _export_documents(options, paths, services.records, settings)
    document = {"file": str(options.file), "cases": done.cases, "remarks": done.remarks}
    said = f"办理 {done.cases} 件，连同收藏、看过的和设置，都写在 {options.file}。"
    lines = [said, *done.remarks]
    if along is not None:
        document["documents"] = along.documents
        document["remarks"] = (*done.remarks, *along.remarks)
        said = f"自己加的资料 {along.documents} 份，连同原件写在 {options.documents}。"
        lines += [said, *along.remarks]
    _print(options, document, lines)
    return OK


def _export_documents(
    options: argparse.Namespace, paths: Paths, records: BackupService, settings: Settings
) -> tuple[Exported, TakenAlong]:
    """Into two files, or all into one where both are to be the same."""
    from yibao_desktop.services.own_transfer import write_documents, write_everything

    with _content(paths) as content:
        if options.documents == options.file:
            return write_everything(content.own, records, settings, options.file)
        return records.export(options.file, settings), write_documents(
            content.own, options.documents
        )


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
    lines = [*text_output.import_text(plan, done), *text_output.settings_text(changes, taken)]
    document = json_output.import_view(plan, changes, done, taken)
    if options.documents is not None and done:
        from yibao_desktop.services.own_transfer import read_documents

        with _content(paths) as services:
            added = read_documents(services.own, options.documents)
        document["documents"] = len(added.documents)
        lines.append(f"读入了自己加的资料 {len(added.documents)} 份。")
        lines += [f"没有加：{name}。{said}" for name, said in added.failed]
    _print(options, document, lines)
    return OK


def _add(options: argparse.Namespace, paths: Paths) -> int:
    from yibao_desktop.console import own_commands

    with _content(paths) as services:
        looks = services.own.look(options.files)
        chosen = own_commands.choices(looks, options, services.content.regions())
        added = services.own.add(chosen)
    document = own_commands.added_view(looks, added)
    _print(options, document, own_commands.added_text(looks, added))
    return OK if len(added.documents) == len(looks) else FAULT


def _documents(options: argparse.Namespace, paths: Paths) -> int:
    from yibao_desktop.console import own_commands

    with _content(paths) as services:
        documents = services.own.documents()
    views = [own_commands.document_view(document) for document in documents]
    _print(options, views, own_commands.documents_text(documents))
    return OK


def _remove(options: argparse.Namespace, paths: Paths) -> int:
    with _content(paths) as services:
        own = services.own
        (own.put_back if options.undo else own.remove)(options.id)
    done = "找回来了" if options.undo else "移除了；30 天里可以用 --undo 找回来"
    _print(options, {"id": options.id, "removed": not options.undo}, [f"{options.id}：{done}。"])
    return OK


def _extract(options: argparse.Namespace, _paths: Paths) -> int:
    from yibao_desktop.extract.child import answer

    _write([answer(options.file, options.suffix)])
    return OK


def _pack(options: argparse.Namespace, paths: Paths) -> int:
    from yibao_desktop.console import pack_commands

    if options.action == "build":
        from yibao_desktop.packs.merging import serve

        return serve()
    with _content(paths) as services:
        _print(options, *pack_commands.answer(options, services.packs))
    return OK


_COMMANDS: dict[str, Callable[[argparse.Namespace, Paths], int]] = {
    "topics": _topics,
    "search": _search,
    "show": _show,
    "frequent": _frequent,
    "procedures": _procedures,
    "plan": _plan,
    "sources": _sources,
    "check": _check,
    "build": _build,
    "doctor": _doctor,
    "backups": _backups,
    "export": _export,
    "import": _import,
    "add": _add,
    "documents": _documents,
    "remove": _remove,
    "extract": _extract,
    "pack": _pack,
}


if __name__ == "__main__":
    sys.exit(main())
