"""Reads .xlsx tables."""

from __future__ import annotations

import datetime
import io
import itertools

import python_calamine

from yibao_desktop.domain.own.reading import Reading, Refusal, RefusedError
from yibao_desktop.extract.assemble import Assembler
from yibao_desktop.extract.limits import MOST_COLUMNS, MOST_ROWS
from yibao_desktop.extract.packed import Packed

WORKBOOK = "xl/workbook.xml"


def read_table(data: bytes, packed: Packed) -> Reading:
    """The sheets of a workbook, each under its name; hidden ones are left out.

    Raises:
        RefusedError: it is broken or too long.
    """
    packed.check_xml()
    out = Assembler()
    rows_read = 0
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [s.name for s in book.sheets_metadata
                   if s.visible is python_calamine.SheetVisibleEnum.Visible]  # fmt: skip
        for name in visible:
            sheet = book.get_sheet_by_name(name)
            rows = [
                [_cell(value) for value in row[:MOST_COLUMNS]]
                for row in itertools.islice(sheet.iter_rows(), MOST_ROWS + 1)
            ]
            rows_read += len(rows)
            if rows_read > MOST_ROWS:
                raise RefusedError(Refusal.TOO_LONG)
            _fill_merged(rows, sheet)
            if any(map(any, rows)):
                if len(visible) > 1:
                    out.heading(2, name)
                out.table(rows)
    except python_calamine.CalamineError as error:
        raise RefusedError(Refusal.BROKEN) from error
    return Reading("", out.sections())


def _fill_merged(rows: list[list[str]], sheet: python_calamine.CalamineSheet) -> None:
    """Let a cell over several rows say its text in each of them."""
    top, left = sheet.start or (0, 0)
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        row, at = first - top, column - left
        if 0 <= row < len(rows) and 0 <= at < len(rows[row]):
            for below in rows[row + 1 : last - top + 1]:
                below[at] = rows[row][at]


def _cell(value: object) -> str:
    """A cell as a reader of the sheet would write it down."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        at_midnight = value.time() == datetime.time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    return str(value)
