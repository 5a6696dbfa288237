"""Targets that name no index of their own: ``Chỉ số SIPAS năm 2023 đạt 82,66 %. Năm 2024 phấn đấu đạt trên 87 %.``

Only a clause without a subject (an aim, then the figure) speaks of what was spoken of before. ``Phấn đấu mức độ hài
lòng về y tế đạt trên 87 %`` has its own subject and borrows none. What it borrows must be certain: the words right
before it name one index and nothing that competes with it, or the heading above does and nothing since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from planparse.lexicon.indices import indices
from planparse.recognise.scores.anchors import Anchor
from planparse.recognise.scores.figures import Figure

_YEAR = r"(?:(?:den |trong |vao )?(?:het |cuoi )?nam 20\d\d)"
_AIMED = r"(?:phan dau|quyet tam|muc tieu|chi tieu|du kien|ke hoach)"
_REACHED = r"(?:se |phai )?(?:dat|la|o muc|nang len|tang len|xep|dung|nam|vuon len|lot)"
_LEAST = r"(?:tren|tu|it nhat|toi thieu|khong duoi|muc|hang|thu|vi thu|>|≥|khoang|trong|vao)"
_NO_SUBJECT = re.compile(
    rf"\W*(?:{_YEAR}\W+)?(?:(?:toan )?tinh )?{_AIMED}\W+(?:{_YEAR}\W+)?(?:{_REACHED}\W+)?(?:{_LEAST}\W+)*"
)
"""``Phấn đấu đến năm 2025 đạt trên``: from the aim to the figure nobody else is named."""

_OTHERS = re.compile(
    r"\b(?:t[iy] le|ho so|nhiem vu|giai ngan|tien do|thanh toan|van ban|can bo|phieu|muc do (?!hai long)|chi tieu|"
    r"chi so (?:san xuat|gia|phat trien con nguoi)|tang truong|thu nhap)\b"
)
"""Other things that a percentage can be of; where one is named beside the index, the two compete."""

_LABEL = re.compile(r"\W{0,3}(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2})[.)]\s")


@dataclass(frozen=True)
class Mention:
    """What some words speak of: the indices named, and whether something else competes with them."""

    indices: frozenset[str] = frozenset()
    muddled: bool = False

    @property
    def certain(self) -> str | None:
        """The one index spoken of; ``None`` where there are several, or something competes."""
        return next(iter(self.indices)) if len(self.indices) == 1 and not self.muddled else None


def mention(anchors: Iterable[Anchor], folded: str) -> Mention:
    """What a sentence, or a part of one, speaks of."""
    anchors = list(anchors)
    named = frozenset(a.value for a in anchors if a.kind == "index")
    parts = any(a.kind in ("component", "part") for a in anchors)
    return Mention(named, parts or bool(_OTHERS.search(folded)))


@dataclass
class Context:
    """What was spoken of before a sentence: in the sentence right before, and since the last heading."""

    before: Mention = Mention()
    heading: str | None = None
    labelled: bool = False
    """Whether the sentence before was nothing but a label."""

    def passed(self, folded: str, anchors: Iterable[Anchor], figures: bool) -> None:
        """Go on behind a sentence. A labelled one without figures is a heading, or runs on from one."""
        if _LABEL.fullmatch(folded):
            self.labelled = True
            return
        spoken = mention(anchors, folded)
        if self.labelled or _LABEL.match(folded):
            self.heading = spoken.certain if not figures else None
        elif spoken.indices - {self.heading}:
            self.heading = None
        self.before, self.labelled = spoken, False


def carried_index(
    folded: str, anchors: Iterable[Anchor], figure: Figure, starts: list[int], context: Context
) -> str | None:
    """The index that the aim before ``figure`` borrows; ``None`` where it has a subject or it isn't certain.

    ``starts`` are places within the sentence where a line begins.
    """
    start = _clause(folded, figure.start, starts)
    if start is None:
        return None
    if re.search(r"[a-z]{2}", folded[:start]):
        found = mention((a for a in anchors if a.end <= start), folded[:start]).certain
    elif context.before.indices:
        found = context.before.certain
    else:
        found = None if context.before.muddled else context.heading
    return found if found and _fits(found, figure) else None


def _clause(folded: str, end: int, starts: list[int]) -> int | None:
    """Where a clause without a subject begins that leads up to ``end``; the sentence, a mark or a line opens it."""
    marks = [m.end() for m in re.finditer(r"[;:,.]", folded[:end])]
    for start in sorted({0, *marks, *(s for s in starts if s < end)}, reverse=True):
        if _NO_SUBJECT.fullmatch(folded, start, end):
            return start
    return None


def _fits(index: str, figure: Figure) -> bool:
    """Whether the figure can be of the index: its unit is one in which the index is stated, or it is a place."""
    if figure.role in ("group", "rank"):
        return True
    (defined,) = (i for i in indices() if i.id == index)
    if figure.unit == "%":
        return defined.percent
    return figure.unit == "điểm" and (defined.scale is None or figure.number <= defined.scale)
