"""Documents of one's own, spoilt at random or made by somebody who means harm."""

from __future__ import annotations

import io
import random
import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.clock import SetClock
from tests.data import documents as made
from tests.own_documents import own_service, write
from tests.torture.child import in_child, killed, moments
from tests.torture.network import traced
from tests.torture.table import Row
from tests.torture.world import World
from yibao_desktop.bootstrap import ContentServices
from yibao_desktop.domain.own.reading import RefusedError
from yibao_desktop.errors import YibaoError
from yibao_desktop.extract.harness import Extractor, child_command
from yibao_desktop.extract.limits import MEMORY
from yibao_desktop.paths import Paths
from yibao_desktop.services.own_service import Choice

TRIALS = 500
AREA = "本地资料"
ALLOWED_MEMORY = MEMORY + (256 << 20)
"""What a reader may take up, with Python and its libraries."""

SECRET = "只有这台电脑上有的话"
_SOCKET = re.compile(r"\b(socket|connect|sendto)\(")
_WRITES = re.compile(r"O_(WRONLY|RDWR|CREAT)")
_STARTS = re.compile(r"\bexecve\(")
KEPT = "关于先来的一份通知\n先来的一份，后面的坏文件不能碰它。"


def torture(world: World, short: bool) -> Iterator[Row]:
    """Read spoilt files, hostile ones, and add them beside a good one."""
    yield from _spoilt(world, 24 if short else TRIALS)
    yield _hostile(world, short)
    yield _killed(world, 2 if short else 40)


def _good() -> dict[str, bytes]:
    """One good file of every kind."""
    return {
        "a.docx": made.notice_docx(), "b.docx": made.typed_docx(), "c.xlsx": made.xlsx(made.FEE_ROWS, "A2:A3"),
        "d.ofd": made.ofd(made.LINES), "e.pdf": made.cid_pdf("GBK-EUC-H", "gbk"),
        "f.pdf": (made.READY_MADE / "table.pdf").read_bytes(), "g.html": made.ENCODED["gbk that says utf-8"],
        "h.txt": "\n".join(made.LINES).encode("gbk"), "i.csv": "人群,档次,元\n成年人,高,600\n".encode(),
        "j.md": "# 标准\n\n|档|元|\n|--|--|\n|高|600|\n".encode(),
    }  # fmt: skip


def spoilt(seed: int) -> tuple[str, bytes]:
    """Name and bytes of a file with something wrong in it."""
    chosen = random.Random(seed)
    name, data = chosen.choice(list(_good().items()))
    packed = data.startswith(b"PK")
    if packed and chosen.random() < 0.6:
        return f"{seed}-{name}", _with_spoilt_part(data, chosen)
    match chosen.randrange(6):
        case 0:
            data = data[: chosen.randrange(len(data))]
        case 1:
            data += data[chosen.randrange(len(data)) :] * chosen.randrange(1, 4)
        case 2:
            name = chosen.choice([n for n in _good() if not n.endswith(name[1:])])
        case _:
            data = _with_bytes(data, chosen)
    return f"{seed}-{name}", data


def _with_bytes(data: bytes, chosen: random.Random) -> bytes:
    spoilt_data = bytearray(data or b" ")
    for _ in range(chosen.choice((1, 3, 30, 300))):
        at = chosen.randrange(len(spoilt_data))
        match chosen.randrange(4):
            case 0:
                spoilt_data[at] = chosen.randrange(256)
            case 1:
                del spoilt_data[at : at + chosen.choice((1, 5, 60))]
            case 2:
                spoilt_data[at:at] = spoilt_data[at : at + 40] * chosen.choice((1, 20, 400))
            case _:
                spoilt_data[at:at] = chosen.choice(
                    (b"<", b">", b"&x;", b"\0" * 9, b"99999999999", b"<w:p>" * 300, b"obj", b"/Kids [1 0 R]",
                     b"<!DOCTYPE x>", b"%PDF-", b"\xff\xfe", b"</w:tbl>", "〔".encode("gbk"))
                )  # fmt: skip
        if not spoilt_data:
            spoilt_data = bytearray(b" ")
    return bytes(spoilt_data)


def _with_spoilt_part(data: bytes, chosen: random.Random) -> bytes:
    """A zip file that is whole, with something wrong in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chosen.choice(list(parts))
    part = parts[name]
    assert isinstance(part, bytes)
    parts[name] = _with_bytes(part, chosen)
    if chosen.random() < 0.1:
        del parts[name]
    return made.packed(parts)


def _spoilt(world: World, count: int) -> Iterator[Row]:
    """Every one added, watched all the while, beside a good document that must stay."""
    row, watched = Row(AREA, "坏了的文件"), Row(AREA, "读坏文件的进程碰了什么")
    paths = world.paths()
    guide = ContentServices(paths, SetClock())
    folder = world.folder / "spoilt"
    trace = world.folder / "documents.trace"
    own = own_service(guide, SetClock())
    first = own.add([Choice(look, look.title) for look in own.look([write(folder, "0.txt", KEPT)])])
    own._extractor = Extractor(
        traced(trace, "%network,openat,open,creat,execve", *child_command()) or child_command()
    )
    for seed in range(count):
        name, data = spoilt(seed)
        try:
            (look,) = own.look([write(folder, name, data)])
            added = own.add([Choice(look, look.title)]) if look.reading else None
        except Exception as error:
            row.note("出错", f"{seed} {name}: {type(error).__name__}: {str(error)[:300]}")
            continue
        if added and added.documents:
            row.note("读懂了")
        else:
            row.note("拒绝并说明", *([] if look.said.endswith("。") else [f"{seed}: {look.said}"]))
        if trace.exists():
            watched.note("只读了自己的程序", *touched(trace.read_text(errors="replace"), seed))
            trace.unlink()
    still = own.item(first.documents[0].id)
    row.lost += [] if still and "不能碰它" in still.text else ["the good document is gone"]
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    row.lost += [f"{largest // 1_000_000} MB"] if largest > ALLOWED_MEMORY else []
    own.close()
    guide.close()
    yield row
    yield watched


def touched(trace: str, seed: int) -> list[str]:
    """What a reader did besides reading its program: sockets, written files, other programs."""
    lines = trace.splitlines()
    wrong = [line for line in lines if _SOCKET.search(line)]
    wrong += [line for line in lines if _WRITES.search(line) and "/dev/null" not in line]
    wrong += [line for line in lines if _STARTS.search(line) and sys.executable not in line]
    return [f"{seed}: {line[:300]}" for line in wrong]


def _hostile(world: World, short: bool) -> Row:
    row = Row(AREA, "恶意的文件")
    secret = world.folder / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    trace = world.folder / "hostile.trace"
    command = traced(trace, "%network,openat,open,creat", *child_command()) or child_command()
    for name, data in made.hostile(secret).items():
        if short and name in ("paragraphs.docx", "bomb.xlsx", "flate.pdf"):
            continue
        try:
            said = Extractor(command).read(data, Path(name).suffix).plain
        except RefusedError as error:
            said = ""
            outcome = "拒绝并说明" if error.hint else "没有说明"
        else:
            outcome = "读懂了，只当文字"
        wrong = [f"{name}: the secret"] if SECRET in said else []
        if trace.exists():
            text = trace.read_text(errors="replace")
            wrong += [f"{name}: {secret} was opened"] if str(secret) in text else []
            wrong += touched(text, 0)
            trace.unlink()
        row.note(outcome, *wrong)
    return row


def _killed(world: World, kills: int) -> Row:
    """The program is killed while it adds: what it said is added is there, with its original."""
    row = Row(AREA, "加到一半被强行结束")
    acknowledged = 0
    for number, moment in enumerate(moments(kills, 0.4, 5)):
        paths = world.paths()
        folder = world.folder / f"killed-{number}"
        files = [
            write(folder, f"{n}.txt", f"第{n}份通知\n第{n}份，不一样。" * 20) for n in range(60)
        ]
        told = killed(lambda tell, p=paths, f=files: _add_all(p, f, tell), moment, when_told=True)
        acknowledged += len(told)
        row.note("说加好了的都在", *in_child(lambda p=paths, t=told: _missing(p, t)))
        world.forget(paths)
    row.fault += f"（加了 {acknowledged} 份）"
    return row


def _add_all(paths: Paths, files: list[Path], tell: Callable[[str], None]) -> None:
    guide = ContentServices(paths, SetClock())
    own = own_service(guide, SetClock())
    for look in own.look(files):
        for document in own.add([Choice(look, look.title)]).documents:
            tell(document.id)
    while True:
        time.sleep(1)


def _missing(paths: Paths, told: list[str]) -> list[str]:
    guide = ContentServices(paths, SetClock())
    own = own_service(guide, SetClock())
    wrong = []
    for document_id in told:
        try:
            own.original(document_id)
        except YibaoError as error:
            wrong.append(f"{document_id}: {error}")
    with own.index() as opened:
        found = opened[1].find("不一样") if opened else []
    if len(found) < len(told):
        wrong.append(f"{len(told)} were added, {len(found)} are found")
    if own.incident is not None:
        wrong.append(f"told: {own.incident.reason}")
    own.close()
    guide.close()
    return wrong
