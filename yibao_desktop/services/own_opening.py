"""Opens the database of one's own documents, whatever happened to it, and closes it again."""

from __future__ import annotations

import datetime
import logging
from contextlib import suppress

from yibao_desktop.clock import Clock
from yibao_desktop.errors import DataError
from yibao_desktop.paths import Paths
from yibao_desktop.search.own_index import forget_index
from yibao_desktop.store.backup import BackupFolder
from yibao_desktop.store.originals import Originals
from yibao_desktop.store.own_database import DOCUMENTS, OwnDatabase
from yibao_desktop.store.recovery import Incident, Outcome, open_database

KEPT_AFTER_REMOVAL = datetime.timedelta(days=30)
"""So long a document that was removed can be had back."""

_log = logging.getLogger(__name__)


def open_documents(
    paths: Paths, clock: Clock, originals: Originals
) -> tuple[OwnDatabase, Incident | None]:
    """The database, and what befell it; what was removed long ago is forgotten."""
    database, incident = open_database(paths.own_database, paths.own_migrations, DOCUMENTS, clock)
    if incident and incident.outcome is Outcome.ALTERED:
        _distrust_index(database)
    _forget_removed(database, clock.now() - KEPT_AFTER_REMOVAL, originals)
    return database, incident


def close_documents(database: OwnDatabase, clock: Clock) -> None:
    """Let go of the file; what changed is backed up if that is due."""
    database.close()
    try:
        if database.refusal is None:
            BackupFolder(database.path, clock, DOCUMENTS.noun).keep()
    except DataError:
        _log.warning("no backup of documents could be made")


def _distrust_index(database: OwnDatabase) -> None:
    """Have the index made anew: SQLite looks through tables, not through what finds text."""
    with suppress(DataError), database.writing() as unit:
        forget_index(unit.session)
        unit.commit()


def _forget_removed(database: OwnDatabase, until: datetime.datetime, originals: Originals) -> None:
    """Drop for good what was removed before ``until``, and the copies nobody needs."""
    with database.reading() as unit:
        old = [d.id for d in unit.documents.removed() if d.removed_at and d.removed_at < until]
    if old and database.refusal is None:
        with database.writing() as unit:
            unit.documents.drop(old)
            needed = unit.documents.digests()
            unit.commit()
        originals.clear(needed)
