"""Whatever a file does to the process that reads it, it costs that one file."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from tests.data import documents as made
from yibao_desktop.domain.own.reading import Refusal, RefusedError
from yibao_desktop.extract.harness import CancelledError, Extractor, file_bytes

SECRET = "只有这台电脑上有的话"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    return made.hostile(secret)


def outcome(data: bytes, suffix: str) -> str:
    try:
        return Extractor().read(data, suffix).plain
    except RefusedError as error:
        return error.refusal


EXPECTED = {
    "laughs.docx": Refusal.BROKEN, "xxe.docx": Refusal.BROKEN, "deep.docx": Refusal.BROKEN,
    "paragraphs.docx": Refusal.SWELLS, "laughs.xlsx": Refusal.BROKEN, "laughs.ofd": Refusal.BROKEN,
    "bomb.xlsx": Refusal.SWELLS, "corner.xlsx": Refusal.DIED, "loop.pdf": Refusal.EMPTY,
    "js.pdf": Refusal.EMPTY, "deep.html": Refusal.BROKEN, "big.html": Refusal.TOO_LARGE,
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_hostile_files_are_refused(hostile, name):
    assert outcome(hostile[name], Path(name).suffix) == EXPECTED[name]


def test_a_stream_without_end_kills_the_child_at_most(hostile):
    assert outcome(hostile["flate.pdf"], ".pdf") in (
        Refusal.DIED, Refusal.EMPTY, Refusal.TOO_SLOW, Refusal.SWELLS, Refusal.BROKEN,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["link_file.docx", "link_http.docx"])
def test_nothing_a_document_names_is_loaded(hostile, name):
    said = outcome(hostile[name], ".docx")
    assert "补缴期限为六十日。" in said
    assert SECRET not in said


def test_a_sheet_that_claims_to_be_endless_is_read_for_what_it_has(hostile):
    assert outcome(hostile["dim.xlsx"], ".xlsx") == "x"


def test_a_good_file_comes_back_whole():
    reading = Extractor().read(made.notice_docx(), ".docx")
    assert reading.title == made.TITLE
    assert "3.社区服务站" in reading.plain


def test_a_library_that_cannot_be_loaded_costs_its_own_files_alone():
    code = (
        "import sys; sys.modules['python_calamine'] = None\n"
        "from yibao_desktop.extract.child import main; main(sys.argv[1:])"
    )
    with pytest.raises(RefusedError) as caught:
        run(code).read(made.xlsx(made.FEE_ROWS), ".xlsx")
    assert caught.value.refusal is Refusal.DIED
    assert run(code).read(made.notice_docx(), ".docx").title == made.TITLE


def run(code: str, **options) -> Extractor:
    return Extractor([sys.executable, "-c", code], **options)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import os; os.abort()", Refusal.DIED),
        ("import sys; sys.exit(3)", Refusal.DIED),
        ("print('no json')", Refusal.DIED),
        ("print('[1]')", Refusal.DIED),
        ("print('{\"title\": 1}')", Refusal.DIED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Refusal.TOO_SLOW),
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_one_refused_file(code, why):
    with pytest.raises(RefusedError) as caught:
        run(code).read(b"x", ".txt")
    assert caught.value.refusal is why


def test_a_child_that_never_ends_is_ended():
    with pytest.raises(RefusedError) as caught:
        run("import time; time.sleep(600)", wall_s=0.2).read(b"x", ".txt")
    assert caught.value.refusal is Refusal.TOO_SLOW


def test_a_missing_program_is_told_as_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(RefusedError) as caught:
        Extractor([str(tmp_path / "gone")]).read(b"x", ".txt")
    assert caught.value.refusal is Refusal.DIED


def test_reading_can_be_stopped():
    stop = threading.Event()
    stop.set()
    with pytest.raises(CancelledError):
        run("import time; time.sleep(600)").read(b"x", ".txt", stop.is_set)


def test_memory_of_the_child_is_bounded():
    code = (
        "from yibao_desktop.extract import limits; limits.confine()\n"
        "try: bytearray(2 << 30)\n"
        'except MemoryError: print(\'{"refused": "swells"}\')'
    )
    with pytest.raises(RefusedError) as caught:
        run(code).read(b"x", ".txt")
    assert caught.value.refusal is Refusal.SWELLS


@pytest.mark.parametrize(
    "act",
    ["import socket; socket.socket().connect(('127.0.0.1', 9))",
     "import subprocess; subprocess.run(['true'])", "import os; os.system('true')",
     "open('written', 'w').write('x')", "os.open('written', os.O_CREAT)", "os.mkdir('written')",
     "os.rename('kept', 'written')", "os.remove('kept')"],
)  # fmt: skip
def test_a_confined_process_talks_to_nobody_starts_nothing_and_writes_nothing(act, tmp_path):
    code = (
        f"import os, signal; os.chdir({str(tmp_path)!r})\n"
        "from yibao_desktop.extract import limits; limits.confine()\n"
        f"try:\n {act}\n print('done')\n"
        'except OSError: print(\'{"refused": "unknown"}\')'
    )
    (tmp_path / "kept").write_bytes(b"")
    with pytest.raises(RefusedError) as caught:
        run(code).read(b"x", ".txt")
    assert caught.value.refusal is Refusal.UNKNOWN
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_only_plain_files_are_opened(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x")
    assert file_bytes(tmp_path / "a.txt") == b"x"
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("pipe.txt", ".", "gone.txt"):
        with pytest.raises(RefusedError) as caught:
            file_bytes(tmp_path / name)
        assert caught.value.refusal is Refusal.UNREADABLE
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate((32 << 20) + 1)
    with pytest.raises(RefusedError) as caught:
        file_bytes(tmp_path / "large.txt")
    assert caught.value.refusal is Refusal.TOO_LARGE
