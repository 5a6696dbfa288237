"""Which tables there are: one of documents, and one for each list that a record holds.

Every row begins with ``document``, the key of its document in all tables, and ``position``, its place in
the record's list from 1; both together are unique. ``confidence`` is the lowest that the record's evidence
gives for any value of the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from planparse.exporting.columns import Column, Value, columns_of, value_at
from planparse.records import (
    Citation,
    Deadline,
    Diagnostic,
    Header,
    IndicatorRow,
    IndicatorScore,
    OutlineItem,
    PlanRecord,
    Signature,
    SourceInfo,
    Task,
)

Row = tuple[Value, ...]
Item = tuple[str, BaseModel, tuple[Value, ...]]
"""JSON Pointer of a row's model, the model, and the values of the table's extra columns."""

DOCUMENT = Column("document", "text", "Key of the document, the same in all tables.")
POSITION = Column("position", "integer", "Place in the document's list, from 1.")
CONFIDENCE = Column("confidence", "number", "Lowest confidence of any value in the row, 0 to 1.")


@dataclass(frozen=True)
class Table:
    """A table: its name, the model of its rows, columns besides the model's, and where the rows are."""

    name: str
    model: type[BaseModel]
    items: Callable[[PlanRecord], Iterable[Item]]
    extra: tuple[Column, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns in order."""
        return (DOCUMENT, POSITION, *self.extra, *columns_of(self.model), CONFIDENCE)

    def rows(self, key: str, record: PlanRecord) -> Iterator[Row]:
        """The rows that one document gives."""
        paths = [column.path for column in self.columns if column.path]
        sure = _confidences(record)
        for position, (pointer, item, extra) in enumerate(self.items(record), 1):
            values = [value_at(item, path) for path in paths]
            yield (key, position, *extra, *values, sure.get(pointer))


class _Document(BaseModel):
    """A record without its lists, as one row."""

    schema_version: str
    source: SourceInfo
    header: Header
    signature: Signature
    recipients: list[str]


def _confidences(record: PlanRecord) -> Mapping[str, float]:
    """Lowest confidence below each pointer (``/tasks/3`` for ``/tasks/3/content``)."""
    lowest: dict[str, float] = {}
    for pointer, evidence in record.evidence.items():
        parts = pointer.split("/")
        for depth in range(1, len(parts) + 1):
            above = "/".join(parts[:depth])
            lowest[above] = min(lowest.get(above, 1.0), evidence.confidence)
    return lowest


def _document(record: PlanRecord) -> Iterator[Item]:
    yield "/header", _Document.model_construct(**{f: getattr(record, f) for f in _Document.model_fields}), ()


def _listed(name: str) -> Callable[[PlanRecord], Iterator[Item]]:
    def items(record: PlanRecord) -> Iterator[Item]:
        for number, item in enumerate(getattr(record, name)):
            yield f"/{name}/{number}", item, ()

    return items


def _indicator_rows(record: PlanRecord) -> Iterator[Item]:
    for number, table in enumerate(record.indicator_tables):
        for place, row in enumerate(table.rows):
            extra: tuple[Any, ...] = (number + 1, table.index, table.year)
            yield f"/indicator_tables/{number}/rows/{place}", row, extra


TABLES: tuple[Table, ...] = (
    Table("documents", _Document, _document),
    Table("tasks", Task, _listed("tasks")),
    Table(
        "indicator_rows",
        IndicatorRow,
        _indicator_rows,
        (
            Column("table", "integer", "Which of the document's indicator tables, from 1."),
            Column("index", "text", "Index that the table is of."),
            Column("year", "integer", "Year that the scores are of."),
        ),
    ),
    Table("indicator_scores", IndicatorScore, _listed("indicator_scores")),
    Table("citations", Citation, _listed("citations")),
    Table("deadlines", Deadline, _listed("deadlines")),
    Table("outline", OutlineItem, _listed("outline")),
    Table("diagnostics", Diagnostic, _listed("diagnostics")),
)
