"""The head of a document: what it is, its number and date, who issued it, and what it is about."""

from __future__ import annotations

from planparse import lexicon
from planparse.recognise.head_date import read_date
from planparse.recognise.head_infer import infer_from_body
from planparse.recognise.head_number import HeadNumber, read_number
from planparse.recognise.head_words import read_addressees, read_subject
from planparse.recognise.issuers import read_issuers
from planparse.recognise.layout import Layout
from planparse.recognise.notes import Notebook
from planparse.recognise.number_symbol import type_named
from planparse.records import Header
from planparse.restore.text import RestoredText

CONSOLIDATED = "VBHN"
"""Code of văn bản hợp nhất: such a document shows the type of the one that it consolidates."""


def find_header(text: RestoredText, layout: Layout, notes: Notebook) -> Header:
    """Read the head; what it does not show is ``None``, or inferred from the body with a diagnostic."""
    zone = layout.head
    printed = _printed_type(text, layout)
    number = read_number(text, zone, printed, notes)
    doc_type, code = _doc_type(text, layout, printed, number, notes)
    date, place = read_date(text, zone, notes)
    if number.year and date and number.year != date.year:
        message = f"the number has the year {number.year}, the date {date.year}"
        notes.diagnose("PP108", "warning", message, "/header/year", _lines(zone.number, zone.date))
    issuers = read_issuers(text, zone, notes)
    inferred = infer_from_body(text, layout, notes, doc_type is None, issuers.issuer is None, place, number)
    subject = read_subject(text, layout, notes)
    if not zone.found:
        notes.diagnose("PP100", "warning", "the document's head is missing: no motto, number, date or type")
    return Header(
        doc_type=doc_type or inferred.doc_type,
        doc_type_code=code or inferred.doc_type_code,
        number=number.number,
        year=number.year,
        symbol=number.symbol,
        number_symbol=number.text,
        date=date,
        place=place,
        issuer=issuers.issuer or inferred.issuer,
        parent_issuer=issuers.parent,
        subject=subject,
        addressees=read_addressees(text, zone, notes),
    )


def _printed_type(text: RestoredText, layout: Layout) -> str | None:
    """The type's name as the title shows it."""
    place = layout.head.doc_type
    if place is None:
        return None
    match = lexicon.doc_types().find(text.line(place[0]).text[place[1] : place[2]], 0.72)
    return match.entry.name if match else None


def _doc_type(
    text: RestoredText, layout: Layout, printed: str | None, number: HeadNumber, notes: Notebook
) -> tuple[str | None, str | None]:
    """Type and code: by the title, else by the symbol; a title and a symbol that differ are reported."""
    zone = layout.head
    by_symbol = [name for code in number.type_codes if (name := type_named(code))]
    if CONSOLIDATED in number.type_codes and zone.number:
        notes.found("/header/doc_type", number.ranges or [zone.number])
        return type_named(CONSOLIDATED), CONSOLIDATED
    if printed and zone.doc_type:
        line, start, end = zone.doc_type
        match = lexicon.doc_types().find(text.line(line).text[start:end], 0.72)
        sure = match.score if match else 0.72
        if by_symbol and printed not in by_symbol:
            message = f"the title says {printed}, the symbol {' or '.join(by_symbol)}"
            if sure < 0.85 and len(by_symbol) == 1 and not number.mended:
                notes.diagnose("PP109", "warning", message, "/header/doc_type", _lines(zone.doc_type, zone.number))
                notes.found("/header/doc_type", number.ranges, 0.7)
                return by_symbol[0], number.type_codes[0]
            notes.diagnose("PP109", "warning", message, "/header/doc_type", _lines(zone.doc_type, zone.number))
            sure *= 0.7
        notes.found("/header/doc_type", [zone.doc_type], sure if by_symbol else sure * 0.95)
        code = lexicon.doc_types().by_name[printed].code
        if code:
            notes.found("/header/doc_type_code", [zone.doc_type], sure)
        return printed, code
    if not number.symbol:
        return None, None
    if len(by_symbol) == 1:
        notes.diagnose("PP110", "info", "the type was taken from the symbol", "/header/doc_type", _lines(zone.number))
        notes.found("/header/doc_type", number.ranges, 0.9)
        notes.found("/header/doc_type_code", number.ranges, 0.9)
        return by_symbol[0], number.type_codes[0]
    if not by_symbol and (zone.about or zone.addressees or number.issuer_first):
        # A công văn prints no type: its symbol begins with the issuer, and V/v stands below it.
        notes.diagnose("PP110", "info", "no type is printed: an official letter", "/header/doc_type")
        notes.found("/header/doc_type", number.ranges, 0.95)
        return "Công văn", None
    return None, None


def _lines(*places: tuple[int, int, int] | None) -> list[int]:
    return [place[0] for place in places if place]
