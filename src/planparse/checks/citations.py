"""PP450–PP469: cited documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.checks.context import Context
from planparse.checks.dates import FIRST_DAY, printed_dates, shown
from planparse.checks.finding import Problem
from planparse.checks.registry import rule
from planparse.checks.symbols import NUMBER, SYMBOL, composed
from planparse.records import PlanRecord

_PARTS = "make number, year and symbol agree with number_symbol as the citation prints it"


@rule("PP450", "error", _PARTS)
def citation_parts_disagree(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Number, year and symbol of a citation do not make up its number_symbol."""
    for i, cited in enumerate(record.citations):
        whole = cited.number_symbol
        if whole is None:
            continue
        if cited.number is None or cited.symbol is None:
            part = "number" if cited.number is None else "symbol"
            yield Problem(f"/citations/{i}/{part}", f"number_symbol is {whole}, but {part} is missing")
        elif whole not in (made := composed(cited.number, cited.year, cited.symbol)):
            yield Problem(
                f"/citations/{i}/number_symbol", f"number_symbol is {whole}, but its parts make {max(made)}"
            )


@rule("PP451", "error", "nobody cites a document of tomorrow; correct the citation's date or the document's")
def cited_before_written(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A document is cited that was issued later than the one that cites it."""
    issued = record.header.date
    for i, cited in enumerate(record.citations):
        if issued and cited.date and cited.date > issued:
            yield Problem(
                f"/citations/{i}/date", f"cites a document of {shown(cited.date)}, but is itself of {shown(issued)}"
            )
        elif issued and cited.year and cited.date is None and cited.year > issued.year:
            yield Problem(f"/citations/{i}/year", f"cites a document of {cited.year}, but is itself of {issued.year}")


@rule("PP452", "error", "the year within the number of a legal document is its year of issue; correct one of them")
def cited_year_disagrees_with_date(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The year within a citation's number is not the year of its date."""
    for i, cited in enumerate(record.citations):
        if cited.year is not None and cited.date is not None and cited.year != cited.date.year:
            yield Problem(f"/citations/{i}/year", f"the number is of {cited.year}, the date {shown(cited.date)}")


@rule("PP453", "error", "write number and symbol as printed: 607/KH-UBND, 12/2021/TT-BNV, 91-KL/TU")
def citation_malformed(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The number or the symbol of a citation is none."""
    for i, cited in enumerate(record.citations):
        if cited.number is not None and not NUMBER.fullmatch(cited.number):
            yield Problem(f"/citations/{i}/number", f"{cited.number!r} is no document number")
        if cited.symbol is not None and not SYMBOL.fullmatch(cited.symbol):
            yield Problem(f"/citations/{i}/symbol", f"{cited.symbol!r} is no document symbol")


@rule("PP454", "warning", "keep one citation with the lines of all places")
def cited_twice(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A document is listed twice among the citations."""
    seen: dict[tuple[str, str], int] = {}
    for i, cited in enumerate(record.citations):
        if cited.number_symbol is None:
            continue
        key = (cited.number_symbol, cited.issuer or "")
        if key in seen and record.citations[seen[key]].date == cited.date:
            yield Problem(f"/citations/{i}", f"{cited.number_symbol} is citation {seen[key] + 1} already")
        seen.setdefault(key, i)


@rule("PP455", "error", "correct the fields, or the text, so that they say the same")
def citation_text_disagrees(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The fields of a citation are not what its text says."""
    for i, cited in enumerate(record.citations):
        if cited.number is not None and not re.search(rf"(?<!\d){re.escape(cited.number)}(?!\d)", cited.text):
            yield Problem(f"/citations/{i}/number", f"number is {cited.number}, but the text reads {cited.text!r}")
        dates = set(printed_dates(cited.text))
        if cited.date is not None and dates and cited.date not in dates:
            yield Problem(f"/citations/{i}/date", f"date is {shown(cited.date)}, but the text reads {cited.text!r}")
        elif cited.date is None and len(dates) == 1:
            yield Problem(f"/citations/{i}/date", f"date is missing, but the text reads {cited.text!r}")
        if cited.symbol is not None and _letters(cited.symbol) not in _letters(cited.text):
            yield Problem(f"/citations/{i}/symbol", f"symbol is {cited.symbol}, but the text reads {cited.text!r}")


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


@rule("PP456", "error", "look at the citation in the document and correct its date")
def cited_date_implausible(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A citation is dated before 2 September 1945 or after the day of the check."""
    for i, cited in enumerate(record.citations):
        if cited.date is not None and not FIRST_DAY <= cited.date <= at.today:
            yield Problem(f"/citations/{i}/date", f"a document of {shown(cited.date)} can't have been cited")


@rule("PP457", "warning", "give number_symbol, or the parts that are printed in text only")
def citation_without_whole(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A citation has number and symbol, but no number_symbol."""
    for i, cited in enumerate(record.citations):
        if cited.number_symbol is None and cited.number is not None and cited.symbol is not None:
            yield Problem(f"/citations/{i}/number_symbol", "number and symbol are given, number_symbol is missing")
