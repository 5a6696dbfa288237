"""Deadline cells and what they mean."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from planparse.recognise.due import read_due

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "deadline_cells.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["cell"] for c in CASES])
def test_due(case: dict[str, object]) -> None:
    due = read_due(str(case["cell"]))
    if case.get("kind") is None:
        assert due is None
        return
    assert due is not None
    assert (due.kind, due.start, due.end) == (case["kind"], _day(case.get("start")), _day(case.get("end")))


def _day(value: object) -> dt.date | None:
    return value if value is None or isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
