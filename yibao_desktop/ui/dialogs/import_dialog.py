"""Shows what a file would bring before anything is read in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.wording.names import isolated
from yibao_desktop.services.backup_service import (
    SHOWN_CASES,
    Choice,
    Difference,
    ImportPlan,
    moment_text,
)
from yibao_desktop.services.changes import Changes
from yibao_desktop.settings import Settings, SettingsChange, carried_changes
from yibao_desktop.ui.common.context import UiContext
from yibao_desktop.ui.dialogs.text_dialog import TextDialog
from yibao_desktop.ui.looks.look_names import TEXT_SIZE_NAMES, THEME_NAMES
from yibao_desktop.ui.widgets.base.checkable import make_checkable
from yibao_desktop.ui.widgets.base.labels import text_label
from yibao_desktop.ui.widgets.base.tile import Tile


class ImportDialog(TextDialog):
    """What is new, what is here already, and a choice for each case that differs.

    Signals:
        imported: what the file has of records is here, too.
        documents_requested: the documents in it are to be looked at next.
    """

    imported = Signal()
    documents_requested = Signal()

    def __init__(
        self,
        context: UiContext,
        plan: ImportPlan,
        titles: Mapping[str, str],
        regions: Mapping[str, str],
        parent: QWidget,
        documents: int = 0,
    ) -> None:
        """Show the plan.

        Args:
            context: what every widget is given.
            plan: what the records in the file would do.
            titles: names the procedures by id.
            regions: names the places by code.
            parent: the dialog it opens over.
            documents: how many documents of one's own the file holds.
        """
        super().__init__(context, parent)
        self.resize(parent.size())
        self._context = context
        self._plan = plan
        self._storing = False
        self._choices: dict[str, Choice] = {}
        self._changes: SettingsChange = {}
        self.setWindowTitle("读入存好的文件")
        self._titles = titles
        self.column.add(text_label("文件里有这些", "h2"))
        self._add_summary()
        if not (self._brings_something() or documents):
            self.column.add(text_label("里面的记录您这里都有了，不用读入。", "lead"))
        for difference in plan.differing:
            self._add_difference(difference)
        self._settings = self._add_settings(regions)
        self._documents = self._add_documents(documents)
        self._start = QPushButton("读入")
        self._start.clicked.connect(self._on_start_clicked)
        self._show_startable()
        self.closing.setText("不读入")
        if self._start.isEnabled():
            self.buttons.lead_with(self._start)
        else:
            self.buttons.add(self._start)

    def _brings_something(self) -> bool:
        plan = self._plan
        return bool(plan.new or plan.differing or plan.bookmarks or plan.visits or plan.queries)

    def _add_summary(self) -> None:
        plan = self._plan
        if plan.new:
            self.column.add(text_label("要加进来的办理", "h3"))
        for kept in plan.new[:SHOWN_CASES]:
            self.column.add(text_label(self._named(kept.case)))
        if len(plan.new) > SHOWN_CASES:
            self.column.add(text_label(f"还有 {len(plan.new) - SHOWN_CASES} 件"))
        lines = (
            (plan.same, "已经有、一模一样的办理：{0} 件，不动"),
            (plan.bookmarks, "要加进来的收藏：{0} 个"),
            (plan.known_bookmarks, "已经有的收藏：{0} 个，保留您现在的"),
            (plan.visits, "要加进来的“看过的”：{0} 条"),
        )
        for count, text in lines:
            if count:
                self.column.add(text_label(text.format(count)))
        for notice in plan.notices:
            self.column.add(text_label(notice))

    def _named(self, case: Case) -> str:
        title = self._titles.get(case.procedure, "这一版里没有的事")
        when = moment_text(case.updated_at)
        return f"{isolated(case.nickname)} · {title}　{when} 改过"

    def _add_difference(self, difference: Difference) -> None:
        self.column.add(text_label("两边不一样的一件，怎么办？", "h3"))
        group = QButtonGroup(self)
        for choice, name, hint in (
            (Choice.BOTH, "两份都留", "文件里的另外加一件"),
            (Choice.OURS, "留这里的", self._named(difference.ours)),
            (Choice.THEIRS, "换成文件里的", self._named(difference.theirs.case)),
        ):
            tile = Tile(name, hint)
            make_checkable(tile, choice is Choice.BOTH)
            tile.clicked.connect(partial(self._on_chosen, difference.ours.id, choice))
            group.addButton(tile)
            self.column.add(tile)

    def _add_settings(self, regions: Mapping[str, str]) -> Tile | None:
        """What is set otherwise in the file, taken only where one says so."""
        theirs = self._plan.records.settings
        if theirs is None:
            return None
        self._changes = carried_changes(self._context.services.settings.current, theirs)
        if not self._changes:
            return None
        said = "，".join(_settings_lines(theirs, self._changes, regions))
        self.column.add(text_label("文件里的设置跟这里不一样", "h3"))
        tile = Tile("设置也换成文件里的", said)
        tile.setCheckable(True)
        tile.toggled.connect(self._show_startable)
        self.column.add(tile)
        return tile

    def _add_documents(self, count: int) -> Tile | None:
        """The documents are looked at one by one before any of them is added."""
        if not count:
            return None
        self.column.add(text_label("文件里还有本地资料", "h3"))
        tile = Tile(f"连同本地资料（{count} 份）一起读入", "接着会列出每一份，看过了再加")
        tile.setCheckable(True)
        tile.setChecked(True)
        tile.toggled.connect(self._show_startable)
        self.column.add(tile)
        return tile

    @property
    def _takes_settings(self) -> bool:
        return self._settings is not None and self._settings.isChecked()

    @property
    def _takes_documents(self) -> bool:
        return self._documents is not None and self._documents.isChecked()

    def _show_startable(self, _checked: bool = False) -> None:
        wanted = self._brings_something() or self._takes_settings or self._takes_documents
        self._start.setEnabled(wanted)

    def _on_chosen(self, case_id: str, choice: Choice, _checked: bool = True) -> None:
        self._choices[case_id] = choice

    def _on_start_clicked(self) -> None:
        call = partial(self._context.services.records.take_in, self._plan, self._choices)
        self._set_storing(True)
        self._context.write(call, self, self._on_taken_in, self._on_failed)

    def _set_storing(self, storing: bool) -> None:
        self._storing = storing
        self._start.setEnabled(not storing)
        self.closing.setEnabled(not storing)

    def done(self, result: int) -> None:
        """Close; not while the file is being read in, which may still succeed."""
        if not self._storing:
            super().done(result)

    def _on_failed(self) -> None:
        """What went wrong is told in the dialog below."""
        self._set_storing(False)
        self.reject()

    def _on_taken_in(self, _changes: Changes) -> None:
        self._set_storing(False)
        self.imported.emit()
        if self._takes_settings:
            self._context.change_settings(**self._changes)
        self.accept()
        if self._takes_documents:
            self.documents_requested.emit()


def _settings_lines(
    settings: Settings, changes: SettingsChange, regions: Mapping[str, str]
) -> list[str]:
    """The settings that differ, as the settings page calls them."""
    said = {
        "text_size": f"字的大小：{TEXT_SIZE_NAMES[settings.text_size]}",
        "theme": f"颜色：{THEME_NAMES[settings.theme]}",
        "region": f"地区：{regions.get(settings.region or '', '不设地区')}",
        "no_trace": f"不留痕：{'开' if settings.no_trace else '关'}",
        "reopen": f"打开时回到上次的地方：{'开' if settings.reopen else '关'}",
    }
    return [line for name, line in said.items() if name in changes]
