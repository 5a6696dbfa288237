"""The numbers of a sentence and what each is: a value, a rank, a change, a comparison, a threshold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from planparse.recognise.plain import plain

Role = Literal["value", "gloss", "rank", "change", "compared", "threshold", "group"]
Unit = Literal["điểm", "%", "bậc"]

_DIGIT = re.compile(r"\d")
_NUMBER = r"\d{1,4}(?:\s?[.,]\s?\d{1,4})?"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence. ``out_of`` is a maximum (value) or a count (rank)."""

    role: Role
    number: float
    unit: Unit | None
    out_of: float | None
    start: int
    end: int
    decimals: bool = False


_RANK = re.compile(
    r"\b(?:(?:xep|dung|giu|hang|vi tri|vi thu|thu hang)\s+"
    r"(?:(?:hang|thu|vi thu|vi tri|o|bac|vi|tri|la|cao)\s+){0,3}|hang\s+)"
    r"(?:thu\s+|so\s+)?[*_]{0,2}(?P<rank>\d{1,2})\b(?!\s?[.,]\d)(?:\s?/\s?(?P<total>\d{1,2})\b)?"
)
_RANK_OF = re.compile(r"(?<![\d/.,])(?P<rank>\d{1,2})\s?/\s?(?P<total>6[0-4]|34)\b(?!\s?[/.,]\d)")
"""``10/63``: nothing but a rank is out of 63 (or the 34 provinces since July 2025)."""

_CHANGE = re.compile(
    rf"\b(?:(?P<more>t[ai]ng|nang)|giam)\s+(?:them\s+)?(?P<number>{_NUMBER})\s*(?P<unit>%|di\wm|bac|vi tri|hang)"
    r"|\b(?:(?P<ahead>len)|tut|sut|lui)\s+(?P<places>\d{1,2})\s*(?:bac|vi tri|hang|thu hang)\b"
)
"""``tăng 1,30 %``, ``tụt 7 bậc``."""
_VALUE = re.compile(
    rf"(?<![\d/.,-])(?P<number>{_NUMBER})(?:\s?/\s?(?P<max>\d{{1,4}}(?:[.,]\d{{1,2}})?))?"
    r"\s*(?P<unit>%|di\w{1,2}m)?(?![\d/-])"
)
_GROUP = re.compile(
    r"\b(?:(?:trong|nhom)\s+(?:so\s+|nhom\s+|top\s+)?|top\s+)(?P<number>\d{1,2})\s+"
    r"(?:tinh|dia phuong|thanh pho|don vi|co quan)"
    r"|\btop\s+(?P<top>\d{1,2})\b(?!\s?[.,/%]\d)"
)
"""``trong nhóm 10 tỉnh``, ``top 10 trong khối``: a place among the first ten."""

COMPARISON = (
    r"\b(?:cao|thap|nhieu|it|lon|nho|kem)\s+hon\b"
    r"|\b(?:kem|vuot|hon|duoi|tren)\s+(?:muc\s+|diem\s+|ket qua\s+)*(?:trung binh|binh quan)\b"
    r"|\b(?:kem|vuot)(?=\s*$)"
)
"""``cao hơn``, ``kém mức trung bình``, ``vượt``: what comes after it is a difference, or what is compared with."""
_COMPARED = re.compile(rf"(?:{COMPARISON})[^,;]*$|\bso voi\b[^,;()]*$")
_THRESHOLD = re.compile(
    r"(?:\btren|\btu|\bduoi|\bit nhat|\btoi thieu|\bkhoang|\bgan|\bhon|\bkhong qua|≥|>|<|≤)\s*(?:muc\s+)?$"
)
_ATTAINED = re.compile(
    r"\b(?:dat|la|voi|duoc|con|o muc|tuong\s+\w{2,4}|chi so|diem so)\b[^,;.]{0,40}$|(?::|\bva|,|\()\s*$"
)
_GLOSS = re.compile(r"(?<!lan luot )\b(?:tuong\s+[udt]\w{1,5}|ty\s+l\w|t[iy]\s+1[eé6])\s*(?:voi\s+)?(?:dat\s+)?$")
"""``tương ứng 93,52 %``, ``(tỷ lệ 84,48 %)``: the same score once more, in percent."""

_OF_THINGS = re.compile(
    r"\s*(?:(?:so|cac|nhung|tong|cua)\s)?"
    r"(?!(?:so v|tro len|tang|giam|thap|cao|xep|va|nam|vao|o|dung|trong|theo|sau|hang)\b)[a-z]"
)
"""``90 % người dân``: a share of things, not a score."""


def find_figures(sentence: str) -> list[Figure]:
    """All numbers of a sentence that speak of scores, in order."""
    folded = plain(sentence)
    found: list[Figure] = []
    if not _DIGIT.search(folded):
        return found

    def free(start: int, end: int) -> bool:
        return all(end <= f.start or f.end <= start for f in found)

    for match in _CHANGE.finditer(folded):
        sign = 1 if match["more"] or match["ahead"] else -1
        printed = match["unit"] or ""  # without one it is places
        unit: Unit = "%" if printed == "%" else "điểm" if printed.startswith("di") else "bậc"
        change = sign * number(match["number"] or match["places"])
        found.append(Figure("change", change, unit, None, match.start(), match.end()))
    found += [
        Figure("group", number(match["number"] or match["top"]), None, None, match.start(), match.end())
        for match in _GROUP.finditer(folded)
    ]
    for pattern in (_RANK, _RANK_OF):
        for match in pattern.finditer(folded):
            if free(match.start(), match.end()) and int(match["rank"]):
                total = float(match["total"]) if match["total"] else None
                found.append(Figure("rank", float(match["rank"]), None, total, match.start("rank"), match.end()))
    values = [_value(folded, match) for match in _VALUE.finditer(folded) if free(match.start(), match.end())]
    return sorted([*found, *filter(None, values)], key=lambda f: f.start)


def _value(folded: str, match: re.Match[str]) -> Figure | None:
    """A number with its unit, told apart by the words before it; ``None`` for one that is no score."""
    before = folded[max(0, match.start() - 120) : match.start()]
    unit: Unit | None = "%" if match["unit"] == "%" else "điểm" if match["unit"] else None
    decimals = bool(re.search(r"[.,]", match["number"]))
    if unit is None and not (decimals and re.search(r"\bdat\s*$", before)):
        return None
    out_of = number(match["max"]) if match["max"] else None
    role: Role = "value"
    if _COMPARED.search(before):
        role = "compared"
    elif _THRESHOLD.search(before):
        role = "threshold"
    elif _GLOSS.search(before):
        role = "gloss"
    elif not _ATTAINED.search(before):
        return None
    if unit == "%" and _OF_THINGS.match(folded, match.end()) and role != "compared":
        return None
    return Figure(role, number(match["number"]), unit, out_of, match.start(), match.end(), decimals)


def number(printed: str) -> float:
    """``90,49`` and ``90.49`` → 90.49."""
    return float(re.sub(r"\s", "", printed).replace(",", "."))
