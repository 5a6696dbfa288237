"""PP160–PP169 and PP460–PP463: types and bodies as the lexicon knows them on the day of the document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from planparse import lexicon
from planparse.checks.context import Context
from planparse.checks.dates import shown
from planparse.checks.finding import Problem
from planparse.checks.registry import rule
from planparse.checks.symbols import type_part
from planparse.records import PlanRecord

TWO_LEVELS = dt.date(2025, 7, 1)
"""From this day on there are no district bodies (Luật Tổ chức chính quyền địa phương 72/2025/QH15)."""

_DISTRICT = re.compile(r"\b(?:[Hh]uyện|HUYỆN|[Qq]uận|QUẬN|[Tt]hị xã|THỊ XÃ)\s+(?=[A-ZĐÀ-Ỹ\d])")
"""A district body by name: ``UBND huyện Cẩm Xuyên``, ``Quận 3``."""


@cache
def _codes(name: str) -> frozenset[str | None]:
    """The abbreviations of a type of document; empty for a type that the lexicon does not know."""
    return frozenset(entry.code for entry in lexicon.doc_types() if entry.name == name)


@cache
def _names(code: str) -> frozenset[str]:
    """The types of document that an abbreviation stands for."""
    return frozenset(entry.name for entry in lexicon.doc_types() if entry.code == code)


@cache
def _province_names() -> re.Pattern[str]:
    """Any name that a province has or had, the longest first so that no name hides in another."""
    names = sorted({p.name for p in lexicon.provinces()}, key=len, reverse=True)
    return re.compile(r"(?:tỉnh|thành phố|TP\.?)\s+(" + "|".join(map(re.escape, names)) + r")(?!\w)", re.IGNORECASE)


def missing_provinces(body: str, day: dt.date) -> list[str]:
    """Provinces that a body's name speaks of and that there were not on ``day``."""
    named = _province_names().findall(body)
    return [_ever()[name.casefold()] for name in named if name.casefold() not in _held(day)]


@lru_cache(maxsize=4096)
def _held(day: dt.date) -> frozenset[str]:
    return frozenset(p.name.casefold() for p in lexicon.provinces().on(day))


@cache
def _ever() -> dict[str, str]:
    return {p.name.casefold(): p.name for p in lexicon.provinces()}


@rule("PP160", "error", "make doc_type and doc_type_code agree with the head of the document")
def type_and_code_disagree(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The abbreviation of the type is not that of the type."""
    kind, code = record.header.doc_type, record.header.doc_type_code
    if kind is None or not _codes(kind):
        return
    known = _codes(kind)
    if code not in known and not (code is None and None not in known):
        expected = " or ".join(sorted(c or "none" for c in known))
        yield Problem("/header/doc_type_code", f"a {kind} has the abbreviation {expected}, not {code}")
    elif code is None and None not in known:
        yield Problem("/header/doc_type_code", f"doc_type_code of a {kind} is missing")


@rule("PP161", "error", "make symbol and doc_type agree with the head of the document")
def symbol_and_type_disagree(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The symbol starts with the abbreviation of another type."""
    kind, symbol = record.header.doc_type, record.header.symbol
    if kind is None or symbol is None or not _codes(kind):
        return
    first = type_part(symbol)
    if None in _codes(kind):  # an official letter: the symbol starts with the issuer
        if _names(first) and not any(body.abbreviation == first for body in lexicon.agencies()):
            yield Problem("/header/symbol", f"{symbol} is the symbol of a {' or '.join(sorted(_names(first)))}")
    elif first not in _codes(kind):
        yield Problem("/header/symbol", f"{symbol} is no symbol of a {kind}")


@rule("PP162", "error", "write the type as Nghị định 30/2020/NĐ-CP names it: Kế hoạch, Quyết định, Công văn …")
def type_unknown(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The type of the document is none that the lexicon knows."""
    kind = record.header.doc_type
    if kind is not None and not _codes(kind):
        near = lexicon.doc_types().find(kind)
        hint = f"; {near.entry.name} is the nearest" if near else ""
        yield Problem("/header/doc_type", f"there is no type of document {kind!r}{hint}")


@rule("PP163", "error", "check issuer and date: the provinces changed on 1 July 2025 (Nghị quyết 202/2025/QH15)")
def issuer_not_there_then(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The issuer is of a province that there was not on the day of the document."""
    day = record.header.date
    if day is None:
        return
    for field in ("issuer", "parent_issuer"):
        body = getattr(record.header, field)
        for name in missing_provinces(body, day) if body else ():
            yield Problem(f"/header/{field}", f"there was no province {name} on {shown(day)}")


@rule("PP164", "error", "check issuer and date: district bodies ended on 1 July 2025")
def district_issuer_after_its_end(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The document is issued by a district body after there were any."""
    day = record.header.date
    if day is None or day < TWO_LEVELS:
        return
    for field in ("issuer", "parent_issuer"):
        body = getattr(record.header, field)
        if body and _DISTRICT.search(body):
            yield Problem(f"/header/{field}", f"there were no district bodies on {shown(day)}")


@rule("PP165", "warning", "check whether the task can still be carried out by this body")
def district_body_in_charge(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A task is given to a district body after there were any."""
    day = record.header.date
    if day is None or day < TWO_LEVELS:
        return
    for i, task in enumerate(record.tasks):
        for field in ("lead_agencies", "supporting_agencies"):
            for j, body in enumerate(getattr(task, field)):
                if _DISTRICT.search(body):
                    yield Problem(f"/tasks/{i}/{field}/{j}", f"{body}: there were no district bodies on {shown(day)}")


@rule("PP460", "error", "make the type and the symbol of the citation agree")
def citation_type_and_symbol_disagree(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The symbol of a citation starts with the abbreviation of another type."""
    for i, cited in enumerate(record.citations):
        if cited.doc_type is None or cited.symbol is None:
            continue
        codes, first = _codes(cited.doc_type), type_part(cited.symbol)
        # What is not an abbreviation of any type (QH15, an issuer) says nothing about the type.
        if codes and None not in codes and first not in codes and _names(first):
            yield Problem(f"/citations/{i}/symbol", f"{cited.symbol} is no symbol of a {cited.doc_type}")


@rule("PP461", "warning", "check issuer and date: the provinces changed on 1 July 2025")
def cited_issuer_not_there_then(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A cited document is of a province that there was not on its day."""
    for i, cited in enumerate(record.citations):
        if cited.date is None or cited.issuer is None:
            continue
        for name in missing_provinces(cited.issuer, cited.date):
            yield Problem(f"/citations/{i}/issuer", f"there was no province {name} on {shown(cited.date)}")
