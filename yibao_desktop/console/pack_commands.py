"""``pack``: content packs, from the console."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from getpass import getpass
from pathlib import Path
from typing import Any

from yibao_desktop.errors import UserError
from yibao_desktop.services.pack_looks import PackLook
from yibao_desktop.services.pack_service import InstalledPack, PackService

Answer = tuple[Any, Iterable[str]]
"""A document for ``--json``, and the same as lines."""


def answer(options: argparse.Namespace, packs: PackService) -> Answer:
    """What ``yibao pack`` was asked for, done.

    Raises:
        UserError: it is refused, or the options do not fit.
        DataError: a file is no pack, is faulty, or cannot be written.
    """
    return _ACTIONS[options.action](options, packs)


def _key(options: argparse.Namespace, packs: PackService) -> Answer:
    digits = packs.new_key(options.file, _password(options, again=True))
    lines = [
        f"密钥写好了：{options.file}。它和密码都要收好，丢了就不能再发新的一版。",
        f"公钥：{options.file}.pub。请把这二十五个数字公布出去，让大家核对：",
        digits,
    ]
    return {"file": str(options.file), "fingerprint": digits}, lines


def _make(options: argparse.Namespace, packs: PackService) -> Answer:
    made = packs.make(options.folder, options.key, _password(options), options.out)
    document = {"file": str(options.out), "id": made.id, "serial": made.serial}
    return document, [f"内容包做好了：{options.out}（{made.title}，第 {made.serial} 版）。"]


def _password(options: argparse.Namespace, *, again: bool = False) -> str:
    if options.password_file is not None:
        try:
            return str(options.password_file.read_text(encoding="utf-8")).rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"密码文件读不出来：{options.password_file}。") from error
    try:
        given = getpass("密钥的密码：")
        repeated = getpass("再输一次：") if again else given
    except EOFError as error:  # nobody is there to type it
        raise UserError("没有输密码。", "请用 --password-file 从文件读密码。") from error
    if repeated != given:
        raise UserError("两次输的密码不一样。")
    return given


def _check(options: argparse.Namespace, packs: PackService) -> Answer:
    look = packs.look(options.file)
    return look_view(look), look_text(look)


def _install(options: argparse.Namespace, packs: PackService) -> Answer:
    look = packs.look(options.file)
    if look.verdict.is_refused:
        raise UserError(look.said)
    if look.needs_comparing and _digits(options.trust) != _digits(look.fingerprint):
        raise UserError(
            f"{look.said}数字是：{look.fingerprint}。", "对上了，加上 --trust 和这些数字再运行。"
        )
    choices = {clash.part: options.prefer for clash in look.clashes if options.prefer}
    unfit = packs.install(look, choices)
    lines = [f"装好了：{look.manifest.title}，第 {look.manifest.serial} 版。"]
    lines += [f"没有用上，请告诉发布者：{said}" for said in unfit]
    return look_view(look) | {"installed": True, "left_out": list(unfit)}, lines


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


def _list(_options: argparse.Namespace, packs: PackService) -> Answer:
    installed = packs.installed()
    document = {
        "packs": [_installed_view(pack) for pack in installed],
        "left_out": list(packs.unfit),
        "can_go_back": packs.can_go_back,
        "behind": packs.is_behind,
    }
    return document, _list_text(installed, packs)


def _installed_view(pack: InstalledPack) -> dict[str, Any]:
    return _manifest_view(pack) | {"fingerprint": pack.fingerprint, "over": pack.is_over}


def _manifest_view(pack: InstalledPack | PackLook) -> dict[str, Any]:
    said = asdict(pack.manifest)
    days = {name: said[name] and said[name].isoformat() for name in ("made_on", "valid_until")}
    return said | days


def _list_text(installed: list[InstalledPack], packs: PackService) -> Iterator[str]:
    if not installed:
        yield "没有装内容包；用 yibao pack install 装。"
    for pack in installed:
        said = pack.manifest
        until = f"，用到 {said.valid_until}" if said.valid_until else ""
        over = "（已经过了）" if pack.is_over else ""
        yield f"{said.title}  ({said.id})  第 {said.serial} 版，{said.publisher}{until}{over}"
    yield from (f"没有用上：{said}" for said in packs.unfit)
    if packs.is_behind:
        yield "指南更新过，或者换了地区，内容包还没有重新装进去；用 yibao pack rebuild。"


def _remove(options: argparse.Namespace, packs: PackService) -> Answer:
    packs.remove(options.id)
    return {"id": options.id, "removed": True}, [f"去掉了：{options.id}。收藏和办理记录都在。"]


def _rollback(_options: argparse.Namespace, packs: PackService) -> Answer:
    packs.go_back()
    ids = [f"{pack.manifest.id} 第 {pack.manifest.serial} 版" for pack in packs.installed()]
    said = "、".join(ids) or "没有内容包"
    return {"packs": ids}, [f"退回了上一版，现在用的是：{said}。"]


def _rebuild(_options: argparse.Namespace, packs: PackService) -> Answer:
    packs.rebuild()
    lines = ["内容包重新装进去了。", *(f"没有用上：{said}" for said in packs.unfit)]
    return {"rebuilt": True, "left_out": list(packs.unfit)}, lines


def look_view(look: PackLook) -> dict[str, Any]:
    """``pack check --json``."""
    return _manifest_view(look) | {
        "fingerprint": look.fingerprint,
        "verdict": look.verdict,
        "places": list(look.places),
        "new": list(look.new),
        "changed": list(look.changed),
        "gone": list(look.gone),
        "changes": [asdict(change) for change in look.changes],
        "ended": [asdict(change) for change in look.ended],
        "left_out": [asdict(unfit) for unfit in look.unfit],
        "clashes": [asdict(clash) for clash in look.clashes],
    }


def look_text(look: PackLook) -> Iterator[str]:
    """``pack check``."""
    said = look.manifest
    yield f"{said.title}，第 {said.serial} 版（{said.id}）"
    yield f"自称的发布者：{said.publisher}{f'，联系：{said.contact}' if said.contact else ''}"
    yield f"给这里用：{'、'.join(look.places)}"
    yield f"编成：{said.made_on}；有效期到：{said.valid_until or '没有写'}"
    yield f"核对用的数字：{look.fingerprint}"
    yield look.said
    yield from (f"这一版：{change}" for change in said.changes)
    for name, titles in (
        ("新的页", look.new),
        ("改过的页", look.changed),
        ("没有了的页", look.gone),
    ):
        yield from (f"{name}：{title}" for title in titles)
    yield from (f"本地不同（{change.page}）{change.line}" for change in look.changes)
    yield from (f"不再不同（{change.page}）{change.line}" for change in look.ended)
    yield from (f"和指南对不上，不用（{unfit.page}）：{unfit.said}" for unfit in look.unfit)
    for clash in look.clashes:
        yield f"“{clash.title}”几个内容包都改了：{'、'.join(clash.packs)}；装的时候用 --prefer 选。"


_ACTIONS: dict[str, Callable[[argparse.Namespace, PackService], Answer]] = {
    "key": _key,
    "make": _make,
    "check": _check,
    "install": _install,
    "list": _list,
    "remove": _remove,
    "rollback": _rollback,
    "rebuild": _rebuild,
}


def add_arguments(actions: Any, path: Callable[[str], Path]) -> None:
    """The options of each action; ``actions`` makes its parser."""
    key = actions.add("key", "做一把签名用的密钥")
    key.add_argument("file", type=path, metavar="文件")
    make = actions.add("make", "检查一个文件夹，签名，做成内容包")
    make.add_argument("folder", type=path, metavar="文件夹")
    make.add_argument("--key", type=path, required=True, metavar="文件", help="密钥文件")
    make.add_argument("--out", type=path, required=True, metavar="文件", help="写到哪个文件")
    for command in (key, make):
        command.add_argument(
            "--password-file", type=path, metavar="文件", help="从这个文件读密钥的密码"
        )
    check = actions.add("check", "看一个内容包：谁发的、改了什么、能不能装")
    install = actions.add("install", "装一个内容包")
    for command in (check, install):
        command.add_argument("file", type=path, metavar="文件")
    install.add_argument("--trust", default="", metavar="数字", help="核对过的二十五个数字")
    install.add_argument("--prefer", default="", metavar="编号", help="都改了的地方，用哪个包的")
    actions.add("list", "列出装好的内容包")
    actions.add("remove", "去掉一个内容包").add_argument("id", metavar="编号")
    actions.add("rollback", "退回上一版")
    actions.add("rebuild", "指南更新、换了地区以后，重新装进去")
    actions.add("build", "（程序自己用的）照标准输入里写的生成内容")
