"""The arguments of ``yibao``, with messages in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from yibao_desktop import __version__
from yibao_desktop.console.pack_commands import add_arguments
from yibao_desktop.domain.own.typed import day_typed
from yibao_desktop.errors import UserError
from yibao_desktop.paths import Paths

_CHOICES = re.compile(r"argument .+: invalid choice: (.+) \(choose from (.+)\)")
_MESSAGES = (
    (r"the following arguments are required: (.+)", r"少写了：\1。"),
    (r"argument (.+): invalid \w+ value: ['\"](.*)['\"]", r"\1 不能写“\2”，要写整数。"),
    (r"argument (.+): expected one argument", r"\1 后面要写一个值。"),
    (r"argument (.+): ignored explicit argument ['\"](.*)['\"]", r"\1 后面不能再写“\2”。"),
    (r"unrecognized arguments: (.+)", r"不认识：\1。"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 和 \2 只能写一个。"),
)
_QT_OPTIONS = ("-session", "-platform", "-style", "-display", "-geometry", "-name")
_HEADINGS = {"positional arguments": "参数", "options": "选项"}


class _HelpFormatter(argparse.HelpFormatter):
    """Help with its own few words in Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))


class _Parser(argparse.ArgumentParser):
    """A parser, of the whole command or of one of its commands, that speaks Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            add_help=False, allow_abbrev=False, formatter_class=_HelpFormatter, **options
        )
        self.add_argument("-h", "--help", action="help", help="显示用法")

    def error(self, message: str) -> NoReturn:
        said = _in_chinese(_shown(message))
        raise UserError(f"命令写得不对。{said}", f"用法看：{self.prog} --help")


def _in_chinese(message: str) -> str:
    if choices := _CHOICES.fullmatch(message):
        wrong, known = choices.groups()
        names = re.findall(r"[\w-]+", known)
        return f"没有“{wrong[1:-1]}”这个命令。可以写：{'、'.join(names)}。"
    for pattern, chinese in _MESSAGES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(chinese)
    return message


class _Commands:
    """Commands; all of them can answer in JSON."""

    def __init__(self, parser: argparse.ArgumentParser, dest: str = "command") -> None:
        self._parsers = parser.add_subparsers(dest=dest, metavar="命令", required=True)

    def add(self, name: str, text: str) -> argparse.ArgumentParser:
        """One more command, and what it does."""
        added = self._add_parser(name, text)
        added.add_argument("--json", action="store_true", help="输出 JSON")
        return added

    def add_group(self, name: str, text: str) -> _Commands:
        """One more command that has commands of its own; options are theirs."""
        return _Commands(self._add_parser(name, text), "action")

    def _add_parser(self, name: str, text: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = self._parsers.add_parser(name, help=text, description=text)
        return added


def parse(arguments: list[str] | None, paths: Paths) -> argparse.Namespace:
    """The command and its options.

    Raises:
        UserError: the arguments do not fit.
        SystemExit: help or the version was asked for and has been printed.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = _Parser(prog="yibao", description="医保指南，控制台版。")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    commands = _Commands(parser)
    _add_reading(commands)
    _add_writing(commands, paths)
    _add_records(commands)
    _add_own(commands)
    add_arguments(commands.add_group("pack", "内容包：做、看、装、去掉"), _path)
    parsed = parser.parse_args(arguments)
    _refuse_undecodable(vars(parsed).values())
    if getattr(parsed, "limit", 0) < 0:
        raise UserError("--limit 不能是负数。", "写 0 表示全部。")
    return parsed


def _add_reading(commands: _Commands) -> None:
    """What is in the guide."""
    commands.add("topics", "列出主题、办事、文章和问答")
    search = commands.add("search", "搜索；“-”表示从标准输入逐行读")
    search.add_argument("query", metavar="问题")
    search.add_argument("--limit", type=int, default=10, metavar="数目", help="最多几条，0 是全部")
    show = commands.add("show", "显示一项内容；“-”表示从标准输入逐行读编号")
    show.add_argument("id", metavar="编号")
    commands.add("frequent", "列出大家常问的，连同回答")
    commands.add("procedures", "列出能一步步带着办的事")
    plan = commands.add("plan", "列出办一件事的步骤和材料")
    plan.add_argument("id", metavar="编号")
    plan.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="问题=选项",
        help="回答一个问题，可以写多次；不清楚就写 unsure",
    )
    commands.add("sources", "列出五篇来源文章的每一段用在了哪里")


def _add_writing(commands: _Commands, paths: Paths) -> None:
    """What those need who write the guide."""
    check = commands.add("check", "检查内容文件")
    check.add_argument("--doubts", action="store_true", help="列出全部存疑的地方")
    check.add_argument("--diagram", metavar="编号", help="把一件事的流程写成 Mermaid 图")
    build = commands.add("build", "从内容文件生成内容库")
    build.add_argument(
        "--out", type=_path, default=paths.content_database, metavar="文件", help="写到哪个文件"
    )
    for command in (check, build):
        command.add_argument(
            "--seeds", type=_path, default=paths.seeds, metavar="文件夹", help="内容文件在哪里"
        )


def _add_records(commands: _Commands) -> None:
    """What keeps the user's own records."""
    commands.add("doctor", "检查程序和数据是否完好")
    commands.add("backups", "列出您的记录的备份")
    taken_out = commands.add("export", "把您的全部记录存成一个文件")
    taken_in = commands.add("import", "读入存好的记录")
    taken_in.add_argument("--preview", action="store_true", help="只看看会读入什么")
    taken_in.add_argument(
        "--settings", action="store_true", help="设置也换成文件里的（字的大小、颜色、地区等）"
    )
    for command in (taken_out, taken_in):
        command.add_argument(
            "--documents", type=_path, metavar="文件", help="自己加的资料存到（读自）这个文件"
        )
        command.add_argument("file", type=_path, metavar="文件")


def _add_own(commands: _Commands) -> None:
    """What is for documents of the user's own."""
    added = commands.add("add", "把自己的资料加进来，可以写多个文件或文件夹")
    added.add_argument("files", type=_path, nargs="+", metavar="文件")
    added.add_argument("--folder", default="", metavar="名字", help="归到哪一类")
    added.add_argument("--title", default="", metavar="名字", help="叫什么名字（只加一个文件时）")
    added.add_argument("--date", type=day_typed, metavar="日期", help="是哪一天的，如 2025-09-20")
    added.add_argument("--until", type=day_typed, metavar="日期", help="有效到哪一天")
    added.add_argument("--region", metavar="地区", help="说的是哪里，写地区编码或名字")
    added.add_argument("--whole", action="store_true", help="网页连同栏目一起留下")
    similar = added.add_mutually_exclusive_group()
    similar.add_argument("--update", action="store_true", help="同名的，更新原来那一份")
    similar.add_argument("--another", action="store_true", help="同名的，另存一份")
    commands.add("documents", "列出自己加的资料")
    removed = commands.add("remove", "移除一份自己加的资料")
    removed.add_argument("id", metavar="编号")
    removed.add_argument("--undo", action="store_true", help="找回移除了的")
    extract = commands.add("extract", "读出一个文件里的文字，写成 JSON；“-”表示从标准输入读")
    extract.add_argument("file", metavar="文件")
    extract.add_argument(
        "suffix", nargs="?", default="", metavar="后缀", help="当作哪种文件，如 .docx"
    )


def parse_window(arguments: list[str]) -> argparse.Namespace:
    """What the window is asked for: ``request``, ``self_test``, and ``for_qt``, what Qt reads.

    Raises:
        UserError: the arguments do not fit.
        SystemExit: help or the version was asked for and has been printed.
    """
    _refuse_undecodable(arguments)
    parser = _Parser(prog="yibao-desktop", description="医保指南，打开窗口。")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    parser.add_argument("--self-test", action="store_true", help="不开窗口，把每样都试一遍")
    parser.add_argument(
        "request",
        nargs="?",
        default="",
        metavar="问题",
        help="打开就搜这句话；写 yibao:编号 就打开那一页",
    )
    for_qt, own = _split_off_qt(arguments)
    parsed = parser.parse_args(own)
    parsed.for_qt = for_qt
    return parsed


def _split_off_qt(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Options of Qt's own with their values, such as a desktop gives at log-in, and the others."""
    for_qt: list[str] = []
    own = list(arguments)
    for name in _QT_OPTIONS:
        while name in own and own.index(name) + 1 < len(own):
            at = own.index(name)
            for_qt += own[at : at + 2]
            del own[at : at + 2]
    return for_qt, own


def _refuse_undecodable(values: Iterable[object]) -> None:
    """Texts must be readable; names of files may have any bytes, as on old computers."""
    for value in values:
        if isinstance(value, list):
            _refuse_undecodable(value)
        elif isinstance(value, str) and _shown(value) != value:
            hint = "请看终端用的是不是 UTF-8，再写一遍。"
            raise UserError(f"“{_shown(value)}”里有认不出来的字。", hint)


def _shown(text: str) -> str:
    """A text with question marks for what cannot be shown."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _path(text: str) -> Path:
    if not text:
        raise UserError("文件或文件夹的名字不能是空的。", "请写上它在哪里，或者不写这个选项。")
    return Path(text)


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
