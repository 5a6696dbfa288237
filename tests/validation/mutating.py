"""Faults put into valid records, one at a time, each with the pointers at which it may rightly be found."""

from __future__ import annotations

import copy
import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from planparse.checks.pointers import escape, leaves, resolve

Record = dict[str, Any]


@dataclass(frozen=True)
class Mutation:
    """A record with a fault, what was done, and the pointers of the values that it was done to."""

    record: Record
    what: str
    pointers: tuple[str, ...]

    def rightly_at(self, pointer: str) -> bool:
        """Does a finding at ``pointer`` speak of the fault: of the value, a part of it, its row or its evidence?"""
        for own in self.pointers:
            evidence = "/evidence/" + escape(own)
            row = "/".join(own.split("/")[: 6 if own.startswith("/indicator_tables") else 3])
            if pointer in (own, row, evidence) or pointer.startswith((own + "/", evidence + "/", evidence + "~1")):
                return True
        return False


def _parent(record: Record, pointer: str) -> tuple[Any, Any]:
    head, _, last = pointer.rpartition("/")
    around = resolve(record, head)
    return around, int(last) if isinstance(around, list) else last


def _get(record: Record, pointer: str) -> Any:
    return resolve(record, pointer)


def _set(record: Record, pointer: str, value: Any) -> None:
    around, step = _parent(record, pointer)
    around[step] = value


def _printed(record: Record) -> list[str]:
    """Pointers of all values that have evidence."""
    return [p for p in record["evidence"] if not p.endswith("/doc_type_code")]


def _some(chance: random.Random, options: list[str]) -> str | None:
    return chance.choice(options) if options else None


def drop_value(record: Record, chance: random.Random) -> Mutation | None:
    """A value is lost; a list loses an item."""
    at = chance.choice(_printed(record))
    around, step = _parent(record, at)
    if isinstance(around, list):
        del around[step]
        rest = tuple(f"{at.rpartition('/')[0]}/{i}" for i in range(step, len(around) + 1))
        return Mutation(record, f"drop item {at}", rest)
    if chance.random() < 0.5:
        around[step] = None
    else:
        del around[step]
    return Mutation(record, f"drop {at}", (at,))


def drop_row(record: Record, chance: random.Random) -> Mutation | None:
    """A whole row of a list is lost."""
    lists = [p for p in ("/tasks", "/citations", "/indicator_scores", "/outline") if len(_get(record, p)) > 1]
    lists += [f"/indicator_tables/{i}/rows" for i in range(len(record["indicator_tables"]))]
    at = chance.choice(lists)
    rows = _get(record, at)
    i = chance.randrange(len(rows))
    del rows[i]
    return Mutation(record, f"drop row {at}/{i}", tuple(f"{at}/{j}" for j in range(max(0, i - 1), len(rows) + 1)))


def swap_values(record: Record, chance: random.Random) -> Mutation | None:
    """Two cells of a row change places, or the same cell of two rows."""
    if chance.random() < 0.5:
        i = chance.randrange(len(record["tasks"]))
        first, second = (
            f"/tasks/{i}/{n}" for n in chance.sample(["content", "responsible", "deadline", "result"], 2)
        )
    else:
        name = chance.choice(["content", "number", "responsible"])
        a, b = chance.sample(range(len(record["tasks"])), 2)
        first, second = f"/tasks/{a}/{name}", f"/tasks/{b}/{name}"
    one, other = _get(record, first), _get(record, second)
    if one == other:
        return None
    _set(record, first, other)
    _set(record, second, one)
    return Mutation(record, f"swap {first} and {second}", (first, second))


def swap_rows(record: Record, chance: random.Random) -> Mutation | None:
    """Two rows change places."""
    lists = [p for p in ("/tasks", "/citations", "/indicator_scores") if len(_get(record, p)) > 1]
    lists += [f"/indicator_tables/{i}/rows" for i in range(len(record["indicator_tables"]))]
    at = chance.choice(lists)
    rows = _get(record, at)
    i, j = chance.sample(range(len(rows)), 2)
    rows[i], rows[j] = rows[j], rows[i]
    return Mutation(record, f"swap rows {i} and {j} of {at}", (f"{at}/{i}", f"{at}/{j}"))


def retype(record: Record, chance: random.Random) -> Mutation | None:
    """A value gets another type: a number in quotes, a text without, a date as printed, a list for a text."""
    options = [(p, v) for p, v in leaves({k: v for k, v in record.items() if k != "source"}) if v is not None]
    at, value = chance.choice(options)
    if isinstance(value, str):
        made: Any = [value] if not value.isdigit() else int(value)
    else:
        made = str(value).replace(".", ",") if chance.random() < 0.8 else [value]
    _set(record, at, made)
    return Mutation(record, f"retype {at}", (at,))


def shift_date(record: Record, chance: random.Random) -> Mutation | None:
    """A date is off by a day, a month or a year."""
    dates = [p for p, v in leaves({k: v for k, v in record.items() if k != "evidence"}) if _is_date(v)]
    at = _some(chance, dates)
    if at is None:
        return None
    date = dt.date.fromisoformat(_get(record, at)) + dt.timedelta(days=chance.choice([-365, -31, -1, 1, 31, 365]))
    _set(record, at, date.isoformat())
    return Mutation(record, f"shift {at}", (at,))


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"


def shift_number(record: Record, chance: random.Random) -> Mutation | None:
    """A score, a rank, a year or a maximum is off by one in one of its digits."""
    numbers = [p for p, v in leaves(record) if isinstance(v, int | float) and "/evidence" not in p]
    numbers = [p for p in numbers if not p.startswith("/source") and not p.endswith(("/line", "/level"))]
    numbers = [p for p in numbers if "/lines/" not in p]
    at = _some(chance, numbers)
    if at is None:
        return None
    value = _get(record, at)
    step = chance.choice([1, -1, 10]) if isinstance(value, int) else chance.choice([0.01, -0.01, 0.1, 1, -1])
    made = round(value + step, 2)
    if isinstance(made, int) and made < 1:
        return None
    _set(record, at, made)
    return Mutation(record, f"shift {at} by {step}", (at,))


def shift_printed_number(record: Record, chance: random.Random) -> Mutation | None:
    """A document number or a row number is off by one."""
    options = [p for p, v in leaves(record) if p.endswith("/number") and isinstance(v, str) and v.isdigit()]
    at = chance.choice([p for p in options if not p.startswith("/evidence")])
    _set(record, at, str(int(_get(record, at)) + chance.choice([-1, 1, 10])))
    return Mutation(record, f"shift {at}", (at, at.rpartition("/")[0] + "/number_symbol"))


def shift_sum(record: Record, chance: random.Random) -> Mutation | None:
    """A sum in a table of scores is off."""
    rows = [
        f"/indicator_tables/{i}/rows/{j}"
        for i, table in enumerate(record["indicator_tables"])
        for j, row in enumerate(table["rows"])
        if row["level"] == 1
    ]
    row = _some(chance, rows)
    if row is None:
        return None
    at = f"{row}/{chance.choice(['score', 'max_score'])}"
    _set(record, at, round(_get(record, at) + chance.choice([-0.1, 0.1, 0.5]), 2))
    return Mutation(record, f"shift the sum {at}", (at,))


def shift_span(record: Record, chance: random.Random) -> Mutation | None:
    """A span is off by one, at its start, its end, both, or in its line."""
    at = chance.choice(list(record["evidence"]))
    k = chance.randrange(len(record["evidence"][at]["spans"]))
    span = record["evidence"][at]["spans"][k]
    how = chance.choice(["start", "end", "both", "line", "raw"])
    if how == "raw":
        record["evidence"][at]["raw"] = "x" + record["evidence"][at]["raw"][1:]
    for name in ("start", "end") if how == "both" else (how,) if how != "raw" else ():
        span[name] += 1
    return Mutation(record, f"shift a span of {at} ({how})", (at,))


def misspell_key(record: Record, chance: random.Random) -> Mutation | None:
    """A field has another name."""
    around, where = chance.choice([(record["header"], "/header"), (record["tasks"][0], "/tasks/0")])
    key = chance.choice(list(around))
    around[key + "s"] = around.pop(key)
    return Mutation(record, f"misspell {where}/{key}", (f"{where}/{key}s",))


def repeat_row(record: Record, chance: random.Random) -> Mutation | None:
    """A row stands twice."""
    at = chance.choice(["/tasks", "/citations"])
    rows = _get(record, at)
    i = chance.randrange(len(rows))
    rows.insert(i, copy.deepcopy(rows[i]))
    return Mutation(record, f"repeat {at}/{i}", tuple(f"{at}/{j}" for j in range(i, len(rows) + 1)))


OPERATORS: tuple[Callable[[Record, random.Random], Mutation | None], ...] = (
    drop_value, drop_row, swap_values, swap_rows, retype, shift_date, shift_number, shift_printed_number, shift_sum,
    shift_span, misspell_key, repeat_row,
)  # fmt: skip


def mutate(record: Record, chance: random.Random) -> Mutation:
    """The record with one fault; the record itself stays as it is."""
    while True:
        mutation = chance.choice(OPERATORS)(copy.deepcopy(record), chance)
        if mutation is not None and mutation.record != record:
            return mutation
