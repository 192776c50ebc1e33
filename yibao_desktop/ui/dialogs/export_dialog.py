"""Asks what a signed pack still needs: what changed, who read it, the key's password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from yibao_desktop.domain.packs.draft import Draft
from yibao_desktop.domain.packs.form_fields import MAY_BE_EMPTY, FormField
from yibao_desktop.errors import UserError
from yibao_desktop.services.changes import Changes
from yibao_desktop.services.draft_service import SHORTEST_PASSWORD, Exported, NewEdition
from yibao_desktop.services.file_writer import write_file
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.common.navigation import Message
from yibao_desktop.ui.dialogs.form_dialog import FormDialog
from yibao_desktop.ui.takeaway.file_dialog import dialog_to_save
from yibao_desktop.ui.widgets.authoring.form_row import FormRow
from yibao_desktop.ui.widgets.base.date_field import DateField
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.work.tasks import Lane

_KINDS = "医保指南的内容包 (*.yibaopack)"
_NEW_KEY = (
    "第一次导出，会在这台电脑上做一把签名的密钥，用这个密码锁着。以后每一版都要用它；"
    f"密码忘了找不回来，请记在可靠的地方。至少 {SHORTEST_PASSWORD} 个字。"
)


class ExportDialog(FormDialog):
    """Makes the pack and asks where to put it.

    Signals:
        exported: the ``Draft`` with the number of its edition.
    """

    exported = Signal(object)

    def __init__(self, draft: Draft, context: UiContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._draft = draft
        self._made: Exported | None = None
        self._first = not context.services.drafts.has_key
        self.setWindowTitle("导出内容包")
        self.keep.setText("导出")
        self.column.add(text_label(draft.title, "h2"))
        self._note = self._row("note", "这次改了什么", "一行一句，装的人会先看到", long=True)
        self._reader = self._row("reader", "还有谁读过一遍", "编的人以外的一个人")
        self.column.add(text_label("用到哪一天（不知道就空着）", "strong"))
        self._until = DateField("用到的")
        self.column.add(self._until)
        self._password = self._row("password", "密钥的密码")
        self._again = self._row("again", "密码再输一遍") if self._first else self._password
        if self._first:
            self.column.add(text_label(_NEW_KEY, "quiet"))
        for row in (self._password, self._again):
            assert isinstance(row.editor, QLineEdit)
            row.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self._add_seldom()
        self.stored.connect(self._on_made)

    def _row(self, key: str, label: str, hint: str = "", *, long: bool = False) -> FormRow:
        row = FormRow(FormField(key, label, hint=hint, long=long), "", self._context)
        self.column.add(row)
        return row

    def _add_seldom(self) -> None:
        """What few editions say; it stays folded away."""
        more = QPushButton("少用的几样")
        more.setAutoDefault(False)
        self.column.add_button(more)
        self._revokes = self._row(
            "revokes", "作废哪几版、哪把旧密钥", f"版次或公钥，中间空一格；{MAY_BE_EMPTY}"
        )
        self._next_key = self._row(
            "next_key", "以后换用的公钥", f"换密钥前的最后一版写上；{MAY_BE_EMPTY}"
        )
        self._min_program = self._row(
            "min_program", "要哪一版以上的医保指南", f"例如 0.1.0；{MAY_BE_EMPTY}"
        )
        rows = (self._revokes, self._next_key, self._min_program)
        for row in rows:
            row.hide()
        more.clicked.connect(partial(self._on_more_clicked, more, rows))

    def _on_more_clicked(
        self, more: QPushButton, rows: tuple[FormRow, ...], _checked: bool = False
    ) -> None:
        more.hide()
        for row in rows:
            row.show()
        rows[0].setFocus()
        self._fit()

    def _call(self) -> Callable[[], Changes]:
        edition = NewEdition(
            note=self._note.text,
            reader=self._reader.text,
            valid_until=self._until.day,
            min_program=self._min_program.text,
            revokes=self._revokes.text,
            next_key=self._next_key.text,
        )
        return partial(self._make, edition, self._password.text, self._again.text)

    def _make(self, edition: NewEdition, password: str, again: str) -> Changes:
        if password != again:
            raise UserError("两遍密码不一样。", "请再输一次。")
        self._made = self._context.services.drafts.export(self._draft, edition, password)
        return Changes()

    def _on_made(self) -> None:
        made = self._made
        assert made is not None
        self.exported.emit(made.draft)
        chooser = dialog_to_save("存到哪里", made.file_name, _KINDS, self._parent)
        chooser.fileSelected.connect(partial(_save, made, self._context, self._parent))
        chooser.open()


def _save(made: Exported, context: UiContext, owner: QWidget, chosen: str) -> None:
    path = Path(chosen)
    call = partial(write_file, path, made.content)
    context.tasks.run(call, partial(_told, made, path, context), owner, lane=Lane.DOCUMENTS)


def _told(made: Exported, path: Path, context: UiContext, _: None) -> None:
    try_it = partial(_install, path, context)
    said = f"签好了，存成了“{path.name}”。核对密钥的数字是 {made.fingerprint}，"
    hint = "请打电话或当面告诉装的人，不要和文件一起发。"
    message = Message(said + hint, action="装上试试", on_action=try_it)
    context.events.message_requested.emit(message)


def _install(path: Path, context: UiContext) -> None:
    """Use the pack on this computer; whoever made it need not compare its digits."""
    context.events.message_requested.emit(Message("正在装，要半分钟左右……"))
    call = partial(_installed, path, context)
    context.tasks.run(call, partial(_told_installed, context), context.tasks, lane=Lane.DOCUMENTS)


def _installed(path: Path, context: UiContext) -> tuple[str, ...]:
    packs = context.services.packs
    return packs.install(packs.look(path))


def _told_installed(context: UiContext, unfit: tuple[str, ...]) -> None:
    context.events.content_built.emit()
    said = "装好了，现在就能看到改过的页。"
    left_out = "".join(f"没有用上：{one}。" for one in unfit)
    context.events.message_requested.emit(Message(said + left_out, warning=bool(unfit)))
