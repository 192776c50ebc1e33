"""Content and exported files made by somebody who means harm, or by accident."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.small_guide import SMALL_GUIDE, write_small_guide
from tests.torture.child import ChildError, in_child
from tests.torture.table import Row
from tests.torture.world import World
from yibao_desktop.bootstrap import open_services
from yibao_desktop.content.builder import build
from yibao_desktop.domain.guide.items import Answer, Article, Term
from yibao_desktop.domain.guide.text import Body, RichText
from yibao_desktop.errors import YibaoError
from yibao_desktop.services.transfer import parse_records
from yibao_desktop.store.content_repository import ContentRepository
from yibao_desktop.ui.looks.rich_text import body_html
from yibao_desktop.ui.looks.theme import Colors

TRIALS = 2_000
SLOWEST_S = 2.0
LARGEST_BYTES = 500_000_000
BATCH = 50

Trial = Callable[[int], tuple[str, list[str], float]]
"""Takes a seed; the outcome, what was wrong, and how long harmless content takes, in seconds."""

_TAG = re.compile(r"<\s*(script|iframe|img|object|link|style|a\s)", re.IGNORECASE)
_LINK = re.compile(r'href="(?!yibao:[0-9a-z/-]*")')

NASTY = [
    "<script>alert(1)</script>", "<img src=file:///etc/passwd>", "[读](file:///etc/passwd)",
    "[读](javascript:alert(1))", "[x](yibao:../../etc/passwd)", "![x](http://x/y.png)",
    "../../../../etc/passwd", "/etc/passwd", "\\\\server\\share", "con", "a" * 100_000,
    "字" * 50_000, "\x00", "\x1b[31m", "\u202eabc", "\u200b", "\ufffd", "\ud7ff", "{fee}" * 500,
    "{nothing}", "**" * 2_000, "`" * 999, "[" * 3_000, "> " * 1_000, "|" * 2_000, "&a *a", "!!python/object",
    "!!python/object/apply:os.system [touch /tmp/owned]", "<<: *x", "1e999", "0x7fffffffffffffff",
    "9" * 400, "2025-99-99", "~", "null", "yes", "'", '"', "\\", "%s%n", "${HOME}", "{{7*7}}",
    "' OR 1=1 --", "\t", "- " * 2_000, ": " * 1_000, "#", "💥" * 1_000, "e\u0301" * 2_000,
]  # fmt: skip
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{c}: &{c} [*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p}]\n"
    for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)
WHOLE_FILES = [
    BOMB, "", "\x00" * 100, "[" * 5_000, "{" * 5_000, "- " * 20_000, "a:\n" + " b:\n" * 20_000,
    "".join(f"{' ' * n}a:\n" for n in range(1_500)), "---\n" * 5_000, "%YAML 9.9\n---\na",
    "a: " + "x" * 950_000, "a: |\n" + "  x\n" * 200_000, '"' + "\\x41" * 60_000, "? " * 3_000,
    "# c\n" * 200_000, "\n" * 900_000, "a: b\n" * 100_000, "- x\n" * 200_000, "!!binary " + "A" * 90_000,
]  # fmt: skip


def torture(world: World, short: bool) -> Iterator[Row]:
    """Try so many trees of seeds, and so many exported files."""
    count = 60 if short else TRIALS
    yield _many("乱写的内容文件夹", count, lambda seed: _seeds_trial(world, seed))
    text = in_child(lambda: _export(world))
    yield _many("乱写的导出文件", count, lambda seed: _file_trial(text, seed))


def _many(fault: str, count: int, trial: Trial) -> Row:
    row = Row("恶意内容", fault)
    for first in range(0, count, BATCH):
        seeds = range(first, min(count, first + BATCH))
        try:
            results, largest = in_child(lambda s=seeds: _batch(s, trial), BATCH * SLOWEST_S * 2)
        except ChildError as error:
            row.note("没有经受住", f"{seeds}: {error}")
            continue
        for outcome, wrong in results:
            row.note(outcome, *wrong)
        if largest > LARGEST_BYTES:
            row.lost.append(f"{seeds}: {largest // 1_000_000} MB")
    return row


def _batch(seeds: range, trial: Trial) -> tuple[list[tuple[str, list[str]]], int]:
    """Outcomes, with the largest memory; time is what the processor spent, whatever else it did."""
    results = []
    for seed in seeds:
        began = time.process_time()
        usual = 0.0
        try:
            outcome, wrong, usual = trial(seed)
        except Exception as error:
            outcome, wrong = "出错", [f"{seed}: {type(error).__name__}: {str(error)[:300]}"]
        took = time.process_time() - began - 2 * usual
        if took > SLOWEST_S:
            wrong = [*wrong, f"{seed}: {took:.1f} s"]
        results.append((outcome, wrong))
    return results, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


# -- seeds ------------------------------------------------------------------------------------


def spoilt_tree(seed: int, folder: Path) -> None:
    """The small guide with a few things made wrong."""
    chosen = random.Random(seed)
    files = dict(SMALL_GUIDE)
    for _ in range(chosen.choice((1, 1, 1, 2, 5))):
        name = chosen.choice(list(files))
        match chosen.randrange(10):
            case 0:
                files[name] = chosen.choice(WHOLE_FILES)
            case 1:
                del files[name]
                files[
                    chosen.choice(("articles/x.exe", "../x.yaml", "procedures/深/x.yaml", name))
                ] = "x"
            case 2:
                files[name] = _with_bytes(files[name], chosen)
            case 3:
                files[name] += chosen.choice(
                    (BOMB, "\n  x", "\n- y", "\n<script>", "\n&a b", "\n*a")
                )
            case _:
                files[name] = _with_value(files[name], chosen)
        if not files:
            break
    for name, text in files.items():
        path = folder / name.replace("../", "")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))


def _with_value(text: str, chosen: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chosen.randrange(len(lines))
    line, nasty = lines[at], chosen.choice(NASTY)
    if ":" in line and chosen.random() < 0.6:
        key = line.partition(":")[0]
        quoted = json.dumps(nasty, ensure_ascii=False) if chosen.random() < 0.5 else nasty
        lines[at] = f"{key}: {quoted}\n"
    elif chosen.random() < 0.5:
        lines[at] = f"{line.rstrip()}{nasty}\n"
    else:
        lines[at] = f"{' ' * chosen.randrange(6)}{nasty}\n"
    return "".join(lines)


def _with_bytes(text: str, chosen: random.Random) -> str:
    characters = list(text) or [" "]
    for _ in range(chosen.randrange(1, 30)):
        at = chosen.randrange(len(characters))
        match chosen.randrange(3):
            case 0:
                characters[at] = chr(
                    chosen.choice((chosen.randrange(128), chosen.randrange(0xD800)))
                )
            case 1:
                characters[at] = ""
            case _:
                characters[at] = characters[at][:1] * chosen.choice((2, 50, 3_000))
    return "".join(characters)


def _seeds_trial(world: World, seed: int) -> tuple[str, list[str], float]:
    folder = world.folder / f"seeds-{os.getpid()}-{seed}"
    folder.mkdir()
    spoilt_tree(seed, folder)
    out = folder.with_suffix(".sqlite3")
    try:
        build(folder, world.paths_of_bundle.resources, out)
    except YibaoError as error:
        told = f"{error}{error.hint}" + "".join(map(str, getattr(error, "problems", ())))
        well = any("\u4e00" <= c <= "\u9fff" for c in told)
        return "拒绝并说明", [] if well else [f"{seed}: {told}"], 0.0
    return "照样显示，不起作用", _not_inert(out, seed), _usual_time(world, folder)


def _usual_time(world: World, folder: Path) -> float:
    """How long the harmless guide takes to build; that is spent on dictionaries."""
    harmless = write_small_guide(folder / "harmless")
    began = time.process_time()
    build(harmless, world.paths_of_bundle.resources, folder / "harmless.sqlite3")
    return time.process_time() - began


def _not_inert(database: Path, seed: int) -> list[str]:
    repository = ContentRepository(database)
    wrong = []
    try:
        for item in repository.items():
            page = repository.page(item.id) if "/" not in item.id else None
            for body in _bodies(page):
                html = body_html(body, COLORS)
                if _TAG.search(html.replace('<a href="yibao:', "")) or _LINK.search(html):
                    wrong.append(f"{seed}: {html[:300]}")
    finally:
        repository.close()
    return wrong


COLORS = Colors(**{name: "#000000" for name in Colors.__dataclass_fields__})


def _bodies(page: object) -> Iterator[Body]:
    match page:
        case Article():
            yield from (section.body for section in page.sections)
        case Answer() | Term() if isinstance(page.text, Body):
            yield page.text
        case _ if isinstance(getattr(page, "answer", None), RichText):
            from yibao_desktop.domain.guide.text import Paragraph

            yield Body((Paragraph(page.answer),))


# -- exported files -----------------------------------------------------------------------------


def _export(world: World) -> str:
    paths = world.paths()
    services = open_services(paths)
    file = paths.user / "out.json"
    services.records.export(file, services.settings.current)
    services.close()
    return file.read_text(encoding="utf-8")


def _file_trial(text: str, seed: int) -> tuple[str, list[str], float]:
    chosen = random.Random(seed)
    match chosen.randrange(6):
        case 0:
            spoilt = _with_bytes(text, chosen)
        case 1:
            spoilt = chosen.choice(
                (BOMB, "", "[" * 200_000, '{"a":' * 99_999, "[]," * 300_000, "1" * 100_000, '"' * 99,
                 "[" + '{"":1},' * 300_000, text[: chosen.randrange(len(text))], text * 2)
            )  # fmt: skip
        case _:
            document = json.loads(text)
            for _ in range(chosen.choice((1, 1, 3))):
                _spoil_value(document, chosen)
            spoilt = json.dumps(document)
    try:
        records = parse_records(spoilt).records
    except YibaoError as error:
        told = f"{error}{error.hint}"
        return "拒绝并说明", [] if "没有读入" in told else [f"{seed}: {told}"], 0.0
    ids = [k.case.id for k in records.cases] + [b.item_id for b in records.bookmarks]
    wrong = [f"{seed}: {i}" for i in ids if ".." in i or i.startswith("/") or ":" in i]
    return "读懂了，只当文字", wrong, 0.0


def _spoil_value(document: Any, chosen: random.Random) -> None:
    here = document
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        if not keys:
            return
        key = chosen.choice(keys)
        if isinstance(here[key], dict | list) and here[key] and chosen.random() < 0.85:
            here = here[key]
            continue
        nasty: Any = chosen.choice(
            (*NASTY, None, [], {}, -1, 10**30, 1.5, True, ["x"] * 9, {"x": 1})
        )
        if isinstance(here, dict) and chosen.random() < 0.2:
            here[chosen.choice(NASTY)] = here.pop(key)
        else:
            here[key] = nasty
        return
