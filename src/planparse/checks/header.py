"""PP150–PP199: number, symbol, date and signature of the document."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.checks.context import Context
from planparse.checks.dates import FIRST_DAY, shown
from planparse.checks.finding import Problem
from planparse.checks.registry import rule
from planparse.checks.symbols import NUMBER, SYMBOL, composed
from planparse.records import PlanRecord


@rule("PP150", "error", "look at the date line of the document and correct the date")
def date_in_future(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The document is dated after the day of the check."""
    date = record.header.date
    if date is not None and date > at.today:
        yield Problem("/header/date", f"the document is dated {shown(date)}, which is still to come")


@rule("PP151", "error", "look at the date line of the document and correct the date")
def date_before_the_state(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The document is dated before 2 September 1945."""
    date = record.header.date
    if date is not None and date < FIRST_DAY:
        yield Problem("/header/date", f"the document is dated {shown(date)}, before there was a body to issue it")


@rule("PP152", "error", "make number, year and symbol agree with number_symbol as the document prints it")
def number_symbol_disagrees(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Number, year and symbol do not make up number_symbol."""
    header = record.header
    whole = header.number_symbol
    if whole is None:
        return
    if header.number is None or header.symbol is None:
        part = "number" if header.number is None else "symbol"
        yield Problem(f"/header/{part}", f"number_symbol is {whole}, but {part} is missing")
    elif whole not in (made := composed(header.number, header.year, header.symbol)):
        yield Problem("/header/number_symbol", f"number_symbol is {whole}, but its parts make {max(made)}")


@rule("PP153", "error", "write the number with digits only, as printed: 607, 05, 12a")
def number_malformed(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The number of the document is no number."""
    number = record.header.number
    if number is not None and not NUMBER.fullmatch(number):
        yield Problem("/header/number", f"{number!r} is no document number")


@rule("PP154", "error", "write the symbol as printed: KH-UBND, QĐ-TTg, KL/TU")
def symbol_malformed(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The symbol of the document is no symbol."""
    symbol = record.header.symbol
    if symbol is not None and not SYMBOL.fullmatch(symbol):
        yield Problem("/header/symbol", f"{symbol!r} is no document symbol")


@rule("PP155", "error", "the year within the number of a legal document is its year of issue; correct one of them")
def year_disagrees_with_date(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The year within the number is not the year of the date."""
    header = record.header
    if header.year is not None and header.date is not None and header.year != header.date.year:
        yield Problem(
            "/header/year", f"the number is of {header.year}, but the document is dated {shown(header.date)}"
        )


@rule("PP156", "warning", "name the body or office after TM., KT., TL. or TUQ. in on_behalf_of")
def authority_for_nobody(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The signer signs for somebody who is not named."""
    signature = record.signature
    if signature.authority not in (None, "Q") and signature.on_behalf_of is None:
        yield Problem("/signature/on_behalf_of", f"signed {signature.authority}., but on_behalf_of is missing")


@rule("PP157", "warning", "keep only the name in name; an office belongs in position")
def name_malformed(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The signer's name is not written like a name."""
    name = record.signature.name
    if name is None:
        return
    words = name.replace(".", " ").split()
    if any(not word[0].isupper() or any(c.isdigit() for c in word) for word in words):
        yield Problem("/signature/name", f"{name!r} is not written like a person's name")


@rule("PP158", "warning", "keep one of the two")
def named_twice(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """An addressee or a recipient stands twice in its list."""
    for field, names in (("/header/addressees", record.header.addressees), ("/recipients", record.recipients)):
        seen: set[str] = set()
        for i, name in enumerate(names):
            if name in seen:
                yield Problem(f"{field}/{i}", f"{name!r} stands in the list already")
            seen.add(name)
