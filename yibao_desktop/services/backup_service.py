"""The user's records as a whole: backups, restoring, taking them along, and what befell them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from yibao_desktop.clock import Clock
from yibao_desktop.domain.records.case import Case
from yibao_desktop.domain.records.reading import Bookmark
from yibao_desktop.domain.wording.names import isolated, listed_names
from yibao_desktop.errors import DataError, UserError
from yibao_desktop.services.case_service import FULL, FULL_HINT, MAX_CASES
from yibao_desktop.services.changes import Changes
from yibao_desktop.settings import Settings
from yibao_desktop.store.archive_repository import KeptCase
from yibao_desktop.store.backup import Backup, BackupFolder, Reason
from yibao_desktop.store.beside import SmallFiles
from yibao_desktop.store.draft_store import DRAFT_ENDING
from yibao_desktop.store.preview import Preview, preview
from yibao_desktop.store.recovery import Incident, Outcome, prepare_backup
from yibao_desktop.store.user_database import KeptDatabase, UnitOfWork

if TYPE_CHECKING:
    from yibao_desktop.services.transfer import Records

SHOWN_CASES = 8
"""So many cases of a backup are named."""

REASONS = {
    Reason.ROUTINE: "平常的备份",
    Reason.UPDATE: "升级记录之前",
    Reason.RESTORE: "恢复备份之前",
    Reason.IMPORT: "读入文件之前",
}
_READ_ONLY = "这次可以照常查，办理和收藏存不下来。"
NOT_SHOWN = "您存过的这次读不出来，所以这里是空的，不是没有了；文件没有动。"
"""Stands where a list would be, of records that could not be read."""

_UNUSABLE = "存您东西的文件用不了了"
_UNREAD = "您的办理和收藏这次读不出来，看不到，也存不下来；文件没有动。"


class Choice(StrEnum):
    """What to do with a case that is here and in the file, each different."""

    BOTH = "both"
    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class BackupView:
    """A backup and what it holds.

    Attributes:
        name: names the backup.
        made_at: aware UTC.
        preview: None where it cannot be read.
        drafts: so many content packs that were being made.
    """

    name: str
    made_at: datetime.datetime
    reason: str
    preview: Preview | None
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many cases, and what in it had to be brought within limits."""

    cases: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that is here and in the file, each different."""

    ours: Case
    theirs: KeptCase


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What reading in a file would do; nothing has been done yet.

    Attributes:
        new: cases that are not here.
        same: number of cases that are here just like that.
        differing: cases of which the user decides.
        bookmarks, visits, queries: numbers of those that are not here.
        known_bookmarks: number of those that are here and stay as they are.
        other_notes: titles of those among them that have another note or folder in the file.
        remarks: what in the file could not be taken as it stands, in sentences.
    """

    records: Records
    new: tuple[KeptCase, ...]
    same: int
    differing: tuple[Difference, ...]
    bookmarks: int
    known_bookmarks: int
    visits: int
    queries: int
    other_notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def notices(self) -> list[str]:
        """What somebody should know who reads the file in."""
        listed = "、".join(self.other_notes)
        kept = f"这些收藏两边的备注或文件夹不一样，留的是这里的：{listed}。"
        return [*([kept] if listed else []), *self.remarks]


class BackupService:
    """Backs up, restores, exports and imports what the user keeps."""

    def __init__(
        self,
        user: KeptDatabase[UnitOfWork],
        migrations: Path,
        clock: Clock,
        incident: Incident | None = None,
        drafts: SmallFiles | None = None,
    ) -> None:
        """``drafts`` are kept with every backup, and put back where they are gone."""
        self._user = user
        self._migrations = migrations
        self._clock = clock
        self._incident = incident
        self._drafts = drafts
        self._backups = BackupFolder(user.path, clock, beside=drafts)

    # -- what befell them -----------------------------------------------------------------------

    @property
    def kept(self) -> bool:
        """Whether anything can be stored."""
        return self._user.refusal is None

    @property
    def complete(self) -> bool:
        """Whether what is shown is all there is; false where the file could not be read."""
        return self._user.complete

    @property
    def news(self) -> str:
        """What the user must be told about the opening of the records; empty where all is well."""
        if self._incident is None:
            return ""
        return incident_text(self._incident, _READ_ONLY if self.complete else _UNREAD)

    def cases(self) -> list[Case]:
        """Every case as it is stored, for where the guide cannot be read.

        Raises:
            DataError: the records cannot be read.
        """
        with self._user.reading() as unit:
            return unit.cases.all()

    # -- backups --------------------------------------------------------------------------------

    def keep(self) -> None:
        """Make a routine backup if one is due.

        Raises:
            DataError: it cannot be made.
        """
        if self.kept:
            self._backups.keep()

    def backups(self) -> list[BackupView]:
        """Every backup, the newest first."""
        return [self._view(backup) for backup in self._backups.all()]

    def _view(self, backup: Backup) -> BackupView:
        try:
            found = preview(backup.path)
        except DataError:
            found = None
        held = self._drafts.held(backup.path) if self._drafts else {}
        drafts = sum(name.endswith(DRAFT_ENDING) for name in held)
        return BackupView(backup.path.name, backup.made_at, REASONS[backup.reason], found, drafts)

    def restore(self, name: str) -> Changes:
        """Put what a backup holds in place of all records, which are backed up first.

        Drafts that are gone come back; those that are there may be newer and stay as they are.

        Raises:
            UserError: there is no such backup.
            DataError: it cannot be used, or nothing can be written; nothing changes but drafts.
        """
        backup = next((b for b in self._backups.all() if b.path.name == name), None)
        if backup is None:
            raise UserError("这份备份已经不在了。", "请选别的一份。")
        if self._user.refusal is not None:
            raise self._user.refusal
        whole = self._backups.path / f".restored.{os.getpid()}.new"
        try:
            prepare_backup(backup.path, self._migrations, whole)
            self._backups.make(Reason.RESTORE)
            self._put_drafts_back(backup.path)
            with self._user.writing() as unit:
                before = unit.archive.ids()
                unit.replace_all(whole)
                after = unit.archive.ids()
                unit.commit()
        finally:
            with suppress(OSError):
                whole.unlink()
        return _all_changes(before | after)

    def _put_drafts_back(self, copy: Path) -> None:
        try:
            if self._drafts:
                self._drafts.put_back(copy)
        except OSError as error:
            raise DataError(
                f"编到一半的内容包放不回来（{error.strerror}），什么也没有恢复。",
                "请看磁盘满了没有。",
            ) from error

    # -- taking them along ----------------------------------------------------------------------

    def export(self, path: Path, settings: Settings, overwrite: bool = False) -> Exported:
        """Write all records and the settings into one file.

        Raises:
            UserError: there is a file already, and it is not to be overwritten.
            DataError: the records cannot be read or the file not be written; nothing is.
        """
        from yibao_desktop.services.transfer import Records, write_records

        if self._user.refusal is not None and not self.complete:
            reason = self._user.refusal
            raise DataError(f"您的记录读不出来，什么也没有存。{reason}", reason.hint)

        with self._user.reading() as unit:
            records = Records(
                cases=tuple(unit.archive.cases()),
                bookmarks=tuple(unit.bookmarks.all()),
                visits=tuple(unit.archive.visits()),
                queries=tuple(unit.archive.queries()),
                settings=settings,
            )
        written = write_records(records, path, overwrite, self._clock.now())
        return Exported(len(written.records.cases), tuple(written.remarks))

    def read_file(self, path: Path) -> ImportPlan:
        """Look at what an exported file would bring.

        Raises:
            UserError: it is no such file.
            DataError: the file or the records cannot be read.
        """
        from yibao_desktop.services.transfer import read_records

        contents = read_records(path)
        with self._user.reading() as unit:
            return replace(_plan(unit, contents.records), remarks=tuple(contents.remarks))

    def take_in(self, plan: ImportPlan, choices: Mapping[str, Choice] | None = None) -> Changes:
        """Merge a file into the records, which are backed up first; the settings stay.

        Args:
            plan: what ``read_file`` returned.
            choices: what to do with each differing case, by its id; both are kept of one not named.

        Raises:
            UserError: there would be more cases than can be kept; nothing changes.
            DataError: nothing can be written; nothing changes.
        """
        if self._user.refusal is not None:
            raise self._user.refusal
        self._backups.make(Reason.IMPORT)
        with self._user.writing() as unit:
            now = _plan(unit, plan.records)  # another process may have written since
            cases = [*now.new, *_chosen(now.differing, choices or {})]
            unit.archive.take_in(cases)
            if unit.cases.count() > MAX_CASES:
                raise UserError(FULL, FULL_HINT)
            _add_reading(unit, plan.records)
            unit.commit()
        return _all_changes({kept.case.id for kept in cases})


def incident_text(incident: Incident, unwritable: str) -> str:
    """What befell a database, what is lost, and what was done; where the file lies comes last.

    Args:
        incident: what befell it.
        unwritable: what still goes without it.
    """
    aside = f"原来的改名为 {incident.set_aside.name} 留着。" if incident.set_aside else ""
    aside += "".join(
        f"{moment_text(backup.made_at)} 的备份用不了，跳过了：{error}"
        for backup, error in incident.passed_over
    )
    match incident.outcome:
        case Outcome.RECOVERED if incident.backup:
            used = f"已经用 {moment_text(incident.backup.made_at)} 的备份恢复。"
            lost = "在那以后存的没有了，请看一遍，少了的补上。"
            return f"{_UNUSABLE}，{used}{lost}{aside}{incident.reason}"
        case Outcome.ALTERED:
            return f"{incident.reason}{incident.reason.hint}"
        case Outcome.UNWRITABLE:
            return f"{unwritable}{incident.reason}{incident.reason.hint}"
        case _:
            lost = "也没有可用的备份，从空白开始：以前存的现在看不到了。"
            return f"{_UNUSABLE}，{lost}{aside}{incident.reason}"


def moment_text(moment: datetime.datetime) -> str:
    """A moment as people here say it, in their own time."""
    own = moment.astimezone()
    return f"{own.year}年{own.month}月{own.day}日 {own:%H:%M}"


def preview_text(preview: Preview | None) -> str:
    """What a backup holds, in a line."""
    if preview is None:
        return "坏了，用不了"
    names = listed_names(case.nickname for case in preview.cases)
    cases = f"办理 {len(preview.cases)} 件" + (f"（{names}）" if names else "")
    return f"{cases}，收藏 {preview.bookmarks} 个"


def drafts_text(backup: BackupView) -> str:
    """What a backup has of content packs being made, and what becomes of it; empty for none."""
    if not backup.drafts:
        return ""
    return f"编到一半的内容包 {backup.drafts} 份；恢复时，少了的放回来，还在的不动。"


def preview_lines(preview: Preview | None, titles: Mapping[str, str]) -> list[str]:
    """What a backup holds, a line for each case; ``titles`` names the procedures by id."""
    if preview is None:
        return [preview_text(preview)]
    shown = [
        f"{isolated(case.nickname)} · {titles.get(case.procedure, '这一版里没有的事')}"
        f"{'（收起来了）' if case.archived else '（办好了）' if case.closed else ''}"
        for case in preview.cases[:SHOWN_CASES]
    ]
    more = len(preview.cases) - len(shown)
    rest = [f"还有 {more} 件"] if more > 0 else []
    return [*shown, *rest, f"办理 {len(preview.cases)} 件，收藏 {preview.bookmarks} 个"]


def _all_changes(case_ids: set[str]) -> Changes:
    return Changes(cases=frozenset(case_ids), bookmarks=True, history=True, queries=True)


def _plan(unit: UnitOfWork, records: Records) -> ImportPlan:
    from yibao_desktop.services.transfer import copy_of
    from yibao_desktop.services.transfer_schema import clean_case

    here = {kept.case.id: clean_case(kept.case) for kept in unit.archive.cases()}
    new: list[KeptCase] = []
    differing: list[Difference] = []
    for kept in records.cases:
        ours = here.get(kept.case.id)
        if ours is None:
            new.append(kept)
        elif ours != kept.case and copy_of(kept).case.id not in here:
            differing.append(Difference(ours, kept))
    bookmarks = {bookmark.item_id: bookmark for bookmark in unit.bookmarks.all()}
    known = [b for b in records.bookmarks if b.item_id in bookmarks]
    visits = {visit.item_id for visit in unit.archive.visits()}
    queries = set(unit.queries.all())
    return ImportPlan(
        records=records,
        new=tuple(new),
        same=len(records.cases) - len(new) - len(differing),
        differing=tuple(differing),
        bookmarks=len(records.bookmarks) - len(known),
        known_bookmarks=len(known),
        other_notes=tuple(b.title for b in known if not _same_notes(b, bookmarks[b.item_id])),
        visits=sum(visit.item_id not in visits for visit in records.visits),
        queries=sum(query.text not in queries for query in records.queries),
    )


def _same_notes(theirs: Bookmark, ours: Bookmark) -> bool:
    return (theirs.note, theirs.folder) in (("", ""), (ours.note, ours.folder))


def _chosen(differing: tuple[Difference, ...], choices: Mapping[str, Choice]) -> list[KeptCase]:
    from yibao_desktop.services.transfer import copy_of

    chosen: list[KeptCase] = []
    for difference in differing:
        match choices.get(difference.ours.id, Choice.BOTH):
            case Choice.THEIRS:
                chosen.append(difference.theirs)
            case Choice.BOTH:
                chosen.append(copy_of(difference.theirs))
            case Choice.OURS:
                pass
    return chosen


def _add_reading(unit: UnitOfWork, records: Records) -> None:
    """Bookmarks, visits and queries that are not here; those that are stay as they are."""
    bookmarks = {bookmark.item_id for bookmark in unit.bookmarks.all()}
    unit.bookmarks.take_in(b for b in records.bookmarks if b.item_id not in bookmarks)
    visits = {visit.item_id for visit in unit.archive.visits()}
    unit.history.take_in(v for v in records.visits if v.item_id not in visits)
    queries = set(unit.queries.all())
    unit.queries.take_in(q for q in records.queries if q.text not in queries)
