"""What has an order in the content has each place once: the database itself refuses another."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from yibao_desktop.store.content_models import (
    ContentBase,
    DoubtRow,
    ItemRow,
    SourceRow,
    UntreatedRow,
)


@pytest.mark.parametrize("row", [SourceRow, ItemRow, DoubtRow, UntreatedRow])
def test_no_two_rows_stand_at_one_place(row):
    engine = create_engine("sqlite://")
    ContentBase.metadata.create_all(engine)
    table = row.__tablename__
    columns = {column["name"]: column for column in inspect(engine).get_columns(table)}
    needed = [name for name, column in columns.items() if not column["nullable"]]
    values = ", ".join(f":{name}" for name in needed)
    insert = text(f"INSERT INTO {table} ({', '.join(needed)}) VALUES ({values})")

    def one(place: int, name: str) -> dict[str, object]:
        return dict.fromkeys(needed, name) | {"position": place}

    with engine.begin() as connection:
        connection.execute(insert, one(1, "a"))
        connection.execute(insert, one(2, "b"))
    with engine.connect() as connection, pytest.raises(IntegrityError, match="position"):
        connection.execute(insert, one(2, "c"))
    engine.dispose()
