"""Looks whether everything the program needs is there and sound."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlalchemy.orm import Session

from yibao_desktop import __version__
from yibao_desktop.content.version import content_version
from yibao_desktop.domain.guide.items import page_id
from yibao_desktop.domain.own.document import OWN_NAME, OwnDocument
from yibao_desktop.domain.pages import PAGE_TYPES
from yibao_desktop.errors import DataError
from yibao_desktop.paths import ENCODER_FILE, HOME_VARIABLE, Paths
from yibao_desktop.services.backup_service import moment_text
from yibao_desktop.services.doctor_packs import pack_findings
from yibao_desktop.services.finding import Finding
from yibao_desktop.services.search_service import SearchService
from yibao_desktop.store.backup import BackupFolder
from yibao_desktop.store.content_file import verify_content
from yibao_desktop.store.content_repository import REINSTALL, ContentRepository
from yibao_desktop.store.engine import idle_engine, reading_engine
from yibao_desktop.store.inspection import can_be_written
from yibao_desktop.store.originals import Originals
from yibao_desktop.store.own_database import DOCUMENTS, OwnUnit
from yibao_desktop.store.user_database import check_values, examine, log_file

PACKAGES = ("PySide6_Essentials", "SQLAlchemy", "jieba", "cattrs")
FONT = "YibaoSans-Regular.otf"
MEANING = "按意思搜索"


class DoctorService:
    """Examines one installation and one user's folder."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def examine(self) -> list[Finding]:
        """Everything looked at."""
        return [
            *self._versions(),
            *self._folders(),
            self._content(),
            self._meaning(),
            self._user(),
            self._backups(),
            self._documents(),
            *pack_findings(self._paths),
            self._font(),
        ]

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
        folder = self._paths.user
        usable = can_be_written(folder)
        remedy = f"这里放不了文件。请用环境变量 {HOME_VARIABLE} 指明一个能写的文件夹。"
        yield Finding("您的文件夹", str(folder), usable, "" if usable else remedy)

    def _content(self) -> Finding:
        path = self._paths.content_database
        try:
            verify_content(path)
            with closing(ContentRepository(path)) as content:
                content.verify()
                answered = _answers(content, self._paths.resources)
                version = content.version
        except DataError as error:
            return Finding("内容库", str(error), False, error.hint)
        value = f"{path}（版本 {version}）"
        if not answered:
            return Finding("内容库", f"{value}，搜索找不到该找到的", False, REINSTALL)
        if version != content_version(self._paths.seeds, self._paths.resources):
            remedy = "内容文件改过了，内容库还是旧的。请运行 yibao build。"
            return Finding("内容库", value, False, remedy)
        return Finding("内容库", value)

    def _meaning(self) -> Finding:
        """Whether search understands what is meant, or goes by words alone."""
        try:
            from yibao_desktop.search.meaning import Encoder

            encoder = Encoder(self._paths.resources / ENCODER_FILE)
            encoder.verify()
            return Finding(MEANING, encoder.version)
        except (DataError, ImportError):
            return Finding(MEANING, "用不了，现在只按字词找", False, REINSTALL)

    def _user(self) -> Finding:
        path = self._paths.user_database
        if not os.path.lexists(path):
            return Finding("您的记录", "还没有，第一次打开时会建立")
        try:
            found = examine(path, self._paths.migrations)
            if found.version == found.newest:
                check_values(path)
        except DataError as error:
            return Finding("您的记录", str(error), False, error.hint)
        later = f"，下次打开时升级到 {found.newest}" if found.version < found.newest else ""
        return Finding("您的记录", f"{path}（版本 {found.version}{later}）")

    def _backups(self) -> Finding:
        backups = BackupFolder(self._paths.user_database).all()
        if not backups:
            return Finding("备份", "还没有，记录有变化、关掉窗口的时候会做")
        return Finding("备份", f"{len(backups)} 份，最近 {moment_text(backups[0].made_at)}")

    def _documents(self) -> Finding:
        """Documents of the user's own: the database, and every original."""
        path = self._paths.own_database
        if not os.path.lexists(path):
            return Finding(OWN_NAME, "还没有加过")
        try:
            found = examine(path, self._paths.own_migrations, kind=DOCUMENTS)
            if found.version < found.newest:
                return Finding(OWN_NAME, f"{path}（下次打开时升级到 {found.newest}）")
            check_values(path, DOCUMENTS)
            documents = _documents_of(path)
        except DataError as error:
            return Finding(OWN_NAME, str(error), False, error.hint)
        damaged = Originals(self._paths.originals).damaged(documents)
        value = f"{len(documents)} 份，{path}"
        if damaged:
            names = "、".join(f"《{document.title}》" for document in damaged)
            remedy = "读出来的文字还在；要原件，请把文件再加一次。"
            return Finding(OWN_NAME, f"{value}；原件坏了或不在了：{names}", False, remedy)
        return Finding(OWN_NAME, value)

    def _font(self) -> Finding:
        path = self._paths.resources / "fonts" / FONT
        if path.is_file():
            return Finding("自带字体", str(path))
        return Finding("自带字体", "找不到", False, "请重新安装医保指南。")


def _documents_of(path: Path) -> list[OwnDocument]:
    engine = idle_engine(path) if not log_file(path).exists() else reading_engine(path)
    try:
        with Session(engine) as session:
            return OwnUnit(session).documents.all()
    finally:
        engine.dispose()


def _answers(content: ContentRepository, resources: Path) -> bool:
    """Whether search finds a page by its own title."""
    page = next((item for item in content.items() if item.kind in PAGE_TYPES), None)
    results = SearchService(content, resources).search(page.title if page else "", limit=0)
    return any(page and page_id(hit.passage.item_id) == page.id for hit in results.hits)
