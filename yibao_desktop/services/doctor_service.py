"""Looks whether everything the program needs is there and sound."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from yibao_desktop import __version__
from yibao_desktop.content.version import content_version
from yibao_desktop.errors import YibaoError
from yibao_desktop.paths import Paths
from yibao_desktop.store.content_repository import ContentRepository
from yibao_desktop.store.user_database import UserDatabase

PACKAGES = ("PySide6_Essentials", "SQLAlchemy", "jieba", "cattrs")
FONT = "YibaoSans-Regular.otf"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``remedy`` says what to do where it is not well."""

    name: str
    value: str
    well: bool = True
    remedy: str = ""


class DoctorService:
    """Examines one installation and one user's folder."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def examine(self) -> list[Finding]:
        """Everything looked at."""
        return [*self._versions(), *self._folders(), self._content(), self._user(), self._font()]

    def _versions(self) -> Iterator[Finding]:
        yield Finding("医保指南", __version__)
        yield Finding("Python", platform.python_version())
        yield Finding("SQLite", sqlite3.sqlite_version)
        for package in PACKAGES:
            try:
                yield Finding(package, version(package))
            except PackageNotFoundError:
                yield Finding(package, "已打包，没有版本信息")

    def _folders(self) -> Iterator[Finding]:
        yield Finding("程序文件夹", str(self._paths.bundle))
        yield Finding("您的文件夹", str(self._paths.user))

    def _content(self) -> Finding:
        path = self._paths.content_database
        try:
            repository = ContentRepository(path)
        except YibaoError as error:
            return Finding("内容库", str(error), False, error.hint)
        try:
            sound, version = repository.is_sound(), repository.version
        finally:
            repository.close()
        value = f"{path}（版本 {version}）"
        if not sound:
            return Finding("内容库", value, False, "内容库坏了，请重新安装医保指南。")
        if version != content_version(self._paths.seeds, self._paths.dictionaries):
            remedy = "内容文件改过了，内容库还是旧的。请运行 yibao build。"
            return Finding("内容库", value, False, remedy)
        return Finding("内容库", value)

    def _user(self) -> Finding:
        path = self._paths.user_database
        if not path.exists():
            return Finding("您的记录", "还没有，第一次打开时会建立")
        try:
            database = UserDatabase(path, self._paths.migrations)
        except YibaoError as error:
            return Finding("您的记录", str(error), False, error.hint)
        try:
            sound = database.is_sound()
            value = f"{path}（版本 {database.version}）"
        finally:
            database.close()
        remedy = "" if sound else "记录坏了。请先把这个文件复制一份保存好，再来求助。"
        return Finding("您的记录", value, sound, remedy)

    def _font(self) -> Finding:
        path = self._paths.resources / "fonts" / FONT
        if path.is_file():
            return Finding("自带字体", str(path))
        return Finding("自带字体", "找不到", False, "请重新安装医保指南。")
