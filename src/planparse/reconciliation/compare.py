"""Compare records: each document's own head with the citations of it, citations and names with one another."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planparse.reconciliation.aliases import aliases
from planparse.reconciliation.bodies import compatible, home_of, plainly
from planparse.reconciliation.finding import Finding, Kind, Reading, lines_at
from planparse.reconciliation.names import name_conflicts
from planparse.reconciliation.readings import date_slip, number_slip
from planparse.records import Citation, PlanRecord

Named = tuple[str, PlanRecord]
"""A record and the name that findings give it."""


@dataclass(frozen=True)
class _Cited:
    """A citation, and the record that makes it."""

    name: str
    record: PlanRecord
    place: int
    citation: Citation

    def reading(self, field: str) -> Reading:
        """What the citation says of a field."""
        value = getattr(self.citation, field)
        shown = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)
        return Reading(shown, self.name, f"/citations/{self.place}/{field}", tuple(self.citation.lines))

    @property
    def votes(self) -> int:
        """How often the record says so: once, or more than once in different places."""
        return min(2, max(1, len(self.citation.lines)))


def reconcile(records: Sequence[Named]) -> list[Finding]:
    """All conflicts, proven repairs and aliases among records."""
    cited = [
        _Cited(name, record, place, citation)
        for name, record in records
        for place, citation in enumerate(record.citations)
        if citation.number_symbol and citation.number and citation.symbol
    ]
    found = [finding for one in records for finding in _own_head(one, cited)]
    found += _among_citations(cited)
    found += name_conflicts(records)
    found += aliases(records)
    found += _scores(records)
    return found


def _own_head(one: Named, cited: Iterable[_Cited]) -> Iterator[Finding]:
    """A document's own number and date against what others cite it by."""
    name, record = one
    header = record.header
    if not header.number or not header.symbol:
        return
    others = [c for c in cited if c.name != name and _means(c, record)]
    if not others:
        return
    numbers = [c for c in others if c.citation.number_symbol != header.number_symbol]
    if numbers:
        own = Reading(
            header.number_symbol or header.number, name, "/header/number_symbol", lines_at(record, "/header/number")
        )
        yield _verdict("number", name, own, [c.reading("number_symbol") for c in others], [c.votes for c in others])
    dates = [c for c in others if c.citation.date is not None]
    if header.date is not None and any(c.citation.date != header.date for c in dates):
        own = Reading(f"{header.date:%d/%m/%Y}", name, "/header/date", lines_at(record, "/header/date"))
        yield _verdict("date", name, own, [c.reading("date") for c in dates], [c.votes for c in dates])


def _means(cited: _Cited, record: PlanRecord) -> bool:
    """Whether a citation can only mean this document, misread here or there.

    Symbol and province are the same, the issuer can be; number and date together differ by what one slip of OCR in
    each can do, and one of the two is nearly right.
    """
    header, citation = record.header, cited.citation
    if citation.symbol != header.symbol or citation.year != header.year:
        return False
    if home_of(citation.symbol, citation.issuer, cited.record) != home_of(header.symbol, header.issuer, record):
        return False
    if not compatible(citation.issuer, header.issuer):
        return False
    number = number_slip(citation.number or "", header.number or "")
    date = date_slip(citation.date, header.date)
    if citation.date is None or header.date is None:
        return number == 0
    return number <= 1 and date <= 1


def _verdict(kind: Kind, name: str, own: Reading, others: list[Reading], votes: list[int]) -> Finding:
    """Which reading prevails: the one most places give, if it is given more often than any other."""
    count: Counter[str] = Counter({own.value: 1})
    for reading, weight in zip(others, votes, strict=True):
        count[reading.value] += weight
    (best, times), *rest = count.most_common()
    proven = best != own.value and (not rest or times > rest[0][1])
    why = f"{times} of {sum(count.values())} places say so"
    if not proven:
        why = "its own head and the citations stand against each other" if best != own.value or rest else why
    return Finding(kind, name, own.pointer, (own, *others), why, best if proven else None)


def _among_citations(cited: list[_Cited]) -> Iterator[Finding]:
    """One document cited by several records with different dates of one year."""
    groups: dict[tuple[str, str | None], list[_Cited]] = {}
    for one in cited:
        key = (one.citation.number_symbol or "", home_of(one.citation.symbol, one.citation.issuer, one.record))
        if one.citation.date is not None:
            groups.setdefault(key, []).append(one)
    for same in groups.values():
        days = Counter({c.citation.date: 0 for c in same})
        for c in same:
            days[c.citation.date] += c.votes
        if len(days) < 2 or len({c.name for c in same}) < 2:
            continue
        (best, times), (_, next_times), *_ = days.most_common()
        for doubted in (c for c in same if c.citation.date != best):
            if date_slip(doubted.citation.date, best) > 1 or not (doubted.citation.date and best):
                continue  # another year, another document
            readings = tuple(c.reading("date") for c in (doubted, *(c for c in same if c is not doubted)))
            proven = f"{best:%d/%m/%Y}" if times > next_times else None
            why = f"{times} of {sum(days.values())} places say so" if proven else "as many places say either"
            yield Finding("date", doubted.name, readings[0].pointer, readings, why, proven)


def _scores(records: Sequence[Named]) -> Iterator[Finding]:
    """One score stated by several records; a score is never repaired from another document, only doubted."""
    groups: dict[tuple[object, ...], list[tuple[str, int, PlanRecord, float]]] = {}
    for name, record in records:
        for place, score in enumerate(record.indicator_scores):
            if score.kind == "result" and score.value is not None and score.year and score.subject and score.index:
                part = plainly(score.component) if score.component else None
                key = (score.index, part, plainly(score.subject), score.year, score.unit)
                groups.setdefault(key, []).append((name, place, record, score.value))
    for same in groups.values():
        if len({value for *_, value in same}) > 1 and len({name for name, *_ in same}) > 1:
            readings = tuple(
                Reading(
                    f"{value:g}",
                    name,
                    f"/indicator_scores/{place}/value",
                    lines_at(record, f"/indicator_scores/{place}/value"),
                )
                for name, place, record, value in same
            )
            why = "documents state one score differently"
            yield Finding("score", readings[0].name, readings[0].pointer, readings, why)
