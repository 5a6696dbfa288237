"""Repaired records: the proven value in place, the ink kept in evidence, a diagnostic that names the proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from planparse.reconciliation.finding import NAMES, Finding
from planparse.records import Diagnostic, Evidence, PlanRecord


def apply(record: PlanRecord, findings: Iterable[Finding]) -> PlanRecord:
    """A record with the proven repairs among ``findings`` made and its open conflicts noted."""
    for finding in findings:
        if finding.alias:
            continue  # both names are right
        if finding.repaired is not None:
            record = _repaired(record, finding)
        record = _noted(record, finding)
    return record


def _repaired(record: PlanRecord, finding: Finding) -> PlanRecord:
    assert finding.repaired is not None
    if finding.kind in NAMES:
        for pointer in finding.places:
            record = _kept(_renamed(record, pointer, finding.repaired), pointer, finding.readings[0].value)
        return record
    if finding.pointer == "/header/number_symbol":
        return _with_number(record, finding.repaired)
    day = dt.datetime.strptime(finding.repaired, "%d/%m/%Y").date()
    if finding.pointer == "/header/date":
        old = record.header.date
        record = record.model_copy(update={"header": record.header.model_copy(update={"date": day})})
        return _kept(record, finding.pointer, f"{old:%d/%m/%Y}" if old else "")
    place = int(finding.pointer.split("/")[2])
    citations = list(record.citations)
    old = citations[place].date
    citations[place] = citations[place].model_copy(update={"date": day})
    record = record.model_copy(update={"citations": citations})
    return _kept(record, finding.pointer, f"{old:%d/%m/%Y}" if old else "")


def _renamed(record: PlanRecord, pointer: str, name: str) -> PlanRecord:
    """The record with another name at a pointer."""

    def put(node: Any, steps: list[str]) -> Any:
        if not steps:
            return name
        step, *rest = steps
        if isinstance(node, list):
            at = int(step)
            return [*node[:at], put(node[at], rest), *node[at + 1 :]]
        return node.model_copy(update={step: put(getattr(node, step), rest)})

    renamed: PlanRecord = put(record, pointer.split("/")[1:])
    return renamed


def _with_number(record: PlanRecord, number_symbol: str) -> PlanRecord:
    old = record.header
    number = number_symbol.split("-" if f"-{old.symbol}" in number_symbol else "/")[0]
    header = old.model_copy(update={"number": number, "number_symbol": number_symbol})
    record = record.model_copy(update={"header": header})
    record = _kept(record, "/header/number", old.number or "")
    return _kept(record, "/header/number_symbol", old.number_symbol or "")


def _kept(record: PlanRecord, pointer: str, was: str) -> PlanRecord:
    """Evidence of a repaired value: spans and ink stay, and what was read from them."""
    evidence = dict(record.evidence)
    if (old := evidence.get(pointer)) is not None:
        evidence[pointer] = old.model_copy(update={"repaired_from": old.repaired_from or old.raw or was})
    else:
        evidence[pointer] = Evidence(spans=[], raw="", confidence=1.0, repaired_from=was or None)
    return record.model_copy(update={"evidence": evidence})


def _noted(record: PlanRecord, finding: Finding) -> PlanRecord:
    code = "PP420" if finding.repaired is not None else "PP421"
    lines = sorted({line for r in finding.readings if r.name == finding.name for line in r.lines})
    note = Diagnostic(
        code=code,
        severity="info" if code == "PP420" else "warning",
        message=finding.message,
        pointer=finding.pointer,
        lines=lines,
    )
    if note in record.diagnostics:
        return record
    return record.model_copy(update={"diagnostics": [*record.diagnostics, note]})
