"""PP590–PP599: texts are written as Vietnamese is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from planparse.checks.context import Context
from planparse.checks.finding import Problem
from planparse.checks.registry import rule
from planparse.checks.syllables import impossible
from planparse.records import PlanRecord

_ODD_SPACE = re.compile(r"[^\S \n]|  |^ | $| \n|\n ")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff\ufffd]")


@rule("PP590", "warning", "run planparse validate --fix")
def not_composed(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A text is not in Unicode NFC: letters and their marks stand apart."""
    if unicodedata.is_normalized("NFC", at.all_prose):
        return
    for pointer, text in at.prose:
        if not unicodedata.is_normalized("NFC", text):
            yield Problem(pointer, "letters and their marks are not composed (Unicode NFC)")


@rule("PP591", "warning", "run planparse validate --fix")
def odd_spaces(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A text has spaces at its ends, several in a row, or of an unusual kind."""
    for pointer, text in at.prose if _ODD_SPACE.search(at.all_prose) else ():
        if _ODD_SPACE.search(text):
            yield Problem(pointer, f"odd spaces in {text[:50]!r}")


@rule("PP592", "error", "remove the characters")
def control_characters(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A text holds characters that nobody can see or that stand for lost ones."""
    for pointer, text in at.prose if _CONTROL.search(at.all_prose) else ():
        if match := _CONTROL.search(text):
            yield Problem(pointer, f"holds the character U+{ord(match.group()):04X}")


@rule("PP593", "warning", "look at the ink: the word is misread")
def impossible_syllable(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A restored text holds a syllable that Vietnamese cannot have."""
    every = set(impossible(at.all_prose))
    for pointer, text in at.prose if every else ():
        odd = every.intersection(impossible(text))
        if odd:
            yield Problem(pointer, "no Vietnamese syllable: " + ", ".join(sorted(odd)[:5]))
