"""Documents that a text cites (văn bản viện dẫn), each once, in order of first citation."""

from __future__ import annotations

import datetime as dt

from planparse.recognise.citations.damaged import find_damaged
from planparse.recognise.citations.issuers import body_named_by
from planparse.recognise.citations.laws import find_laws
from planparse.recognise.citations.mentions import Mention, find_mentions
from planparse.recognise.citations.merge import CitedDocument, merge
from planparse.recognise.layout import Layout
from planparse.recognise.notes import Notebook
from planparse.recognise.number_symbol import NumberSymbol
from planparse.recognise.running import running_text
from planparse.records import Citation, Header
from planparse.restore.text import RestoredText

__all__ = ["find_citations"]


def find_citations(
    text: RestoredText, layout: Layout, notes: Notebook, header: Header | None = None
) -> list[Citation]:
    """All documents cited; the document's own number (in ``header``) is no citation."""
    mentions: list[Mention] = []
    for passage in running_text(text, layout):
        numbered = find_mentions(passage)
        numbered += find_damaged(passage, numbered)
        mentions += numbered + find_laws(passage, numbered)
    own = header.number_symbol if header else None
    documents = [d for d in merge(mentions) if own is None or d.number_text != own]
    return [_citation(document, f"/citations/{i}", notes) for i, document in enumerate(documents)]


def _citation(document: CitedDocument, pointer: str, notes: Notebook) -> Citation:
    """The record of one document, with its evidence and what there is to say about it."""
    first = max(document.mentions, key=_fullness)
    number = next((m.number for m in document.mentions if m.number and m.number.text == document.number_text), None)
    day, dated = _agreed_date(document, pointer, notes)
    issuer = _issuer(document, number, pointer, notes)
    if number is not None:
        holder = next(m for m in document.mentions if m.number is number)
        _note(notes, f"{pointer}/number_symbol", holder, holder.number_at, holder.mended_from)
        _diagnose_number(document, holder, pointer, notes)
    if dated is not None:
        _note(notes, f"{pointer}/date", dated, dated.date_at)
    _note(notes, f"{pointer}/text", first, first.whole)
    return Citation(
        doc_type=next((m.doc_type for m in document.mentions if m.doc_type), None),
        number=number.number if number else None,
        year=number.year if number else None,
        symbol=number.symbol if number else None,
        number_symbol=number.text if number else None,
        date=day,
        issuer=issuer,
        text=_worded(first, number.text if number else None),
        lines=document.lines,
    )


def _fullness(mention: Mention) -> tuple[bool, bool, bool]:
    return mention.date is not None, mention.issuer is not None, mention.doc_type is not None


def _agreed_date(document: CitedDocument, pointer: str, notes: Notebook) -> tuple[dt.date | None, Mention | None]:
    """The date most mentions give, and a mention that gives it."""
    for mention in document.mentions:
        if mention.impossible_date:
            message = f"{document.number_text}: no calendar has the date {mention.impossible_date}"
            notes.diagnose("PP405", "warning", message, pointer, mention.lines)
    if not document.dates:
        return None, None
    (day, votes), *others = document.dates.most_common()
    if others:
        readings = ", ".join(f"{d:%d/%m/%Y} ({n}×)" for d, n in document.dates.most_common())
        verdict = f"{day:%d/%m/%Y} is taken" if votes > others[0][1] else "none prevails, the first is taken"
        message = f"{document.number_text} is cited with several dates: {readings}; {verdict}"
        notes.diagnose("PP401", "warning", message, f"{pointer}/date", document.lines)
    return day, next(m for m in document.mentions if m.date == day)


def _issuer(document: CitedDocument, number: NumberSymbol | None, pointer: str, notes: Notebook) -> str | None:
    """The issuer in the fullest wording of any mention, else the central body that the symbol names."""
    proven = body_named_by(number.issuer_codes) if number else None
    named = [m for m in document.mentions if m.issuer]
    if best := max(named, key=lambda m: len(m.issuer or ""), default=None):
        _note(notes, f"{pointer}/issuer", best, best.issuer_at)
        return best.issuer
    if proven and number:
        message = f"{number.text}: the issuer is taken from the symbol, the text does not name it"
        notes.diagnose("PP404", "info", message, f"{pointer}/issuer", document.lines)
        holder = next(m for m in document.mentions if m.number)
        _note(notes, f"{pointer}/issuer", holder, holder.number_at)
    return proven


def _diagnose_number(document: CitedDocument, holder: Mention, pointer: str, notes: Notebook) -> None:
    number = holder.number
    assert number is not None
    at = f"{pointer}/number_symbol"
    for printed, lines in document.misread.items():
        message = f"{printed} is taken for {number.text}: same symbol and date, read so more often"
        notes.diagnose("PP402", "warning", message, at, lines)
    if holder.mended_from:
        message = (
            f"{number.text} was read as {holder.mended_from!r}; type and issuer named beside it prove the symbol"
        )
        notes.diagnose("PP403", "info", message, at, holder.lines)
    if number.ambiguous:
        message = f"{number.text}: without its marks the type may be {' or '.join(number.type_codes)}"
        notes.diagnose("PP406", "info", message, at, holder.lines)


def _note(
    notes: Notebook, pointer: str, mention: Mention, at: tuple[int, int] | None, was: str | None = None
) -> None:
    if at is not None:
        notes.found(pointer, mention.passage.ranges(*at), repaired_from=was)


def _worded(mention: Mention, number: str | None) -> str:
    """The citation in the text's words, its number as it is written."""
    if mention.number_at is None or number is None:
        return mention.name or mention.passage.text[slice(*mention.whole)]
    start, end = mention.whole
    before = mention.passage.text[start : mention.number_at[0]]
    behind = mention.passage.text[mention.number_at[1] : end]
    if mention.date_at and mention.date and "|" in behind:  # cells of other columns stand in between
        behind = f" ngày {mention.passage.text[slice(*mention.date_at)]}"
        behind += f" của {mention.issuer}" if mention.issuer else ""
    return " ".join(f"{before}{number}{behind}".split())
