"""``make bench``: measures starting against a bare window and search against a plain index.

Each figure stands beside its reference of the same run, with their ratio.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import pairwise
from pathlib import Path

from tests.benchmarks import opening, own_documents, start, ticking
from tests.benchmarks.benchmark import Effort, growth, library, shipped
from tests.benchmarks.report import table
from tests.conftest import ROOT
from yibao_desktop.paths import Paths

SIZES = [20_000, 100_000]
DEFAULTS = Effort()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=SIZES, help="sizes of libraries")
    parser.add_argument("--material", type=Path, help="messages to make pages of, too (.jsonl.gz)")
    parser.add_argument("--runs", type=int, default=DEFAULTS.runs, help="times each query is asked")
    parser.add_argument("--known", type=int, default=DEFAULTS.known, help="pages to look for")
    parser.add_argument(
        "--processes",
        type=int,
        default=DEFAULTS.processes,
        help="fresh processes for first queries",
    )
    parser.add_argument("--starts", type=int, default=15, help="times each window is opened")
    parser.add_argument(
        "--start-parts", action="store_true", help="only what each part of a start takes"
    )
    parser.add_argument("--before", type=Path, help="an older source tree to set beside it")
    parser.add_argument("--packaged", type=Path, help="folder of a packaged build to start, too")
    parser.add_argument("--bare", type=Path, help="the bare window, packaged in the same way")
    parser.add_argument(
        "--own", type=int, default=own_documents.PASSAGES, help="passages of one's own documents"
    )
    parser.add_argument("--openings", type=int, default=500, help="pages opened to see memory grow")
    parser.add_argument("--ticks", type=int, default=ticking.RUNS, help="ticks of each kind")
    parser.add_argument("--bundle", type=Path, default=ROOT, help="folder with the built content")
    options = parser.parse_args(arguments)
    run(Paths(options.bundle, options.bundle), options)


def run(paths: Paths, options: argparse.Namespace) -> None:
    effort = Effort(options.runs, options.processes, options.known)
    with tempfile.TemporaryDirectory(prefix="yibao-bench-") as name:
        folder = Path(name)
        if options.start_parts:
            trees = [options.before, ROOT] if options.before else [ROOT]
            print(start.parts(trees, folder, options.starts))
            return
        if options.starts:
            rows = start.measure(start.SOURCE, start.BARE_SOURCE, folder, options.starts)
            print(f"{table('start, beside a bare window', rows)}\n", flush=True)
            packed = start.with_pack(folder, options.starts)
            print(f"{table('start with a content pack, beside one without', packed)}\n", flush=True)
        if options.starts and options.packaged:
            ours = options.packaged.resolve() / "yibao-desktop"
            programs = [str(ours)], [str(options.bare.resolve())]
            rows = start.measure(*programs, folder, options.starts)
            print(f"{table('packaged, beside a packaged bare window', rows)}\n", flush=True)
        if options.openings:
            opened = opening.measure(paths.bundle, options.openings)
            print(f"{table('the window', opening.rows(opened, options.openings))}\n", flush=True)
        if options.ticks:
            ticked = ticking.measure(paths.bundle, runs=options.ticks)
            print(f"{table('ticking', ticking.rows(ticked))}\n", flush=True)
        print(table("the guide", shipped(paths, folder, effort)), flush=True)
        if options.own:
            rows = own_documents.measure(paths.bundle, folder, options.runs, options.own)
            if options.starts:
                rows += own_documents.starts(paths.bundle, folder, options.starts, options.own)
            print("\n" + table("documents of one's own", rows), flush=True)
        sizes = []
        for count in options.pages:
            size, rows = library(count, paths, folder, effort, options.material)
            sizes.append(size)
            print(f"\n{table(f'{count:,} pages', rows)}", flush=True)
        for small, large in pairwise(sizes):
            title = f"{small.pages:,} → {large.pages:,} pages"
            print(f"\n{table(title, growth(small, large))}", flush=True)


if __name__ == "__main__":
    main()
