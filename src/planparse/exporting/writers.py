"""The formats that tables are written in; each needs its own package but CSV.

A writer takes rows in pieces, so that memory stays flat, and puts its files in place when all are whole.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Protocol

from planparse.errors import UsageError
from planparse.exporting.columns import Column, Kind, Value
from planparse.exporting.tables import Row, Table

FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s])")
"""How a cell begins that a spreadsheet would compute. ``+0,13`` and ``- Báo cáo`` are none."""


class Writer(Protocol):
    """Takes the rows of tables."""

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table."""

    def close(self) -> list[Path]:
        """Finish and return the files."""


class CsvWriter:
    """A CSV a table, UTF-8 with the byte order mark by which Excel knows it; lists are joined by ``; ``."""

    def __init__(self, folder: Path, tables: Sequence[Table]) -> None:
        self.folder = folder
        self._files: dict[str, IO[str]] = {}
        self._writers: dict[str, Any] = {}
        for table in tables:
            file = _part(folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="")
            self._files[table.name] = file
            self._writers[table.name] = csv.writer(file)
            self._writers[table.name].writerow([column.name for column in table.columns])

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows; a text that a spreadsheet would take for a formula gets an apostrophe."""
        self._writers[table.name].writerows([_guarded(flat(value)) for value in row] for row in rows)

    def close(self) -> list[Path]:
        """Put the files in place."""
        for file in self._files.values():
            file.close()
        return [_in_place(self.folder / f"{name}.csv") for name in self._files]


class XlsxWriter:
    """One workbook with a sheet a table, heads frozen; a table longer than Excel's limit goes on in another sheet."""

    LONGEST = 1_048_576
    CELL = 32_767
    NAME = "planparse.xlsx"

    def __init__(self, folder: Path, tables: Sequence[Table]) -> None:
        self.path = folder / self.NAME
        self._openpyxl = _package("openpyxl", "xlsx")
        self._illegal = _package("openpyxl.cell.cell", "xlsx").ILLEGAL_CHARACTERS_RE
        self._book = self._openpyxl.Workbook(write_only=True)
        self._sheets: dict[str, list[Any]] = {table.name: [self._sheet(table, table.name)] for table in tables}
        self._length = {table.name: 1 for table in tables}

    def _sheet(self, table: Table, name: str) -> Any:
        sheet = self._book.create_sheet(name)
        sheet.freeze_panes = "C2"
        letter = self._openpyxl.utils.get_column_letter
        for number, column in enumerate(table.columns, 1):
            sheet.column_dimensions[letter(number)].width = _width(column)
        head = [self._cell(sheet, column.name) for column in table.columns]
        for cell in head:
            cell.font = self._openpyxl.styles.Font(bold=True)
        sheet.append(head)
        return sheet

    def _cell(self, sheet: Any, value: str | int | float | dt.date | None) -> Any:
        if isinstance(value, str):
            text: str = self._illegal.sub("\ufffd", value)
            value = text if len(text) <= self.CELL else text[: self.CELL - 1] + "…"
        cell = self._openpyxl.cell.WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula
        return cell

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows."""
        for row in rows:
            if self._length[table.name] == self.LONGEST:
                sheets = self._sheets[table.name]
                sheets.append(self._sheet(table, f"{table.name} {len(sheets) + 1}"))
                self._length[table.name] = 1
            sheet = self._sheets[table.name][-1]
            sheet.append([self._cell(sheet, flat(value)) for value in row])
            self._length[table.name] += 1

    def close(self) -> list[Path]:
        """Write the workbook."""
        self._book.save(_part(self.path))
        return [_in_place(self.path)]


class ParquetWriter:
    """A Parquet file a table, typed; lists stay lists."""

    def __init__(self, folder: Path, tables: Sequence[Table]) -> None:
        self.folder = folder
        self._arrow, parquet = _package("pyarrow", "parquet"), _package("pyarrow.parquet", "parquet")
        arrow = self._arrow
        kinds = {
            "text": arrow.string(),
            "integer": arrow.int64(),
            "number": arrow.float64(),
            "date": arrow.date32(),
            "texts": arrow.list_(arrow.string()),
            "integers": arrow.list_(arrow.int64()),
        }
        self._schemas = {
            table.name: arrow.schema(
                arrow.field(c.name, kinds[c.kind], metadata={"description": c.description}) for c in table.columns
            )
            for table in tables
        }
        self._writers = {
            name: parquet.ParquetWriter(_part(folder / f"{name}.parquet"), schema, compression="zstd")
            for name, schema in self._schemas.items()
        }

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows as one row group."""
        schema = self._schemas[table.name]
        arrays = [self._arrow.array(values, field.type) for values, field in zip(zip(*rows), schema, strict=True)]  # noqa: B905
        self._writers[table.name].write_table(self._arrow.Table.from_arrays(arrays, schema=schema))

    def close(self) -> list[Path]:
        """Put the files in place."""
        for writer in self._writers.values():
            writer.close()
        return [_in_place(self.folder / f"{name}.parquet") for name in self._writers]


class DuckdbWriter:
    """One DuckDB database with a table each, keyed by document and position, columns with their comments."""

    NAME = "planparse.duckdb"

    def __init__(self, folder: Path, tables: Sequence[Table]) -> None:
        self.path = folder / self.NAME
        part = _part(self.path)
        part.unlink(missing_ok=True)
        self._base = _package("duckdb", "duckdb").connect(str(part))
        for table in tables:
            columns = ", ".join(f'"{c.name}" {_SQL[c.kind]}' for c in table.columns)
            self._base.execute(f"CREATE TABLE {table.name} ({columns}, PRIMARY KEY (document, position))")
            for column in table.columns:
                said = column.description.replace("'", "''")
                self._base.execute(f"COMMENT ON COLUMN {table.name}.\"{column.name}\" IS '{said}'")

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows, a column at a time: one row a statement is a hundred times slower."""
        columns = list(zip(*rows))  # noqa: B905
        taken = ", ".join(f"unnest(${number}::{_SQL[c.kind]}[])" for number, c in enumerate(table.columns, 1))
        # A list of lists must be unnested one level only, which it is within SELECT.
        self._base.execute(f"INSERT INTO {table.name} SELECT {taken}", [list(column) for column in columns])

    def close(self) -> list[Path]:
        """Close the database."""
        self._base.close()
        return [_in_place(self.path)]


_SQL: dict[Kind, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "texts": "VARCHAR[]",
    "integers": "BIGINT[]",
}

PACKAGES = {"xlsx": "openpyxl", "parquet": "pyarrow", "duckdb": "duckdb"}
"""Format → the package that it needs."""

WRITERS: dict[str, Callable[[Path, Sequence[Table]], Writer]] = {
    "csv": CsvWriter,
    "xlsx": XlsxWriter,
    "parquet": ParquetWriter,
    "duckdb": DuckdbWriter,
}
"""Name of the format → its writer."""


def flat(value: Value) -> str | int | float | dt.date | None:
    """A value for formats that have no lists."""
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _guarded(value: str | int | float | dt.date | None) -> str | int | float | dt.date | None:
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def _width(column: Column) -> int:
    return {"text": 30, "texts": 30, "date": 12}.get(column.kind, 10)


def _part(path: Path) -> Path:
    """Where a file grows until it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{path.name}.part")


def _in_place(path: Path) -> Path:
    return _part(path).replace(path)


def require_packages(formats: Iterable[str]) -> None:
    """Raise :class:`~planparse.errors.UsageError` where the package of a format is not installed."""
    for name in formats:
        if (package := PACKAGES.get(name)) is not None and find_spec(package) is None:
            raise _lacking(package, name)


def _lacking(package: str, extra: str) -> UsageError:
    return UsageError(f"--to {extra}", f"needs the package {package}", f"pip install 'planparse[{extra}]'")


def _package(name: str, extra: str) -> ModuleType:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise _lacking(name.partition(".")[0], extra) from None
