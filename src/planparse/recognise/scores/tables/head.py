"""The head of a score table: which columns it names, in which order, and for which year.

OCR breaks a head over many lines and mixes its columns, so no line shows a column's whole title. But every line
keeps the columns' order from left to right; the lines together give the order of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from planparse.recognise.plain import plain

Role = Literal["rank", "score", "max_score", "expected_increase", "target", "ratio", "other"]

ROLES: tuple[Role, ...] = ("rank", "score", "max_score", "expected_increase", "target", "ratio", "other")

_TITLES: dict[Role, str] = {
    "rank": r"xep hang|thu hang|thu bac|vi tri|vi thu|xep thu|hang",
    "max_score": r"toi da|bo tieu|diem chuan|thang diem|diem theo|theo bo|diem quy dinh|diem cao nhat",
    "expected_increase": r"du kien|tang diem|tang|diem tang|can tang|phan dau tang",
    "target": r"muc tieu|ke hoach|chi tieu|phan dau|diem phan dau",
    "ratio": r"ty le|%|dat ty le",
    "score": r"diem thuc|thuc hien|hien|diem dat|dat duoc|ket qua|diem so|tham dinh|diem",
}
"""Words that titles of columns are made of, as they look once folded; within a line the longer one wins."""

_PATTERN = re.compile("|".join(rf"(?P<{role}>\b(?:{words})(?:\b|(?<=%)))" for role, words in _TITLES.items()))

_WORDS = frozenset(
    (
        "stt tt so xep hang thu bac vi tri diem thuc hien theo bo tieu chi du kien tang muc ke hoach nam toi da linh"
        " vuc noi dung thanh phan voi ty le dat duoc chuan thang ket qua ghi chu quy dinh tinh so sanh phan dau chi"
    ).split()
)
_STRONG = re.compile(
    r"\b(?:stt|tt|xep hang|thu hang|diem|muc tieu|ke hoach|du kien|toi da|linh vuc|bo tieu|so voi|hien|nam 20\d\d)\b"
    r"|^\W*20\d\d\W*$|^\W*nam\W*$|^\W*da\W*$|^\W*hoach\W*$"
)


def is_head_line(text: str) -> bool:
    """Whether a line holds nothing but words of column titles (and what OCR made of some)."""
    folded = plain(text)
    if not _STRONG.search(folded):
        return False
    words = re.findall(r"[a-z]{2,}", folded)
    known = sum(word in _WORDS for word in words)
    return known * 10 >= len(words) * 6


def order_of(lines: Iterable[str]) -> dict[tuple[Role, Role], int]:
    """How often a line shows a column of the first role to the left of one of the second."""
    seen: dict[tuple[Role, Role], int] = {}
    for line in lines:
        roles = [role for match in _PATTERN.finditer(plain(line)) for role in _TITLES if match[role]]
        firsts = list(dict.fromkeys(roles))
        for i, left in enumerate(firsts):
            for right in firsts[i + 1 :]:
                seen[left, right] = seen.get((left, right), 0) + 1
    return seen


def named(lines: Iterable[str]) -> frozenset[Role]:
    """Roles of columns that a head names anywhere."""
    return frozenset(
        role for line in lines for match in _PATTERN.finditer(plain(line)) for role in _TITLES if match[role]
    )


def year_of(lines: Sequence[str], target: bool) -> int | None:
    """The year of the scores: the last that a head names, or the one before where a ``target`` is for the last."""
    years = sorted({int(y) for line in lines for y in re.findall(r"\b20[0-4]\d\b", line)})
    return (years[-2] if target and len(years) > 1 else years[-1]) if years else None


_COMPARED = re.compile(r"\btang\W{1,3}giam\b|\bso voi\b|\bchenh lech\b|\bbien dong\b")
"""A column that compares with the year before: neither an increase that is planned, nor a score."""


def titles_between_bars(lines: Iterable[str], width: int) -> tuple[Role | None, ...]:
    """The columns of figures that a head with bars names, ``None`` for a title that says nothing.

    ``STT | Lĩnh vực | Điểm năm 2022 | Điểm năm 2023 | Xếp hạng``: of two columns of scores the later year's is the
    score. Empty where no line has as many titles as the table has columns.
    """
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        if width and len(cells) in (width + 1, width + 2):
            return _later_year([_role(cell) for cell in cells[-width:]], cells[-width:])
    return ()


def _role(title: str) -> Role | None:
    folded = plain(title)
    if _COMPARED.search(folded) and "du kien" not in folded:
        return "other"
    match = _PATTERN.search(folded)
    return next((role for role in _TITLES if match and match[role]), None)


def _later_year(roles: list[Role | None], titles: list[str]) -> tuple[Role | None, ...]:
    """Of several columns with one role the one of the latest year keeps it, the others are of no interest."""
    for role in {r for r in roles if r is not None and r != "other"}:
        same = [i for i, r in enumerate(roles) if r == role]
        if len(same) > 1:
            years = {i: max([int(y) for y in re.findall(r"\b20[0-4]\d\b", titles[i])], default=0) for i in same}
            latest = max(same, key=lambda i: (years[i], -i))
            for i in same:
                roles[i] = role if i == latest else "other"
    return tuple(roles)
