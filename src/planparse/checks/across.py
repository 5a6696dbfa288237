"""PP170–PP179 and PP480–PP489: what only shows when records are laid side by side.

A whole archive does not fit into memory, so each record leaves a :class:`Digest` of what others can
contradict, and the rules here compare digests.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planparse.checks.dates import shown
from planparse.checks.finding import Problem
from planparse.checks.registry import CODE
from planparse.records import PlanRecord, Severity


class Cited(NamedTuple):
    """A citation in a digest: its place in the record's list and what identifies the document."""

    at: int
    number_symbol: str
    issuer: str
    date: dt.date | None


class Digest(NamedTuple):
    """What of a record matters to others; ``file`` and ``entry`` say where the record is."""

    file: str | None
    entry: int | None
    sha256: str
    number_symbol: str | None
    issuer: str | None
    date: dt.date | None
    citations: tuple[Cited, ...]

    @property
    def name(self) -> str:
        """What findings call the record."""
        return f"{self.file or 'another record'}" + (f" ({self.entry})" if self.entry else "")


def digest(record: PlanRecord, file: str | None = None, entry: int | None = None) -> Digest:
    """The digest of a record."""
    cited = tuple(
        Cited(i, c.number_symbol, (c.issuer or "").casefold(), c.date)
        for i, c in enumerate(record.citations)
        if c.number_symbol is not None
    )
    header = record.header
    issuer = header.issuer.casefold() if header.issuer else None
    return Digest(file, entry, record.source.sha256, header.number_symbol, issuer, header.date, cited)


ArchiveCheck = Callable[[Sequence[Digest]], Iterator[tuple[Digest, Problem]]]


@dataclass(frozen=True)
class ArchiveRule:
    """One check over all records of a run."""

    code: str
    name: str
    severity: Severity
    summary: str
    check: ArchiveCheck
    remedy: str


ARCHIVE_RULES: dict[str, ArchiveRule] = {}


def archive_rule(code: str, severity: Severity, remedy: str) -> Callable[[ArchiveCheck], ArchiveCheck]:
    """Make a function a rule over the digests of all records."""

    def enter(check: ArchiveCheck) -> ArchiveCheck:
        if not CODE.fullmatch(code) or code in ARCHIVE_RULES:
            raise ValueError(f"{code} is no rule code, or has been given already")
        summary = (check.__doc__ or "").strip().split("\n")[0]
        ARCHIVE_RULES[code] = ArchiveRule(code, check.__name__.replace("_", "-"), severity, summary, check, remedy)
        return check

    return enter


@archive_rule("PP170", "warning", "keep one of the records")
def source_recorded_twice(digests: Sequence[Digest]) -> Iterator[tuple[Digest, Problem]]:
    """Two records were made from the same source."""
    seen: dict[str, Digest] = {}
    for one in digests:
        first = seen.setdefault(one.sha256, one)
        if first is not one:
            yield one, Problem("/source/sha256", f"{first.name} was made from the same file")


@archive_rule("PP171", "error", "look at both documents: one number was misread, or one document was scanned twice")
def document_recorded_twice(digests: Sequence[Digest]) -> Iterator[tuple[Digest, Problem]]:
    """Two records from different sources are of the same document, by issuer, number and year."""
    seen: dict[tuple[str, str, int], Digest] = {}
    for one in digests:
        if one.number_symbol is None or one.issuer is None or one.date is None:
            continue
        first = seen.setdefault((one.issuer, one.number_symbol, one.date.year), one)
        if first is not one and first.sha256 != one.sha256:
            yield one, Problem("/header/number_symbol", f"{first.name} is {one.number_symbol} of this issuer too")


@archive_rule("PP480", "error", "look at both documents; planparse reconcile shows both readings")
def citation_contradicts_document(digests: Sequence[Digest]) -> Iterator[tuple[Digest, Problem]]:
    """A citation dates a document of the archive otherwise than that document does itself."""
    documents: dict[tuple[str, str, int], Digest] = {}
    for one in digests:
        if one.number_symbol and one.issuer and one.date:
            # A number is given again every year: only a date of the same year is a contradiction.
            documents.setdefault((one.number_symbol, one.issuer, one.date.year), one)
    for one in digests:
        for cited in one.citations:
            if cited.date is None:
                continue
            meant = documents.get((cited.number_symbol, cited.issuer, cited.date.year))
            if meant and meant is not one and meant.date and meant.date != cited.date:
                what = f"cited as of {shown(cited.date)}, but {meant.name} is of {shown(meant.date)}"
                yield one, Problem(f"/citations/{cited.at}/date", what)


@archive_rule("PP481", "warning", "look at the citations that differ from the others")
def citations_contradict_each_other(digests: Sequence[Digest]) -> Iterator[tuple[Digest, Problem]]:
    """Records give a cited document of one issuer and year different dates."""
    places: dict[tuple[str, str, int], list[tuple[Digest, Cited, dt.date]]] = defaultdict(list)
    for one in digests:
        for cited in one.citations:
            if cited.date is not None:
                places[cited.number_symbol, cited.issuer, cited.date.year].append((one, cited, cited.date))
    for (symbol, _, _), found in places.items():
        dates = Counter(date for _, _, date in found)
        if len(dates) < 2:
            continue
        usual, votes = dates.most_common(1)[0]
        tied = list(dates.values()).count(votes) > 1
        for one, cited, date in found:
            if tied or date != usual:
                others = ", ".join(shown(d) for d in sorted(dates) if d != date)
                what = f"{symbol} is of {shown(date)} here, elsewhere of {others}"
                yield one, Problem(f"/citations/{cited.at}/date", what)
