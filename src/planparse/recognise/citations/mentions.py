"""Every place where a text cites a document by its number: type, number and symbol, date, issuer.

``Căn cứ Quyết định số 411/QĐ-BNV ngày 10/4/2022 của Bộ Nội vụ về việc …`` is one mention;
``các Quyết định: số 12/QĐ-BNV ngày …, số 13/QĐ-BNV ngày …`` are two.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from planparse.lexicon import doc_types, fold
from planparse.recognise.citations.issuers import body_named_by, goes_with, issuer_after
from planparse.recognise.dates import FoundDate, date_at, find_dates
from planparse.recognise.number_symbol import NumberSymbol, find_number_symbols, type_named
from planparse.recognise.passage import Passage
from planparse.recognise.plain import plain

Stretch = tuple[int, int]
"""Characters ``start`` to ``end`` of a passage."""


@dataclass
class Mention:
    """One place that cites a document, and where each part of it stands in the passage."""

    passage: Passage
    doc_type: str | None
    number: NumberSymbol | None
    date: dt.date | None
    issuer: str | None
    whole: Stretch
    number_at: Stretch | None = None
    date_at: Stretch | None = None
    issuer_at: Stretch | None = None
    impossible_date: str | None = None
    mended_from: str | None = None
    lines: list[int] = field(default_factory=list)
    name: str | None = None
    """Of a law without number: its name."""


def find_mentions(passage: Passage) -> list[Mention]:
    """All mentions of numbered documents in a passage, in order."""
    found: list[Mention] = []
    for number in find_number_symbols(passage.text):
        if not _is_head_number(passage, number.start):
            mention = mention_of(passage, number)
            found += [*_elliptical(passage, number, mention), mention]
    _share_issuers(passage, found)
    return found


_NEXT_IN_LIST = re.compile(r"\s*(?:[,;]|\bva\b|[,;]\s*va\b)\s*(?:s\w{1,2}\s*)?")
"""Between two of a list stands ``số`` at most: one that names its type anew names its issuer itself."""


def _share_issuers(passage: Passage, mentions: list[Mention]) -> None:
    """``các Quyết định: số 12/QĐ-BNV ngày …, số 13/QĐ-BNV ngày … của Bộ Nội vụ``: the last names it for all."""
    for mention, following in reversed(list(pairwise(mentions))):
        if (
            mention.issuer
            or not following.issuer
            or not mention.number
            or not following.number_at
            or not following.number
        ):
            continue
        between = plain(passage.text[mention.whole[1] : following.number_at[0]])
        if mention.number.symbol == following.number.symbol and _NEXT_IN_LIST.fullmatch(between):
            mention.issuer, mention.issuer_at = following.issuer, following.issuer_at


def mention_of(passage: Passage, number: NumberSymbol) -> Mention:
    """The mention around a number: its type before it, its date and issuer behind it."""
    text = passage.text
    doc_type, start = type_before(passage, number.start, number)
    (named,) = find_number_symbols(text[number.start : number.end], doc_type) or [number]
    code = named.type_codes[0] if len(named.type_codes) == 1 else None
    if code and (doc_type is None or not _goes_with(doc_type, code)):
        further, begin = type_before(passage, start)  # `Thông báo Kết luận số 16/TB-VPCP`
        doc_type = type_named(code)
        start = begin if further == doc_type else start
    elif not named.type_codes and doc_type in (None, "Văn bản") and not _is_act(named):
        doc_type = "Công văn"  # the one type whose symbol names no type
    mention = Mention(passage, doc_type, named, None, None, (start, number.end), (number.start, number.end))
    if day := date_after(passage, number.end):
        mention.date, mention.date_at = day.date, (day.start, day.end)
        mention.impossible_date = text[day.start : day.end] if day.impossible else None
    behind = mention.date_at[1] if mention.date_at else number.end
    proven = body_named_by(named.issuer_codes)
    issuer = issuer_after(text, behind)
    if issuer and (proven is None or goes_with(text[slice(*issuer)], proven)):  # else words of another column
        mention.issuer, mention.issuer_at = text[issuer[0] : issuer[1]], issuer
    ends = [at[1] for at in (mention.number_at, mention.date_at, mention.issuer_at) if at]
    mention.whole = (start, max(ends))
    mention.lines = sorted({passage.line_at(start), passage.line_at(number.start)})
    return mention


_HEAD_NUMBER = re.compile(r"^\W{0,3}s\w{1,2}\s?[:;.]\s?$")
"""``Số:`` with a colon, alone before the number on its line, is how a document heads itself."""


def _is_head_number(passage: Passage, at: int) -> bool:
    begin = max(start for start in passage.starts if start <= at)
    return bool(_HEAD_NUMBER.match(plain(passage.text[begin:at])))


_NUMBER_WORD = re.compile(r"(?:\bs[\woéóôố]{0,2}|\b[58][6o]|\$6)\s?[:>.]?\s*$")
"""``số`` before a number, as it is and as it is misread: ``s6``, ``sé``, ``56``, ``86``."""


def type_before(passage: Passage, at: int, number: NumberSymbol | None = None) -> tuple[str | None, int]:
    """The type named before position ``at``, and where the mention begins (``at`` or at ``số`` if there is none).

    ``Nghị quyết số``, ``Báo cáo``, ``các Quyết định: số``; the type of a legislature's act may stand far
    before its number (``Luật Ban hành văn bản quy phạm pháp luật số 31/2020/QH14``).
    """
    text = passage.text
    word = _NUMBER_WORD.search(plain(text[max(0, at - 8) : at]))
    start = max(0, at - 8) + word.start() if word else at
    before = text[max(0, start - 60) : start].rstrip(" :")
    if (name := _last_words_type(before)) is not None:
        doc_type, length = name
        return doc_type, start - (len(text[max(0, start - 60) : start]) - len(before)) - length
    if number is not None and _is_act(number):
        window = max(0, start - 140)
        acts = list(_ACT.finditer(text, window, start))
        if acts and not re.search(r"[.;]\s", text[acts[-1].end() : start]):
            return acts[-1].group(), acts[-1].start()
    return None, start


def _is_act(number: NumberSymbol) -> bool:
    return "QH" in number.symbol and number.year is not None


_ACT = re.compile(r"Bộ luật|Luật|Pháp lệnh|Nghị quyết")

_MORE_TYPES = ("Chương trình hành động", "Chương trình công tác", "Thông báo kết luận", "Văn bản")
"""Names in use before a number that are no types of the decree themselves."""


def _last_words_type(before: str) -> tuple[str, int] | None:
    """The document type that a text ends in, and how many of its last characters name it."""
    words = [m.start() for m in re.finditer(r"\S+", before)]
    for count in (4, 3, 2, 1):
        if len(words) < count:
            continue
        tail = before[words[-count] :]
        exact = _type_keys().get(fold(tail))
        if exact is not None and (count > 1 or tail[:1].isupper()):  # `pháp luật số` names no law
            return exact, len(tail)
    for count in (2, 3):
        if len(words) >= count:
            tail = before[words[-count] :]
            match = doc_types().find(tail, cutoff=0.8)
            if match is not None and match.lead > 0.1:
                return match.entry.name, len(tail)
    return None


@cache
def _type_keys() -> dict[str, str]:
    return {fold(name): name for name in (*(entry.name for entry in doc_types()), *_MORE_TYPES)}


def _goes_with(doc_type: str, code: str) -> bool:
    """Whether words and symbol agree: ``Chương trình hành động`` may stand before a CTr."""
    named = type_named(code)
    return named is not None and doc_type.startswith(named)


def date_after(passage: Passage, at: int) -> FoundDate | None:
    """The date of a document whose number ends at ``at``.

    In a table the rest of the line belongs to other columns and the date follows at the head of the next:
    ``04/2019/QĐ-UBND ngày | - Tất cả các phòng`` / ``15/3/2019 của UBND tỉnh``.
    """
    text = passage.text
    if direct := date_at(text, at):
        return direct
    word = re.match(r"[\s,]*ng[adoy]{1,2}[yv]?\b", plain(text[at : at + 12]))
    if not word:
        return None
    line = passage.line_at(at + word.end() - 1)
    for day in find_dates(text[at : at + 400]):
        below = passage.line_at(at + day.start) - line
        if below > 3:
            break
        ahead = re.match(r"\s*(?:c\w{1,4}\s|[,;.)|]|$)", plain(text[at + day.end : at + day.end + 8]))
        if below >= 1 and day.day and day.year and ahead and _starts_cell(passage, at + day.start):
            return FoundDate(day.day, day.month, day.year, at + day.start, at + day.end)
    return None


def _starts_cell(passage: Passage, at: int) -> bool:
    begin = max(start for start in passage.starts if start <= at)
    return bool(re.fullmatch(r"(?:[\d.]{0,5}\s*[|\]]\s*)?\s*", passage.text[begin:at]))


_LISTED = re.compile(r"(?:(?P<number>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?)\s?(?:,|;|và|va)\s*$")


def _elliptical(passage: Passage, number: NumberSymbol, mention: Mention) -> list[Mention]:
    """Numbers that share the symbol of the one that follows: ``số 12, 13 và 14/QĐ-BNV``."""
    found: list[Mention] = []
    at = number.start
    while listed := _LISTED.search(passage.text, max(0, at - 16), at):
        if bool(listed["year"]) != bool(number.year):
            break
        found.append(
            _with_number(
                mention,
                listed["number"],
                int(listed["year"]) if listed["year"] else None,
                (listed.start("number"), listed.end("year") if listed["year"] else listed.end("number")),
            )
        )
        at = listed.start()
    word = _NUMBER_WORD.search(plain(passage.text[max(0, at - 8) : at]))
    if not word:  # without `số` before the first of them they may be anything
        return []
    return list(reversed(found))


def _with_number(mention: Mention, digits: str, year: int | None, at: Stretch) -> Mention:
    model = mention.number
    assert model is not None
    number = NumberSymbol(
        digits, year, model.symbol, model.party, at[0], at[1], digits, model.type_codes, model.issuer_codes
    )
    line = mention.passage.line_at(at[0])
    return Mention(mention.passage, mention.doc_type, number, None, mention.issuer, at, at, lines=[line])
