"""Deadlines in running text: by a date (``trước ngày 15/6/2024``), or again and again (``định kỳ hằng tháng``).

Deadlines of task tables stand in the tasks. A date that no calendar has, or one before the document itself, is
flagged and kept as it is: plans do hold such slips, and only a person can say what was meant.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from planparse.recognise.dates import FoundDate, find_dates
from planparse.recognise.layout import Layout, Role
from planparse.recognise.notes import Notebook
from planparse.recognise.passage import Passage
from planparse.recognise.plain import plain
from planparse.recognise.running import running_text
from planparse.recognise.sentences import sentences
from planparse.records import Deadline, Header
from planparse.restore.text import RestoredText

Recurrence = Literal["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"]

_BEFORE = re.compile(
    r"\b(?:xong |hoan thanh )?(?:truoc|cham nhat|muon nhat|khong qua|den het|het)(?: la)?(?: vao)?(?: ngay)?[\s*_]*$"
    r"|\b(?:den|trong|vao) ngay[\s*_]*$|\bden[\s*_]*$"
)
"""What stands before the date of a deadline."""

_SURE = re.compile(r"\b(?:truoc|cham nhat|muon nhat|khong qua|den het)\b")
_DONE = re.compile(r"\b(?:hoan thanh|xong|gui|bao cao|nop|trinh|cong bo|ban hanh|thoi han|ket thuc)\b")
"""``đến ngày …`` is a deadline only of something to be done."""

_EVERY = re.compile(r"\b(?P<lead>dinh ky )?(?:(?:hang|moi) (?P<unit>ngay|tuan|thang|quy|nam)|(?P<half>0?6 thang))\b")
_TASK_WORDS = re.compile(
    r"^[\s,(]*(?:[^.;]{0,40}\b)?(?:bao cao|gui|tong hop|cap nhat|cong bo|ra soat|danh gia|to chuc|kiem tra)\b"
)
_DAY_OF = re.compile(r"\bngay[\s*_]+(?P<day>\d{1,2})[\s*_]+(?:cua )?(?:thang cuoi )?(?=hang (?:thang|quy|nam))")
_YEARLY = re.compile(r"^[\s*_]*,?\s*(?:hang nam|moi nam|hang\s*nam)")


@dataclass(frozen=True)
class _Found:
    """A deadline in a sentence: where it stands and what it says."""

    start: int
    end: int
    date: FoundDate | None
    recurrence: Recurrence | None = None
    recurs_on: str | None = None


def find_deadlines(
    text: RestoredText, layout: Layout, notes: Notebook, header: Header | None = None
) -> list[Deadline]:
    """All deadlines of the running text, in order."""
    tables = frozenset(layout.lines(Role.TABLE))
    found: list[Deadline] = []
    for passage in running_text(text, layout, tables):
        before: tuple[int, int] | None = None
        for start, end in sentences(passage):
            for one in _in_sentence(passage.text[start:end]):
                what = _what(passage.text, (start, end), one, before)
                found.append(_deadline(passage, start, one, what, f"/deadlines/{len(found)}", notes, header))
            before = (start, end)
    return found


def _in_sentence(sentence: str) -> list[_Found]:
    folded = plain(sentence)
    found: list[_Found] = []
    for day in find_dates(sentence):
        lead = _BEFORE.search(folded, max(0, day.start - 40), day.start + _day_word(folded, day))
        if lead is None or day.day is None:
            continue
        if not _SURE.search(lead.group()) and not _DONE.search(folded, max(0, day.start - 160), day.start):
            continue
        again = _YEARLY.match(folded[day.end :]) if day.year is None else None
        recurs = f"--{day.month:02}-{day.day:02}" if again and not day.impossible else None
        end = day.end + (again.end() if again else 0)
        found.append(_Found(lead.start(), end, day, "yearly" if again else None, recurs))
    for day_of in _DAY_OF.finditer(folded):
        every = _EVERY.match(folded, day_of.end())
        if every and (unit := every["unit"]) in ("thang", "quy", "nam"):
            lead = _BEFORE.search(folded, max(0, day_of.start() - 30), day_of.start() + 4)
            begin = lead.start() if lead else day_of.start()
            found.append(_Found(begin, every.end(), None, _frequency(unit), f"---{int(day_of['day']):02}"))
    for every in _EVERY.finditer(folded):
        if any(one.start <= every.start() < one.end for one in found):
            continue
        if every["lead"] or (_opens(folded, every.start()) and _TASK_WORDS.match(folded[every.end() :])):
            found.append(_Found(every.start(), every.end(), None, _frequency(every["unit"])))
    return sorted(found, key=lambda one: one.start)


def _day_word(folded: str, day: FoundDate) -> int:
    """How many of the date's characters are the word ``ngày``."""
    word = re.match(r"ng\w{1,3}\s*", folded[day.start : day.end])
    return word.end() if word else 0


def _frequency(unit: str | None) -> Recurrence:
    frequency: dict[str | None, Recurrence] = {
        "ngay": "daily",
        "tuan": "weekly",
        "thang": "monthly",
        "quy": "quarterly",
        "nam": "yearly",
        None: "half-yearly",
    }
    return frequency[unit]


def _opens(folded: str, at: int) -> bool:
    """Whether a clause begins at ``at``: only there does ``hằng quý`` say how often something is due."""
    return bool(re.search(r"(?:^|[.;:,(+-]|\btong hop|\bva)\W*$", folded[:at]))


_BULLET = re.compile(r"^[\s\-–+•*_]*(?:[a-zđ]\)|\d{1,2}(?:\.\d{1,2})*[.)])?\s*")
_NO_CONTENT = re.compile(r"^\W*(?:thoi han|thoi gian|han|tien do)\b[^.;]{0,24}$")


def _what(text: str, sentence: tuple[int, int], one: _Found, before: tuple[int, int] | None) -> str:
    """What is due, in the text's words: the clause that the deadline closes or opens, or the sentence before."""
    start, end = sentence
    body = text[start : start + one.start]
    bracket = body.rfind("(")
    if bracket >= 0 and ")" not in body[bracket:]:
        within = body[bracket + 1 :]
        body = body[:bracket] if _NO_CONTENT.match(plain(within)) or len(within.split()) < 3 else within
    else:
        body = body.rpartition(";")[2]
    cleaned = _clean(body)
    if one.recurrence and one.date is None and one.recurs_on is None:  # what recurs goes on behind the words
        rest = text[start + one.end : end].partition(";")[0]
        return _clean(f"{body} {rest}" if len(cleaned.split()) > 2 else rest) or _clean(text[start:end])
    if (len(cleaned.split()) < 2 or _NO_CONTENT.match(plain(cleaned))) and before is not None:
        return _clean(text[before[0] : before[1]].rpartition(";")[2]) or cleaned or _clean(text[start:end])
    return cleaned or _clean(text[start:end])


def _clean(body: str) -> str:
    shown = " ".join(re.sub(r"[*_]{1,2}", "", _BULLET.sub("", body)).split()).strip(" ,;:./–-")
    while shown.count("(") > shown.count(")") and shown.endswith("("):
        shown = shown[:-1].rstrip(" ,;:.")
    while shown.count(")") > shown.count("(") and shown.endswith(")"):
        shown = shown[:-1].rstrip(" ,;:.")
    return shown


def _deadline(
    passage: Passage, start: int, one: _Found, what: str, pointer: str, notes: Notebook, header: Header | None
) -> Deadline:
    """The record of one deadline, its evidence, and what is wrong with its date."""
    line = passage.line_at(start + one.start)
    date = one.date.date if one.date else None
    if one.date is not None:
        line = passage.line_at(start + one.date.start)
        notes.found(f"{pointer}/date", passage.ranges(start + one.date.start, start + one.date.end))
        _check(one.date, date, passage.text[start + one.start : start + one.end], line, pointer, notes, header)
    if one.recurrence is not None:
        notes.found(f"{pointer}/recurrence", passage.ranges(start + one.start, start + one.end))
    return Deadline(what=what, date=date, recurrence=one.recurrence, recurs_on=one.recurs_on, line=line)


def _check(
    day: FoundDate,
    date: dt.date | None,
    printed: str,
    line: int,
    pointer: str,
    notes: Notebook,
    header: Header | None,
) -> None:
    shown = " ".join(printed.split())
    if day.impossible:
        notes.diagnose("PP410", "warning", f"no calendar has the date of {shown!r}", f"{pointer}/date", [line])
    elif date is not None and header is not None and header.date is not None and date < header.date:
        message = f"{shown!r} lies before the document's own date, {header.date:%d/%m/%Y}"
        notes.diagnose("PP411", "warning", message, f"{pointer}/date", [line])
