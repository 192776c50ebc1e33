"""What is kept in a database of the user's own: there is one for records, one for documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import MetaData
from sqlalchemy.orm import Session

Unit = TypeVar("Unit")


@dataclass(frozen=True, slots=True)
class DatabaseKind(Generic[Unit]):
    """A kind of database with the same promises as any other of the user's.

    Attributes:
        noun: what it holds, as the user is told.
        metadata: its tables.
        unit: makes what one action reads and writes with.
        read_all: reads every value there is, once.
    """

    noun: str
    metadata: MetaData
    unit: Callable[[Session], Unit]
    read_all: Callable[[Unit], object]
