"""What a score in prose hangs on: the index or component it is of, whose it is, and the year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from planparse.lexicon import provinces
from planparse.lexicon.indices import Index, indices
from planparse.recognise.plain import plain

Kind = Literal["index", "component", "part", "subject", "year", "since"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A name in a sentence. ``value`` is the index's id, the component's or subject's name, or the year."""

    kind: Kind
    value: str
    start: int
    end: int
    index: str | None = None
    """Of a component: the index it belongs to, where that is certain."""


def find_anchors(sentence: str) -> list[Anchor]:
    """All anchors of a sentence, in order; where two overlap the longer one stays."""
    folded = plain(sentence)
    found = [*_indices(folded), *_quoted(sentence), *_components(folded)]
    found += [*_parts(sentence, folded), *_subjects(sentence, folded), *_years(folded)]
    found.sort(key=lambda a: (a.start, a.kind != "subject", a.start - a.end))
    kept: list[Anchor] = []
    for anchor in found:
        if not any(anchor.start < k.end and k.start < anchor.end and _rivals(anchor, k) for k in kept):
            kept.append(anchor)
    return kept


def _rivals(a: Anchor, b: Anchor) -> bool:
    """A year or subject may stand within an index's name; names of indices and components exclude each other."""
    names = {"index", "component", "part"}
    return a.kind == b.kind or {a.kind, b.kind} <= names


_SPACE = r"[\s-]*"
_WORK = re.compile(r"ket qua (?:thuc hien )?(?:cong tac )?(?:cai cach hanh chinh|cchc)(?: \(cchc\))?")
"""``Kết quả thực hiện cải cách hành chính`` names what PAR INDEX measures."""


_TITLE = re.compile(r"\bbao cao $")
"""``Báo cáo SIPAS 2023`` is a document, not the index."""


def _indices(folded: str) -> list[Anchor]:
    found = [
        Anchor("index", index.id, match.start(), match.end())
        for literal, others, pattern, index in _index_patterns()
        if literal in folded and all(map(folded.__contains__, others))  # most are not
        for match in pattern.finditer(folded)
        if not _TITLE.search(folded, max(0, match.start() - 12), match.start())
    ]
    if "ket qua" in folded:
        found += [Anchor("index", "PAR INDEX", m.start(), m.end()) for m in _WORK.finditer(folded)]
    return found


@cache
def _index_patterns() -> tuple[tuple[str, list[str], re.Pattern[str], Index], ...]:
    """One pattern per name, and before it its longest word and the others that cannot be garbled.

    ``PAR INDEX`` may be ``PAR-INDEX``, ``chỉ số`` may be garbled (``chi sb``).
    """
    patterns = []
    for index in indices():
        for name in index.names:
            words = re.split(r"[\s-]+", plain(name))
            body = _SPACE.join(map(re.escape, words)).replace("chi[\\s-]*so", r"chi[\s-]*s\w{1,2}")
            longest = max(words, key=len)
            others = [word for word in words if word not in (longest, "so")]
            patterns.append((longest, others, re.compile(rf"\b{body}\b"), index))
    return tuple(patterns)


_QUOTED = re.compile(r"[“\"]([^“”\"]{4,140})[”\"]")


def _quoted(sentence: str) -> list[Anchor]:
    """Quoted names: components of whatever index is spoken of (“Cải cách thể chế”)."""
    return [
        Anchor("component", " ".join(match[1].split()), match.start(), match.end())
        for match in _QUOTED.finditer(sentence)
    ]


def _components(folded: str) -> list[Anchor]:
    return [
        Anchor("component", name, match.start(), match.end(), index)
        for literal, pattern, index, name in _component_patterns()
        if literal in folded  # most are not, and to look for letters is far cheaper than for a pattern
        for match in pattern.finditer(folded)
    ]


@cache
def _component_patterns() -> tuple[tuple[str, re.Pattern[str], str | None, str], ...]:
    """Names of components as they may stand unquoted. Of one that two indices share the index stays open."""
    owners: dict[str, set[str]] = {}
    spelled: dict[str, str] = {}
    for index in indices():
        for criteria in index.sets:
            for component in criteria.components:
                for name in (component.name, *component.aliases):
                    if len(name) > 9:
                        owners.setdefault(plain(name), set()).add(index.id)
                        spelled.setdefault(plain(name), component.name)
    lead = (
        r"(?:chi s\w{1,2} hai long ve (?:viec )?|chi s\w{1,2} (?:noi dung|thanh phan) |linh vuc |noi dung |yeu to )?"
    )
    return tuple(
        (
            name,
            re.compile(rf"\b{lead}{re.escape(name)}\b"),
            next(iter(ids)) if len(ids) == 1 else None,
            spelled[name],
        )
        for name, ids in sorted(owners.items(), key=lambda item: -len(item[0]))
    )


_PARTS = re.compile(
    r"\b(?:tu danh gia|tu cham diem|diem tham dinh)\b"
    r"|\bdieu tra (?:xa hoi hoc|xhh)\b"
    r"|\bkhao sat (?:y kien|xa hoi hoc)\b[^.;()]{0,90}?(?=,? (?:nam|dat|mac du|nhung|duoc)\b|[.;()])"
)


_PART_WORDS = ("tu danh gia", "tu cham diem", "diem tham dinh", "dieu tra ", "khao sat ")
"""Words of which each part has some: to look for letters is far cheaper than for a pattern."""


def _parts(sentence: str, folded: str) -> list[Anchor]:
    """Parts by where the points come from (self-assessment, survey); of which index, only the text can say."""
    return [
        Anchor("part", " ".join(sentence[match.start() : match.end()].split()), match.start(), match.end())
        for match in (_PARTS.finditer(folded) if any(words in folded for words in _PART_WORDS) else ())
    ]


_PLACE = re.compile(r"\b(?P<kind>tinh|thanh pho|tp\.?)\s+(?=\S)")
_NATION = re.compile(r"\b(?:ca nuoc|toan quoc|trung binh (?:chung )?(?:cua )?(?:cac|63|34) tinh)\b")
_FORMER = re.compile(r"\s*\((?:cu|cii|cil|c\w{1,2}|truoc sap nhap|truoc day)\)")


def _subjects(sentence: str, folded: str) -> list[Anchor]:
    found: list[Anchor] = []
    if any(words in folded for words in ("ca nuoc", "toan quoc", "trung binh")):
        found += [Anchor("subject", "cả nước", m.start(), m.end()) for m in _NATION.finditer(folded)]
    for place in _PLACE.finditer(folded):
        named = province_at(sentence, place.end())
        if named is None:
            continue
        name, end = named
        former = _FORMER.match(folded, end)
        kind = "tỉnh" if place["kind"] == "tinh" else "thành phố"
        value = f"{kind} {name}" + (" (cũ)" if former else "")
        found.append(Anchor("subject", value, place.start(), former.end() if former else end))
    return found


def province_at(text: str, start: int) -> tuple[str, int] | None:
    """The province whose name stands at ``start``, and where it ends."""
    words = list(re.finditer(r"[^\s,.;:()“”\"]+", text[start : start + 40]))
    if not words or words[0].start() > 0 or not words[0].group()[:1].isupper():
        return None
    exact = _provinces()
    for count in (5, 4, 3, 2):
        if len(words) >= count:
            end = words[count - 1].end()
            if (name := exact.get(plain(text[start : start + end]))) is not None:
                return name, start + end
    for count in (2, 3):
        if len(words) >= count and all(w.group()[:1].isupper() for w in words[:count]):
            end = words[count - 1].end()
            match = provinces().find(text[start : start + end], cutoff=0.85)
            if match is not None and match.lead > 0.1:
                return match.entry.name, start + end
    return None


@cache
def _provinces() -> dict[str, str]:
    return {plain(name): p.name for p in provinces() for name in (p.name, *p.aliases)}


_YEAR = re.compile(
    r"\b(?P<since>s\w v\S{1,3} (?:cung ky )?)?(?P<word>n\w{1,3}m)\s+(?P<year>20\d\d)\b(?!\s?[-–]\s?20)"
)


def _years(folded: str) -> list[Anchor]:
    """``năm 2024`` is the year of a score, ``so với năm 2023`` the one it is compared with."""
    return [
        Anchor("since" if match["since"] else "year", match["year"], match.start(), match.end())
        for match in (_YEAR.finditer(folded) if "20" in folded else ())
    ]
