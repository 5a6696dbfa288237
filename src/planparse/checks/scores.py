"""PP370–PP399: scores that the document states, each for itself and against each other."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.checks.context import Context
from planparse.checks.finding import Problem
from planparse.checks.registry import rule
from planparse.checks.tables import TOLERANCE
from planparse.records import IndicatorScore, PlanRecord

FIRST_INDEX_YEAR = 2005
"""PCI, the oldest of the indices, was first measured for 2005."""


def _shown(number: float) -> str:
    return f"{number:g}".replace(".", ",")


def _key(score: IndicatorScore) -> tuple[str, str, str, int] | None:
    """What a result is of; ``None`` where the document leaves the index or the year open."""
    if score.index is None or score.year is None or score.kind != "result" or score.value is None:
        return None
    fold = str.casefold
    return fold(score.index), fold(score.component or ""), fold(score.subject or ""), score.year


@rule("PP370", "error", "look at the sentence in the document and correct the value or the maximum")
def value_out_of_range(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A score is below zero, above its maximum or a share above 100 %."""
    for i, score in enumerate(record.indicator_scores):
        if score.value is None:
            continue
        limit = score.max if score.max is not None else 100.0 if score.unit == "%" else None
        if score.value < 0:
            yield Problem(f"/indicator_scores/{i}/value", f"the score is {_shown(score.value)}")
        elif limit is not None and score.value > limit + 1e-9:
            yield Problem(f"/indicator_scores/{i}/value", f"the score {_shown(score.value)} is above {_shown(limit)}")


@rule("PP371", "error", "look at the sentence in the document and correct the year")
def year_implausible(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A result is of a year before the index or after the document."""
    issued = record.header.date.year if record.header.date else at.today.year
    for i, score in enumerate(record.indicator_scores):
        if score.year is not None and score.kind == "result" and not FIRST_INDEX_YEAR <= score.year <= issued:
            yield Problem(f"/indicator_scores/{i}/year", f"a result of {score.year} in a document of {issued}")
    for i, table in enumerate(record.indicator_tables):
        if table.year is not None and not FIRST_INDEX_YEAR <= table.year <= issued:
            yield Problem(f"/indicator_tables/{i}/year", f"scores of {table.year} in a document of {issued}")


@rule("PP372", "error", "the document states the score twice; look which reading is right")
def stated_twice_differently(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The document gives the same score two values."""
    known: dict[tuple[object, ...], tuple[int, float]] = {}
    for i, score in enumerate(record.indicator_scores):
        key = _key(score)
        if key is None or score.value is None:
            continue
        where, value = known.setdefault((*key, score.unit), (i, score.value))
        if abs(value - score.value) > 1e-9:
            yield Problem(
                f"/indicator_scores/{i}/value",
                f"{score.index} {score.year} is {_shown(score.value)} here and {_shown(value)} in score {where + 1}",
            )


@rule("PP373", "error", "look which of the two was misread")
def prose_and_table_disagree(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The text and a table give a component different scores or ranks."""
    rows = {
        (table.index.casefold(), table.year, row.name.casefold()): row
        for table in record.indicator_tables
        for row in table.rows
        if table.index is not None and row.level == 1
    }
    for i, score in enumerate(record.indicator_scores):
        if score.index is None or score.component is None or score.origin != "prose" or score.kind != "result":
            continue
        row = rows.get((score.index.casefold(), score.year, score.component.casefold()))
        if row is None:
            continue
        comparable = score.value is not None and row.score is not None and score.unit != "%"
        if comparable and score.value != row.score:
            yield Problem(
                f"/indicator_scores/{i}/value",
                f"{score.component}: {score.value} in the text, {row.score} in the table".replace(".", ","),
            )
        if score.rank is not None and row.rank is not None and score.rank != row.rank:
            yield Problem(
                f"/indicator_scores/{i}/rank",
                f"{score.component}: rank {score.rank} in the text, {row.rank} in the table",
            )


@rule("PP374", "error", "look which of value, change and the earlier value was misread")
def change_does_not_add_up(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A score and its change do not give the score that is stated for the year before."""
    values = {(*key, s.unit): s.value for s in record.indicator_scores if (key := _key(s)) and s.value is not None}
    for i, score in enumerate(record.indicator_scores):
        key = _key(score)
        if key is None or score.value is None or score.change is None or score.change_unit != score.unit:
            continue
        since = score.change_since or key[3] - 1
        before = values.get((*key[:3], since, score.unit))
        if before is not None and abs(score.value - score.change - before) > TOLERANCE:
            yield Problem(
                f"/indicator_scores/{i}/change",
                f"{_shown(score.value)} after {_shown(before)} is no change of {score.change:+g}".replace(".", ","),
            )


@rule("PP375", "warning", "name the index: PAR INDEX, SIPAS, PAPI, PCI, DTI, PGI")
def score_of_nothing(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A score names neither index nor component."""
    for i, score in enumerate(record.indicator_scores):
        if score.index is None and score.component is None:
            yield Problem(f"/indicator_scores/{i}/index", "this score is of no index")


@rule("PP376", "error", "a change is counted from an earlier year; correct change_since")
def change_since_later(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A change is counted from the year of the score or a later one."""
    for i, score in enumerate(record.indicator_scores):
        if score.change_since is not None and score.year is not None and score.change_since >= score.year:
            yield Problem(
                f"/indicator_scores/{i}/change_since", f"a change of {score.year} counted from {score.change_since}"
            )


@rule("PP377", "error", "state a value, a rank or a change, or remove the score")
def score_says_nothing(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A score has no value, no rank and no change."""
    for i, score in enumerate(record.indicator_scores):
        if (score.value, score.rank, score.change, score.rank_change) == (None, None, None, None):
            yield Problem(f"/indicator_scores/{i}/value", "neither value nor rank nor change is given")


@rule("PP378", "error", "give the value its unit: điểm or %")
def value_without_unit(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A score's change has no unit."""
    for i, score in enumerate(record.indicator_scores):
        if score.change is not None and score.change_unit is None:
            yield Problem(f"/indicator_scores/{i}/change_unit", f"a change of {score.change:+g}, but of what?")
