"""The content packs in use: installing one from a file, going back, taking one out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from yibao_desktop.domain.packs.manifest import PACK_SUFFIX
from yibao_desktop.errors import YibaoError
from yibao_desktop.services.pack_looks import PackLook
from yibao_desktop.services.pack_service import InstalledPack
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.dialogs.pack_dialog import PackDialog
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.looks.qt_paths import path_from_qt
from yibao_desktop.ui.takeaway.file_dialog import dialog_to_open
from yibao_desktop.ui.widgets.base.callout import CalloutBox
from yibao_desktop.ui.widgets.base.labels import RichLabel, text_label
from yibao_desktop.ui.widgets.base.message_bar import MessageBar
from yibao_desktop.ui.work.tasks import Lane

WHAT = (
    "内容包是别的单位或个人做的：一个城市自己的问答、办事，和那里与指南不一样的地方。"
    "谁做的会一直写在旁边；它不是本指南编写的。"
)
AFTERWARDS = "现在就能看到。"


@dataclass(frozen=True, slots=True)
class _Read:
    packs: list[InstalledPack]
    unfit: tuple[str, ...]
    can_go_back: bool


@dataclass(frozen=True, slots=True)
class _Looked:
    look: PackLook
    cases: list[str]
    titles: dict[str, str]


class PacksDialog(TextDialog):
    """Lists the packs; while one is checked or built, says how far that is.

    Signals:
        _told: how far it is; told in another thread.
    """

    _told = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._context = context
        self._working = False
        self.setWindowTitle("内容包")
        self.message = MessageBar(context)
        self.layout().insertWidget(0, self.message)  # type: ignore[union-attr]
        self._told.connect(self._on_told)
        context.services.packs.stop_when(lambda: context.tasks.closing)
        self._load()

    def _load(self) -> None:
        self._context.tasks.run(
            self._read, self._on_read, self, lane=Lane.DOCUMENTS, on_refused=self._on_refused
        )

    def _read(self) -> _Read:
        packs = self._context.services.packs
        return _Read(packs.installed(), packs.unfit, packs.can_go_back)

    def _on_read(self, read: _Read) -> None:
        self.column.clear()
        self.column.add(text_label("内容包", "h2"))
        self.column.add(text_label(WHAT))
        install = QPushButton("装一个内容包…")
        install.setProperty("role", "primary")
        install.clicked.connect(self._on_install_clicked)
        self.column.add_button(install)
        if not read.packs:
            self.column.add(text_label("还没有装。", "quiet"))
        for pack in read.packs:
            self._add_pack(pack)
        for said in read.unfit:
            self.column.add(text_label(f"和指南对不上，没有用：{said}", "quiet"))
        if read.can_go_back:
            back = QPushButton("退回上一版")
            back.clicked.connect(self._on_back_clicked)
            self.column.add_button(back)

    def _add_pack(self, pack: InstalledPack) -> None:
        said = pack.manifest
        self.column.add(text_label(said.title, "h3"))
        until = f"，用到 {said.valid_until}" if said.valid_until else ""
        self.column.add(text_label(f"〔{said.publisher}〕第 {said.serial} 版{until}"))
        self.column.add(text_label(f"核对用的数字：{pack.fingerprint}", "quiet"))
        if pack.is_over:
            text = "写明的有效期过了，里面的说法可能已经变了；请向发布者要新的一版。"
            line = RichLabel(text, text, self._context.theme)
            self.column.add(CalloutBox("caution", "过了有效期", [line], self._context))
        remove = QPushButton("去掉")
        remove.setAccessibleName(f"去掉：{said.title}")
        remove.clicked.connect(partial(self._on_remove_clicked, said.id, said.title))
        self.column.add_button(remove)

    # -- installing -----------------------------------------------------------------------------

    def _on_install_clicked(self) -> None:
        dialog = dialog_to_open("装一个内容包", f"内容包 (*{PACK_SUFFIX})", self)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    def _on_file_chosen(self, file: str) -> None:
        packs = self._context.services.packs
        look = partial(packs.look, path_from_qt(file), self._told.emit)
        self._work(partial(self._looked, look), self._on_looked)

    def _looked(self, look: Callable[[], PackLook]) -> _Looked:
        """The pack, whose open cases it touches, and the titles of the pages it changes."""
        found, services = look(), self._context.services
        touched = found.touched
        cases = [c.heading for c in services.cases.open_cases() if c.procedure.id in touched]
        return _Looked(found, cases, {page: services.guide.title(page) for page in touched})

    def _on_looked(self, found: _Looked) -> None:
        self._rest()
        look = found.look
        dialog = PackDialog(look, found.cases, found.titles, self._context, self)
        dialog.wanted.connect(partial(self._on_wanted, look))
        dialog.open()

    def _on_wanted(self, look: PackLook, choices: dict[str, str]) -> None:
        call = partial(self._context.services.packs.install, look, choices, self._told.emit)
        said = f"装好了：{look.manifest.title}。{AFTERWARDS}"
        self._work(call, lambda _: self._on_done(said))

    # -- going back and taking out --------------------------------------------------------------

    def _on_back_clicked(self) -> None:
        call = partial(self._context.services.packs.go_back, self._told.emit)
        self._work(call, lambda _: self._on_done(f"退回了上一版。{AFTERWARDS}"))

    def _on_remove_clicked(self, pack_id: str, title: str, _checked: bool = False) -> None:
        call = partial(self._context.services.packs.remove, pack_id, self._told.emit)
        said = f"去掉了：{title}。收藏和办理记录都在。{AFTERWARDS}"
        self._work(call, lambda _: self._on_done(said))

    # -- work -----------------------------------------------------------------------------------

    def _work(self, call: Callable[[], object], on_done: Callable[..., None]) -> None:
        self._working = True
        self.column.setEnabled(False)
        self.closing.setEnabled(False)
        self._context.tasks.run(
            call, on_done, self, lane=Lane.DOCUMENTS, on_refused=self._on_refused
        )

    def _rest(self) -> None:
        self._working = False
        self.column.setEnabled(True)
        self.closing.setEnabled(True)
        self.message.hide()

    def _on_told(self, stage: str) -> None:
        if self._working:
            self.message.show_message(Message(f"{stage}……"))

    def _on_done(self, said: str) -> None:
        self._rest()
        self._context.events.content_built.emit()
        self.message.show_message(Message(said))
        self._load()

    def _on_refused(self, error: YibaoError) -> None:
        self._rest()
        self.message.show_message(Message.of(error))

    def done(self, result: int) -> None:
        """Close; not while something is being built, which may still succeed."""
        if not self._working:
            super().done(result)
