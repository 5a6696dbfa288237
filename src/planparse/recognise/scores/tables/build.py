"""Score tables put together: rows, columns, arithmetic, and the record with its evidence and diagnostics."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from planparse.lexicon.indices import Component, Index
from planparse.recognise.notes import Notebook
from planparse.recognise.scores.tables.arithmetic import Field, Sheet, reaches_target, sum_is, sums_to_first
from planparse.recognise.scores.tables.cells import Cell
from planparse.recognise.scores.tables.columns import align, find_columns
from planparse.recognise.scores.tables.head import Role, year_of
from planparse.recognise.scores.tables.ranks import Rank, read_ranks
from planparse.recognise.scores.tables.readings import Reading, comparison, plain, readings
from planparse.recognise.scores.tables.rows import RawTable, Row, index_of
from planparse.recognise.scores.tables.structure import Known, find_components, find_parts, is_total, set_levels
from planparse.records import IndicatorRow, IndicatorTable

_FIELDS: tuple[Field, ...] = ("score", "max_score", "expected_increase", "target")

Totals = dict[tuple[str, int | None], Decimal]
"""Total score of an index in a year as the prose states it, by the index's id and the year."""


def build_tables(raws: list[RawTable], notes: Notebook, totals: Totals) -> list[IndicatorTable]:
    """The records of all score tables."""
    return [_table(raw, f"/indicator_tables/{i}", notes, totals) for i, raw in enumerate(raws)]


def _table(raw: RawTable, pointer: str, notes: Notebook, totals: Totals) -> IndicatorTable:
    index = index_of(raw)
    set_levels(raw.rows, index)
    columns = find_columns(raw)
    target = "target" in columns
    year = year_of([*raw.heading[4:], *raw.head], target) or year_of(raw.heading, target)
    components = find_components(raw.rows, index, year)
    names = {i: known.name for i, known in components.items() if known.name} | find_parts(raw.rows, index)
    ways = [_within_maximum(align(columns, row), components.get(i)) for i, row in enumerate(raw.rows)]
    cells = _choose(raw.rows, ways)
    sheet = _sheet(raw.rows, cells, index, year, totals, components)
    sheet.solve()
    ranks = read_ranks([c.get("rank") for c in cells])
    rows = [
        _row(raw.rows[i], cells[i], ranks[i], i, sheet, components.get(i), names.get(i), f"{pointer}/rows/{i}", notes)
        for i in range(len(raw.rows))
    ]
    _say_broken(sheet, raw.rows, pointer, notes)
    _say_missing(raw.rows, cells, pointer, notes)
    return IndicatorTable(index=index.id if index else None, year=year, rows=rows)


def _within_maximum(ways: list[dict[Role, Cell]], known: Known | None) -> list[dict[Role, Cell]]:
    """Of the ways to fill a short row, those by which it has its component's maximum, or no score exceeds that."""
    if len(ways) < 2 or known is None or known.component.max is None:
        return ways
    top = Decimal(str(known.component.max))

    def fits(way: dict[Role, Cell]) -> tuple[bool, bool]:
        printed = readings(way["max_score"].ink) if "max_score" in way else ()
        score = plain(way["score"].ink) if "score" in way else None
        return any(r.value == top for r in printed), score is None or score <= top

    best = max(map(fits, ways))
    return [way for way in ways if fits(way) == best]


def _choose(rows: list[Row], ways: list[list[dict[Role, Cell]]]) -> list[dict[Role, Cell]]:
    """Of the ways to fill short rows, those by which the parts of a row sum to it best."""
    chosen = [way[0] for way in ways]
    for parent, parts in _families(rows):
        options = [ways[i] for i in parts]
        if all(len(option) == 1 for option in options) or _count(options) > 500:
            continue
        best = max(product(*options), key=lambda pick: _sums(chosen[parent], pick))
        for i, way in zip(parts, best, strict=True):
            chosen[i] = way
    return chosen


def _count(options: list[list[dict[Role, Cell]]]) -> int:
    size = 1
    for option in options:
        size *= len(option)
    return size


def _sums(parent: dict[Role, Cell], parts: tuple[dict[Role, Cell], ...]) -> int:
    """In how many columns the parts sum to their row, as printed."""
    good = 0
    for column in _FIELDS:
        values = [plain(part[column].ink) for part in parts if column in part]
        total = plain(parent[column].ink) if column in parent else None
        if values and total is not None and None not in values:
            good += 2 if sum(v for v in values if v is not None) == total else 0
            good += len(values) == len(parts)
    return good


def _families(rows: list[Row]) -> list[tuple[int, list[int]]]:
    """Each row that has parts, with them."""
    found: list[tuple[int, list[int]]] = []
    for i, row in enumerate(rows):
        parts = []
        for j in range(i + 1, len(rows)):
            if rows[j].level <= row.level:
                break
            if rows[j].level == row.level + 1:
                parts.append(j)
        if parts:
            found.append((i, parts))
    return found


def _sheet(
    rows: list[Row],
    cells: list[dict[Role, Cell]],
    index: Index | None,
    year: int | None,
    totals: Totals,
    components: dict[int, Known],
) -> Sheet:
    """The table's figures and what must hold among them."""
    sheet = Sheet()
    for i, row_cells in enumerate(cells):
        for column in _FIELDS:
            if (cell := row_cells.get(column)) and cell.kind == "number":
                sheet.add((i, column), cell.ink)
    summed: tuple[Field, ...] = ("score", "max_score", "expected_increase")
    for parent, parts in _families(rows):
        for column in summed:
            says = f"the parts of row {rows[parent].number or parent + 1} sum to it"
            sheet.require([(parent, column), *((j, column) for j in parts)], sums_to_first, says)
    tops = [i for i, row in enumerate(rows) if row.level == 1 and not is_total(row)]
    whole = [i for i, row in enumerate(rows) if is_total(row) and not row.heads]
    for column in summed:
        if whole:
            sheet.require(
                [(whole[0], column), *((i, column) for i in tops)], sums_to_first, "the rows sum to the total"
            )
    if index is not None:
        _defined(sheet, tops, index, year, totals, {i: known.component for i, known in components.items()})
    for i in range(len(rows)):
        says = "score and increase give the target"
        keys = [(i, "score"), (i, "expected_increase"), (i, "target")]
        sheet.require(keys, reaches_target(sheet.places("target")), says, digits=False)  # type: ignore[arg-type]
    return sheet


def _defined(
    sheet: Sheet, tops: list[int], index: Index, year: int | None, totals: Totals, found: dict[int, Component]
) -> None:
    """What the index's definition demands: maxima of its components, and their sum."""
    criteria = index.criteria(year)
    for i, component in found.items():
        if component.max is not None and (i, "max_score") in sheet.figures:
            top = Decimal(str(component.max))
            says = f"{component.name} has at most {component.max:g} points"
            sheet.require([(i, "max_score")], sum_is(top), says)
    complete = criteria is not None and {c.id for c in found.values()} == {c.id for c in criteria.components}
    if complete and len(found) == len(tops):
        if index.scale is not None:
            keys = [(i, "max_score") for i in tops]
            sheet.require(keys, sum_is(Decimal(str(index.scale))), f"maxima sum to {index.scale:g}")  # type: ignore[arg-type]
        if (stated := totals.get((index.id, year))) is not None:
            says = f"scores sum to the {stated} that the text states"
            sheet.require([(i, "score") for i in tops], sum_is(stated), says)


def _row(
    row: Row,
    cells: dict[Role, Cell],
    rank: Rank,
    at: int,
    sheet: Sheet,
    known: Known | None,
    inferred: str | None,
    pointer: str,
    notes: Notebook,
) -> IndicatorRow:
    """The record of one row, with its evidence and what was repaired in it."""
    name, unreadable = row.name or "?", None
    if inferred is not None:
        name, unreadable = inferred, row.name
        of = "component that no other row is" if row.level == 1 else "part that the one beside it leaves"
        message = f"{row.name!r} is {name!r}, the only {of}"
        notes.diagnose("PP315", "info", message, f"{pointer}/name", [row.line])
    notes.found(f"{pointer}/name", [place for _, place in row.names], 0.9 if unreadable else None, unreadable)
    values: dict[str, Reading | None] = {}
    for column in _FIELDS:
        cell = cells.get(column)
        figure = sheet.figures.get((at, column))
        if cell is None:
            continue
        reading = (figure.now or figure.plain) if figure else None
        values[column] = reading
        where = f"{pointer}/{column}"
        if reading is None:
            message = f"{cell.ink!r} in column {column} of {_called(row)} cannot be read"
            notes.diagnose("PP313", "warning", message, where, [row.line])
            continue
        repaired = reading.kind != "plain"
        notes.found(where, [cell.place], 0.9 if repaired else None, cell.ink if repaired else None)
        if repaired and figure is not None:
            code = "PP311" if reading.kind == "mended" else "PP312"
            message = f"{cell.ink!r} in column {column} of {_called(row)} is {_printed(reading)}: {figure.proof}"
            notes.diagnose(code, "info" if code == "PP311" else "warning", message, where, [row.line])
    _rank_notes(row, cells.get("rank"), rank, pointer, notes)
    if row.label_inferred:
        message = f"the number of row {row.number} was read as {row.label!r}; the rows around it leave no other"
        notes.diagnose("PP314", "info", message, f"{pointer}/number", [row.line])
    score, top = values.get("score"), values.get("max_score")
    target = values.get("target")
    return IndicatorRow(
        number=row.number,
        name=name,
        component_id=known.component.id if known else None,
        level=row.level,
        parent=row.parent,
        rank=rank.rank,
        rank_total=rank.total,
        score=float(score.value) if score else None,
        max_score=float(top.value) if top else None,
        expected_increase=_printed(values.get("expected_increase")),
        target=f"{comparison(cells['target'].ink)} {_printed(target)}".strip() if target else None,
    )


def _called(row: Row) -> str:
    return f"row {row.number}" if row.level == 1 and row.number else f"{row.name!r} of row {row.parent}"


def _printed(reading: Reading | None) -> str | None:
    """A number as it is written in Vietnamese: ``+0,20``."""
    return f"{reading.sign}{str(reading.value).replace('.', ',')}" if reading else None


def _rank_notes(row: Row, cell: Cell | None, rank: Rank, pointer: str, notes: Notebook) -> None:
    if cell is None:
        return
    if rank.rank is None:
        message = f"the rank of {_called(row)} cannot be read from {cell.ink!r}"
        notes.diagnose("PP313", "warning", message, f"{pointer}/rank", [row.line])
        return
    notes.found(f"{pointer}/rank", [cell.place], None, cell.ink if rank.repaired else None)
    if rank.total is not None:
        notes.found(f"{pointer}/rank_total", [cell.place], None, cell.ink if rank.repaired else None)
    if rank.repaired:
        message = f"{cell.ink!r} of {_called(row)} is {rank.rank}/{rank.total}: {rank.repaired}"
        notes.diagnose("PP311", "info", message, f"{pointer}/rank", [row.line])
    if rank.total is not None and rank.rank > rank.total:
        message = f"{_called(row)} has rank {rank.rank} out of {rank.total}"
        notes.diagnose("PP310", "warning", message, f"{pointer}/rank", [row.line])


def _say_broken(sheet: Sheet, rows: list[Row], pointer: str, notes: Notebook) -> None:
    """Say what does not add up and was left as printed."""
    for equation in sheet.broken:
        shown = ", ".join(
            _printed(figure.now or figure.plain) or repr(figure.ink)
            for figure in (sheet.figures[key] for key in equation.keys)
        )
        message = f"it does not add up that {equation.says} ({shown}); left as printed"
        at = equation.keys[0]
        lines = [rows[i].line for i, _ in equation.keys]
        notes.diagnose("PP310", "warning", message, f"{pointer}/rows/{at[0]}/{at[1]}", lines)


def _say_missing(rows: list[Row], cells: list[dict[Role, Cell]], pointer: str, notes: Notebook) -> None:
    """Say where a row lacks a figure that most rows of its level have."""
    for level in {row.level for row in rows}:
        peers = [i for i, row in enumerate(rows) if row.level == level and not is_total(row)]
        for column in ("rank", *_FIELDS):
            have = [i for i in peers if column in cells[i]]
            if len(have) * 3 > len(peers) * 2:
                for i in (i for i in peers if i not in have):
                    message = f"{_called(rows[i])} has no figure in column {column}, as the other rows have"
                    notes.diagnose("PP313", "warning", message, f"{pointer}/rows/{i}/{column}", [rows[i].line])
