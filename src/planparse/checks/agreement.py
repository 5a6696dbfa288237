"""PP580–PP589: a value says what its ink says, as far as ink that may be garbled can tell.

Restoring never changes a digit unless it says so (``repaired_from`` or a diagnostic), so digits must
agree exactly; letters must agree roughly, with marks, case and spaces aside.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from planparse.checks.context import Context
from planparse.checks.finding import Problem
from planparse.checks.folding import digits, fold
from planparse.checks.numbering import ordinal
from planparse.checks.pointers import kind
from planparse.checks.registry import rule
from planparse.records import PlanRecord

ALIKE = 50.0
"""Least likeness, 0 to 100, of a folded text to its folded ink. Pages read with the wrong language keep about
80; texts that have nothing to do with each other reach about 40."""

MOST_COMPARED = 300
"""Values of one kind that are compared with each other; tables are shorter."""

_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")


@rule("PP580", "error", "look at the ink and correct the value; note a repair in repaired_from")
def digits_disagree(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A number or a date is not the one in its ink."""
    for pointer, value, evidence in at.evident:
        if isinstance(value, bool) or value is None:
            continue
        if isinstance(value, int | float):
            wrong = not _number_in(value, evidence.raw)
        elif isinstance(value, str) and not _DIGIT.search(value):
            continue
        elif isinstance(value, str) and _DATE.fullmatch(value):
            wrong = not _date_in(dt.date.fromisoformat(value), evidence.raw)
        elif isinstance(value, str):
            wrong = not _digits_in(value, evidence.raw)
        else:
            continue
        if wrong:
            yield Problem(pointer, f"the value is {value!r}, but the ink reads {_short(evidence.raw)!r}")


@dataclass(frozen=True, slots=True)
class _Unlike:
    """A text that is not its ink, both folded, and how alike they are."""

    pointer: str
    value: str
    raw: str
    text: str
    ink: str
    likeness: float


def _unlike(at: Context) -> Iterator[_Unlike]:
    """Texts that differ from their ink by more than line breaks, marks, case and spaces."""
    for pointer, value, evidence in at.evident:
        if not isinstance(value, str) or len(value) < 4 or value == evidence.raw.replace("\n", " "):
            continue
        text, ink = fold(value), fold(evidence.raw)
        if text != ink and text and ink and not _DATE.fullmatch(value):
            yield _Unlike(pointer, value, evidence.raw, text, ink, fuzz.ratio(text, ink))


@rule("PP581", "error", "look at the ink and correct the value")
def text_disagrees(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A text has little to do with its ink."""
    for one in _unlike(at):
        if one.likeness >= ALIKE or one.value in one.raw:
            continue
        if ordinal(one.value) is not None:  # a label such as III., whose strokes the scan gives as any of I, l, 1, |
            continue
        if len(one.text) < len(one.ink) and fuzz.partial_ratio(one.text, one.ink) >= ALIKE + 15:
            continue
        if _initials(one.value) in one.ink or _initials(one.raw) in one.text:
            continue
        yield Problem(one.pointer, f"the value is {_short(one.value)!r}, but the ink reads {_short(one.raw)!r}")


@rule("PP582", "error", "look at the ink of both values and put each where it belongs")
def values_swapped(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Two values of one kind would each agree better with the ink of the other.

    Only values that fall short of their own ink are tried; the two must gain a quarter of their likeness by the swap.
    """
    short = [one for one in _unlike(at) if one.likeness < 90 and len(one.value) > 7]
    if not short:
        return
    wanted = {kind(one.pointer) for one in short}
    groups: dict[str, list[tuple[str, str, str]]] = {name: [] for name in wanted}
    for pointer, value, evidence in at.evident:
        group = groups.get(kind(pointer))
        if group is not None and isinstance(value, str) and len(group) < MOST_COMPARED:
            group.append((pointer, fold(value), fold(evidence.raw)))
    for one in short:
        group = groups[kind(one.pointer)]
        inks = [ink for _, _, ink in group]
        best = process.extractOne(one.text, inks, scorer=fuzz.ratio, score_cutoff=one.likeness + 10)
        if best is None:
            continue
        other, theirs, their_ink = group[best[2]]
        gain = fuzz.ratio(theirs, one.ink) + best[1] - one.likeness - fuzz.ratio(theirs, their_ink)
        if theirs != one.text and gain > 25:
            yield Problem(
                one.pointer, f"the ink of {other} agrees better with this value, and that value with this ink"
            )


def _number_in(value: float, ink: str) -> bool:
    """Does the ink print this number, with a decimal comma or point, with or without its sign?"""
    printed = (float(n.replace(",", ".")) for n in _DECIMAL.findall(ink))
    return any(abs(abs(value) - number) < 1e-9 for number in printed) or str(value) in digits(ink)


def _date_in(date: dt.date, ink: str) -> bool:
    """Do the numbers in the ink say this date, in the order day, month, year?

    Ink that lost a number to the scan says the rest; ink with no numbers says nothing against the date.
    """
    printed = [int(run) for run in digits(ink)]
    wanted = [date.day, date.month, date.year]
    if len(printed) >= 3:
        return _within(wanted, printed)
    return _within(printed, wanted)


def _within(few: Sequence[int], many: Sequence[int]) -> bool:
    """Are ``few`` among ``many``, in their order?"""
    rest = iter(many)
    return all(any(item == other for other in rest) for item in few)


def _digits_in(value: str, ink: str) -> bool:
    """Do the value's numbers stand in the ink in their order, whole but for spaces and points?

    Leading zeros are form. The ink may have more digits, because a scan puts 6 for ố and 1 for l.
    """
    printed, at = "".join(digits(ink)), 0
    for run in digits(value):
        found = printed.find(run.lstrip("0"), at)
        if found < 0:
            return False
        at = found + len(run.lstrip("0"))
    return True


def _initials(text: str) -> str:
    """First letters of the words, folded: ``Ủy ban nhân dân`` is ``ubnd``. A single word has none."""
    words = text.split()
    return fold("".join(w[0] for w in words)) if len(words) > 1 else "\0"


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
