"""Names that the law changed: two records may both be right, each in its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from planparse.lexicon import Agency, Province, agencies, provinces
from planparse.reconciliation.finding import Finding, Kind, Reading, lines_at
from planparse.reconciliation.spelled import spelled
from planparse.records import PlanRecord

Words = tuple[str, ...]


def aliases(records: Sequence[tuple[str, PlanRecord]]) -> Iterator[Finding]:
    """Issuers and places that one record calls by the name before and another by the name after a reform.

    One finding for each pair of names, with the first reading of each record and the day until which the older
    name held.
    """
    named: dict[Words, list[tuple[Kind, Reading]]] = {}
    for name, record in records:
        for kind, pointer, value in _names(record):
            said = named.setdefault(spelled(value).words, [])
            if name not in {reading.name for _, reading in said}:
                said.append((kind, Reading(value, name, pointer, lines_at(record, pointer))))
    for words, old in named.items():
        for later, entry in _later(words):
            new = [reading for _, reading in named.get(later, ())]
            if not new:
                continue
            (kind, first), *_ = old
            why = f"{entry.name} until {entry.valid_to:%d/%m/%Y}, since then {entry.successor} ({entry.source})"
            yield Finding(kind, first.name, first.pointer, (*(r for _, r in old), *new), why, alias=True)


def _names(record: PlanRecord) -> Iterator[tuple[Kind, str, str]]:
    header = record.header
    for key in ("issuer", "parent_issuer"):
        if value := getattr(header, key):
            yield "agency", f"/header/{key}", value
    if header.place:
        yield "place", "/header/place", header.place
    for i, citation in enumerate(record.citations):
        if citation.issuer:
            yield "agency", f"/citations/{i}/issuer", citation.issuer


def _later(words: Words) -> Iterator[tuple[Words, Agency | Province]]:
    """The names that a name has after each reform of a body or province in it."""
    for old, new, entry in _reforms():
        for at in range(len(words) - len(old) + 1):
            if words[at : at + len(old)] == old and (at == 0 or isinstance(entry, Province)):
                yield (*words[:at], *new, *words[at + len(old) :]), entry


@cache
def _reforms() -> tuple[tuple[Words, Words, Agency | Province], ...]:
    changed: list[Agency | Province] = [*agencies(), *provinces()]
    return tuple(
        (spelled(entry.name).words, spelled(entry.successor).words, entry)
        for entry in changed
        if entry.valid_to and entry.successor and entry.successor != entry.name
    )
