"""The benchmarks themselves, on sizes that take seconds; no time is judged here."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from tests.benchmarks import parted_start, start
from tests.benchmarks.__main__ import main
from tests.benchmarks.fresh import told
from tests.benchmarks.library import index_bytes
from tests.benchmarks.pages import Material, material, pages
from tests.benchmarks.questions import QUESTIONS
from tests.benchmarks.report import Row, speed, table
from tests.benchmarks.timing import Asked, compare
from tests.conftest import ROOT
from yibao_desktop.store.content_repository import ContentRepository

SENTENCES = tuple(f"第 {n} 句话，说了 {n * 111} 件事。" for n in range(40))


def test_the_same_pages_are_made_every_time():
    of = Material(("补办", "缴费"), SENTENCES)
    made = list(pages(300, of))
    assert made == list(pages(300, of))
    assert made[:50] == list(islice(pages(50, of), 50))
    assert made != list(pages(300, of, seed=2))


def test_a_page_can_be_told_from_all_others():
    made = list(pages(300, Material(("补办", "缴费"), SENTENCES)))
    assert len({page.title for page in made}) == len({page.body for page in made}) == 300
    for page in made:
        title, clause, words = page.searches
        assert title == page.title
        assert clause in page.body
        assert words.removesuffix("补办").removesuffix("缴费") in page.body


def test_pages_are_made_of_the_guide_and_of_messages(content: ContentRepository, tmp_path: Path):
    file = tmp_path / "messages.jsonl.gz"
    message = {"title": "路灯坏了", "body": "门口的路灯不亮。请派人来修一修！", "reply": ""}
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(message))
    alone, both = material(content.passages()), material(content.passages(), file)
    assert len(alone.sentences) > 500
    assert set(both.titles) - set(alone.titles) == {"路灯坏了"}
    assert set(both.sentences) - set(alone.sentences) == {"门口的路灯不亮。", "请派人来修一修！"}


def test_the_questions_differ():
    assert len(set(QUESTIONS)) == len(QUESTIONS) == 60


def test_both_ways_are_asked_the_same_and_the_fastest_run_counts():
    asked: list[str] = []

    def search(query: str) -> list[int]:
        asked.append(query)
        return [len(query)]

    ours, plain = compare(search, search, ["补", "补办"], runs=2)
    assert ours.answers == plain.answers == ([1], [2])
    assert asked[2:] == ["补", "补", "补办", "补办"] * 2


@pytest.mark.parametrize(("percent", "seconds"), [(50, 2.0), (95, 4.0), (1, 1.0), (100, 4.0)])
def test_a_percentile_is_what_so_many_queries_do_not_exceed(percent, seconds):
    assert Asked((), (3.0, 1.0, 4.0, 2.0)).percentile(percent) == seconds


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (speed("p95", 0.002, 0.008, goal=3.0), "2.0 ms  8.0 ms  4.0× faster  3× faster  reached"),
        (speed("p95", 0.008, 0.002, goal=3.0), "8.0 ms  2.0 ms  4.0× slower  3× faster  missed"),
        (
            speed("first", 0.04, 0.01, goal=0.2),
            "40.0 ms  10.0 ms  4.0× slower  ≤ 5× slower  reached",
        ),
        (speed("p50", 0.001, 0.001), "1.0 ms  1.0 ms  1.0× faster"),
        (Row("found", "0", "3", 0.0, ("as many", "fewer"), 1.0), "0  3  fewer  1× as many  missed"),
    ],
)
def test_a_row_says_what_the_ratio_means(row, shown):
    line = table("", [row]).splitlines()[1].removeprefix(f"  {row.name}")
    assert "  ".join(part.strip() for part in line.split("  ") if part.strip()) == shown


@pytest.mark.slow
def test_the_benchmark_runs_and_finds_what_it_looks_for(
    bundle: Path, capsys: pytest.CaptureFixture[str]
):
    sizes = ["--pages", "20", "40", "--known", "5"]
    window = ["--starts", "0", "--own", "300", "--openings", "20", "--ticks", "1"]
    main([*sizes, *window, "--runs", "1", "--processes", "1", "--bundle", str(bundle)])
    opened, ticked, guide, own, *libraries, growth = capsys.readouterr().out.split("\n\n")
    assert "opening a page, p95" in opened
    assert "longest turn as results come in" in opened
    assert "memory grown in 20 openings" in opened
    assert "adding a paper of 100 pages" in own
    assert "ticking a step, 300 cases" in ticked
    assert "work for a paper, 1 → 300 cases" in ticked
    assert "question with snippets, p95" in guide
    assert "first query, against later ones" in guide
    assert [text.split("  ")[0] for text in libraries] == ["20 pages", "40 pages"]
    found = [line for line in "\n".join(libraries).splitlines() if "known items" in line]
    assert len(found) == 2
    assert all("15 of 15" in line and line.endswith("reached") for line in found)
    assert growth.startswith("20 → 40 pages")


def test_a_start_with_a_pack_is_set_beside_one_without():
    packed = [{"window_ms": 330.0, "ready_ms": 900.0}, {"window_ms": 340.0, "ready_ms": 910.0}]
    plain = [{"window_ms": 320.0, "ready_ms": 600.0}]
    window, ready = start.pack_rows(packed, plain)
    assert (window.ours, window.reference) == ("335.0 ms", "320.0 ms")
    assert table("", [window]).endswith("reached")
    assert table("", [ready]).endswith("missed")


def test_the_index_has_a_size(bundle: Path):
    database = bundle / "db" / "content.sqlite3"
    assert 0 < index_bytes(database) < database.stat().st_size


def test_starts_are_compared_with_a_bare_window(tmp_path: Path):
    ours, bare = tmp_path / "ours.py", tmp_path / "bare.py"
    ours.write_text("""
import json, sys
assert sys.argv[1:] == ["--measure-startup"]
print(json.dumps({"window_ms": 300, "ready_ms": 650, "rss_mb": 150}))
""")
    bare.write_text("""print('{"window_ms": 200, "rss_mb": 50}')""")
    programs = [sys.executable, str(ours)], [sys.executable, str(bare)]
    rows = start.measure(*programs, tmp_path, runs=2)
    assert [(r.verdict, r.outcome) for r in rows] == [
        ("1.5× slower", "reached"),
        ("3.2× slower", "reached"),
        ("3.0× more", "missed"),
    ]


def test_the_bare_window_tells_what_it_took(tmp_path: Path):
    done = subprocess.run(
        start.BARE_SOURCE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert set(json.loads(done.stdout)) == {"window_ms", "rss_mb"}


def test_every_part_of_a_start_has_its_time(tmp_path):
    _, until_painted, *lines = start.parts([ROOT, ROOT], tmp_path, 1).splitlines()
    assert until_painted.startswith("  until the window is painted")
    turn = next(at for at, line in enumerate(lines) if "from then" in line)
    painted, ready = lines[:turn], lines[turn + 1 :]
    for part, phase in (
        (parted_start.PYTHON, painted),
        ("import of PySide6", painted),
        (parted_start.BUILDING, painted),
        (parted_start.OPENING, ready),
        (parted_start.ANSWERING, ready),
    ):
        (line,) = [line for line in (*painted, *ready) if line.strip().startswith(part)]
        assert line in phase
        assert all(float(ms) > 0 for ms in line.replace(part, "").split())


def test_a_process_that_fails_is_told_with_what_it_said(tmp_path):
    with pytest.raises(RuntimeError, match="no such cases"):
        told([sys.executable, "-c", "raise SystemExit('no such cases')"], tmp_path)
