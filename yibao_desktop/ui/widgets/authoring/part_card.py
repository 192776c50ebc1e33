"""A part of a page with a pencil: unfolded, it is a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yibao_desktop.domain.packs.draft import Edit
from yibao_desktop.domain.packs.part_form import PartForm
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.looks.theme import SPACE
from yibao_desktop.ui.widgets.authoring.form_row import FormRow
from yibao_desktop.ui.widgets.base.flow_row import FlowRow
from yibao_desktop.ui.widgets.base.labels import set_role, text_label


class PartCard(QFrame):
    """Shows what the guide says until the pencil is clicked.

    Signals:
        edited: the ``Edit`` as it is now.
        restored: the part is to be as the guide has it, or, one that was added, to go.
    """

    edited = Signal(object)
    restored = Signal()

    def __init__(
        self, form: PartForm, edit: Edit, context: UiContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = form
        self._edit = edit
        self._context = context
        self._rows: dict[str, FormRow] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        rows.setSpacing(SPACE)
        rows.addLayout(self._head())
        self._fault = text_label("", "fault")
        self._fault.hide()
        rows.addWidget(self._fault)
        self._fields = QWidget()
        self._inner = QVBoxLayout(self._fields)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(SPACE)
        rows.addWidget(self._fields)
        self._fields.hide()
        self._show_state()
        if edit.adds:
            self.unfold()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self._name = text_label(self.form.name, "strong")
        self._mark = text_label("", "tag")
        self._mark.setWordWrap(False)
        self._pencil = QPushButton("改")
        self._pencil.setIcon(self._context.icon("pencil"))
        self._pencil.setAccessibleName(f"改：{self.form.name}")
        self._pencil.clicked.connect(self._on_pencil_clicked)
        head.addWidget(self._name, 1)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._pencil, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def unfold(self) -> None:
        """Show the fields; they are made when they are first wanted."""
        if not self._rows:
            for field in self.form.fields:
                row = FormRow(field, self._edit.texts.get(field.key, field.text), self.form.name)
                row.typed.connect(self._on_typed)
                self._rows[field.key] = row
                self._inner.addWidget(row)
            self._inner.addWidget(self._tools())
        self._fields.show()
        self._pencil.setText("收起")

    def _tools(self) -> FlowRow:
        tools = FlowRow()
        restore = QPushButton("不加这一样" if self._edit.adds else "恢复原样")
        restore.setAccessibleName(f"{restore.text()}：{self.form.name}")
        restore.clicked.connect(self.restored)
        tools.add(restore)
        if self.form.can_go and not self._edit.adds:
            gone = QPushButton("当地不用这一样")
            gone.setAccessibleName(f"当地不用这一样：{self.form.name}")
            gone.clicked.connect(self._on_gone_clicked)
            tools.add(gone)
        return tools

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong, by the key of the field; what belongs to none stands on top."""
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
        next(iter(self._rows.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self, key: str, text: str) -> None:
        before = {field.key: field.text for field in self.form.fields}
        texts = {**self._edit.texts, key: text}
        kept = {k: t for k, t in texts.items() if t != before.get(k) or self._edit.adds}
        self._change(replace(self._edit, texts=kept, gone=False))

    def _on_gone_clicked(self) -> None:
        self._change(replace(self._edit, gone=True))

    def _change(self, edit: Edit) -> None:
        self._edit = edit
        self._show_state()
        self.edited.emit(edit)

    def _show_state(self) -> None:
        edit = self._edit
        told = "新加的" if edit.adds else "不用了" if edit.gone else "改过" if edit.texts else ""
        self._mark.setText(told)
        self._mark.setVisible(bool(told))
        set_role(self, "next" if told else "card")
