"""The arguments of ``yibao``, with messages in Chinese."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import NoReturn

from yibao_desktop import __version__
from yibao_desktop.errors import UserError
from yibao_desktop.paths import Paths

_MESSAGES = (
    (r"the following arguments are required: (.+)", r"少写了：\1。"),
    (
        r"argument (.+): invalid choice: '?([^']*)'? \(choose from (.+)\)",
        r"没有“\2”这个命令。可以写：\3。",
    ),
    (r"argument (.+): invalid \w+ value: '(.*)'", r"\1 不能写“\2”，要写整数。"),
    (r"argument (.+): expected one argument", r"\1 后面要写一个值。"),
    (r"unrecognized arguments: (.+)", r"不认识：\1。"),
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _MESSAGES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, chinese, message)
                break
        raise UserError(f"命令写得不对。{message}", f"用法看：{self.prog} --help")


def parse(arguments: list[str] | None, paths: Paths) -> argparse.Namespace:
    """The command and its options.

    Raises:
        UserError: the arguments do not fit.
        SystemExit: help or the version was asked for and has been printed.
    """
    parser = _Parser(prog="yibao", description="医保指南，控制台版。", add_help=False)
    _add_help(parser)
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True)

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text, description=help_text, add_help=False)
        _add_help(added)
        return added

    def json_option(added: argparse.ArgumentParser) -> None:
        added.add_argument("--json", action="store_true", help="输出 JSON")

    json_option(command("topics", "列出主题、办事、文章和问答"))
    search = command("search", "搜索；“-”表示从标准输入逐行读")
    search.add_argument("query", metavar="问题")
    search.add_argument("--limit", type=int, default=10, metavar="数目", help="最多几条，0 是全部")
    json_option(search)
    show = command("show", "显示一项内容；“-”表示从标准输入逐行读编号")
    show.add_argument("id", metavar="编号")
    json_option(show)
    json_option(command("procedures", "列出能一步步带着办的事"))
    plan = command("plan", "列出办一件事的步骤和材料")
    plan.add_argument("id", metavar="编号")
    plan.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="问题=选项",
        help="回答一个问题，可以写多次；不清楚就写 unsure",
    )
    json_option(plan)
    json_option(command("sources", "列出五篇来源文章的每一段用在了哪里"))
    check = command("check", "检查内容文件")
    check.add_argument("--seeds", type=Path, default=paths.seeds, metavar="文件夹")
    check.add_argument("--doubts", action="store_true", help="列出全部存疑的地方")
    json_option(check)
    build = command("build", "从内容文件生成内容库")
    build.add_argument("--seeds", type=Path, default=paths.seeds, metavar="文件夹")
    build.add_argument("--out", type=Path, default=paths.content_database, metavar="文件")
    json_option(build)
    json_option(command("doctor", "检查程序和数据是否完好"))
    parsed = parser.parse_args(arguments)
    if getattr(parsed, "limit", 0) < 0:
        raise UserError("--limit 不能是负数。", "写 0 表示全部。")
    return parsed


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示用法")


def parse_answers(pairs: list[str]) -> dict[str, tuple[str, ...]]:
    """``问题=选项`` pairs; a repeated question gets several options.

    Raises:
        UserError: a pair has another form.
    """
    answers: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        question, equals, option = pair.partition("=")
        if not (question and equals and option):
            raise UserError(
                f"--answer 后面要写“问题=选项”，不能写“{pair}”。", "例如 --answer channel=window"
            )
        answers[question] = (*answers.get(question, ()), option)
    return answers
