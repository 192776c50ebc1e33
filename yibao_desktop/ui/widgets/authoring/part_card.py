"""One part of a page, with a pencil: its form opens below its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.packs.draft import Edit
from yibao_desktop.domain.packs.form_fields import OPTION, PartForm
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.icons import beside_text
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.authoring.form_row import FormRow
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import set_role, text_label


class PartCard(QFrame):
    """Shows what the part is called until the pencil is clicked.

    Signals:
        edited: the ``Edit`` as it is now.
        restored: the part is to be as the guide has it, or, one that was added, to go.
        moved: it is to stand so many places further.
        stops_changed: there is more in it that may take the focus.
    """

    edited = Signal(object)
    restored = Signal()
    moved = Signal(int)
    stops_changed = Signal()

    def __init__(
        self,
        form: PartForm,
        edit: Edit,
        context: UiContext,
        *,
        ordered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``ordered`` is whether it can be moved up and down."""
        super().__init__(parent)
        self.form = form
        self._edit = edit
        self._context = context
        self._ordered = ordered
        self._rows: dict[str, FormRow] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        rows.setSpacing(SPACE)
        rows.addLayout(self._head())
        self._fields = QWidget()
        self._inner = QVBoxLayout(self._fields)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(SPACE)
        rows.addWidget(self._fields)
        self._fields.hide()
        self._fault = text_label("", "fault")
        self._fault.hide()
        rows.addWidget(self._fault)
        self._faults: Mapping[str, str] = {}
        self._show_state()
        if form.is_whole:
            self._name.hide()
            self._pencil.hide()
            self.unfold()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self._name = text_label(self.form.name, "strong")
        self._mark = text_label("", "tag")
        self._mark.setWordWrap(False)
        self._pencil = QPushButton("改")
        self._pencil.setIcon(self._context.icon("pencil"))
        self._pencil.setIconSize(beside_text(self._context.theme.metrics.body))
        self._pencil.setAccessibleName(f"改：{self.form.name}")
        self._pencil.clicked.connect(self._on_pencil_clicked)
        head.addWidget(self._name, 1)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._pencil, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def unfold(self) -> None:
        """Show the fields; they are made when they are first wanted."""
        if not self._inner.count():
            self._inner.addWidget(self._tools())
            for field in self.form.fields:
                self._add_row(field.key)
            self.show_faults(self._faults)
            self.stops_changed.emit()
        self._fields.show()
        self._pencil.setText("收起")

    def _add_row(self, key: str) -> None:
        field = next(field for field in self.form.fields if field.key == key)
        about = "" if self.form.is_whole else self.form.name
        row = FormRow(field, self._edit.texts.get(key, field.text), self._context, about)
        row.typed.connect(self._on_typed)
        self._rows[key] = row
        self._inner.insertWidget(self._inner.count() - 1, row)

    def _tools(self) -> FlowRow:
        """What can be done with the whole part; below its fields."""
        tools = FlowRow()
        if self.form.grows:
            self._tool(tools, self.form.grows, self._on_more_clicked)
        if self._ordered:
            self._tool(tools, "上移", lambda: self.moved.emit(-1))
            self._tool(tools, "下移", lambda: self.moved.emit(1))
        if not self.form.is_whole:
            name = (
                "不要这一张" if self._ordered else "不加这一样" if self._edit.adds else "恢复原样"
            )
            self._tool(tools, name, self.restored.emit)
        if self.form.go and not self._edit.adds:
            self._tool(tools, self.form.go, self._on_gone_clicked)
        return tools

    def _tool(self, tools: FlowRow, text: str, on_clicked: Callable[[], None]) -> None:
        button = QPushButton(text)
        button.setAccessibleName(f"{text}：{self.form.name}")
        button.clicked.connect(lambda _checked=False: on_clicked())
        tools.add(button)

    def show_form(self, form: PartForm, edit: Edit) -> None:
        """Follow what was typed elsewhere: another name, other choices, one more field."""
        self._edit = edit
        self.form = form
        self._name.setText(form.name)
        self._pencil.setAccessibleName(f"改：{form.name}")
        for field in form.fields if self._inner.count() else ():
            if field.key in self._rows:
                self._rows[field.key].follow(field)
            else:
                self._add_row(field.key)
        self._show_state()

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong, by the key of the field; what belongs to none stands at the foot.

        The buttons for the whole part are there: what was just pressed may be what is wrong.
        """
        self._faults = faults
        rest = [message for key, message in faults.items() if key not in self._rows]
        self._fault.setText("\n".join(rest))
        self._fault.setVisible(bool(rest))
        for key, row in self._rows.items():
            row.show_fault(faults.get(key, ""))

    def _on_pencil_clicked(self) -> None:
        if self._fields.isVisibleTo(self):
            self._fields.hide()
            self._pencil.setText("改")
        else:
            self.unfold()
            self.begin()

    def begin(self) -> None:
        """Give the first field the focus."""
        for row in self._rows.values():
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._pencil.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self, key: str, text: str) -> None:
        before = {field.key: field.text for field in self.form.fields}
        texts = {**self._edit.texts, key: text}
        keeps_all = self._edit.adds or self.form.is_whole
        kept = {k: t for k, t in texts.items() if t != before.get(k) or keeps_all}
        self._change(replace(self._edit, texts=kept, gone=False))

    def _on_more_clicked(self) -> None:
        """One more choice, under a number no other has had."""
        numbers = [int(f.key.removeprefix(OPTION)) for f in self.form.fields if _is_option(f.key)]
        key = f"{OPTION}{max(numbers) + 1}"
        self._change(replace(self._edit, texts={**self._edit.texts, key: ""}))
        self._rows[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_gone_clicked(self) -> None:
        self._change(replace(self._edit, gone=True))

    def _change(self, edit: Edit) -> None:
        self._edit = edit
        self._show_state()
        self.edited.emit(edit)

    def _show_state(self) -> None:
        edit = self._edit
        told = "新加的" if edit.adds else "不用了" if edit.gone else "改过" if edit.texts else ""
        if self._ordered or self.form.is_whole:
            told = ""
        self._mark.setText(told)
        self._mark.setVisible(bool(told))
        set_role(self, "next" if told else "card")


def _is_option(key: str) -> bool:
    return key.startswith(OPTION)
