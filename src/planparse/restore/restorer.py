"""The restorer: a document's lines through the channel, the language model and the decoder."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from planparse.restore.codes import Symbols
from planparse.restore.decoder import decode
from planparse.restore.letters import dress
from planparse.restore.lists import ORDER, settle
from planparse.restore.model import Model, load
from planparse.restore.profiles import guess
from planparse.restore.readings import CLEAN, VIE, Profile, Readings
from planparse.restore.text import RestoredLine, RestoredText, Token
from planparse.restore.tokens import CODE, MARK, NUMBER, STOP, WORD, Piece, cut
from planparse.restore.words import SPECIAL
from planparse.source import SourceText

_CHUNK = re.compile(r"\S+")
_BLOCK = 20_000
"""Pieces decoded together: memory stays flat however long the document."""
_CLEAN_BELOW = 0.004
"""Share of words that a first look would change; below it the text is clean and the price of change rises."""
_FORGET = 200_000
"""Forms remembered between documents."""


class _Sheet:
    """The pieces of some lines, flat, with where each stands."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.line: list[int] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.kind: list[int] = []
        self.form: list[str] = []
        cuts: dict[str, tuple[Piece, ...]] = {}
        for number, line in enumerate(lines):
            for match in _CHUNK.finditer(line):
                chunk, at = match.group(), match.start()
                found = cuts.get(chunk)
                if found is None:
                    found = cuts[chunk] = cut(chunk)
                for kind, start, end in found:
                    self.line.append(number)
                    self.start.append(at + start)
                    self.end.append(at + end)
                    self.kind.append(kind)
                    self.form.append(chunk[start:end])
            if not line.strip():  # a blank line ends a sentence; it has no ink
                self.line.append(number)
                self.start.append(0)
                self.end.append(0)
                self.kind.append(STOP)
                self.form.append("")


@dataclass
class _Read:
    """What was read of every piece of a sheet: words (None: as it stands), how sure, and what was swallowed."""

    words: list[str | None]
    sure: list[float]
    swallowed: set[int]


class Restorer:
    """Restores texts under one model; keeps what it has worked out about forms between texts."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._readings: dict[Profile, Readings] = {}
        self._symbols = Symbols(
            {s: int(n) for s, n in (row.split("\t") for row in model.text("symbols").split("\n"))}
        )
        self._dresses: dict[tuple[int, str], tuple[str, str]] = {}
        self._cased = dict(row.split("\t") for row in model.text("cased").split("\n"))

    def readings(self, profile: Profile) -> Readings:
        """The table of forms for a profile."""
        found = self._readings.get(profile)
        if found is None or len(found.index) > _FORGET:
            self._dresses.clear()
            found = self._readings[profile] = Readings(self.model, profile)
        return found

    def restore(self, lines: Sequence[str], profile: Profile | None = None) -> tuple[list[RestoredLine], Profile]:
        """Restore lines that follow one another."""
        lines = [unicodedata.normalize("NFC", line) if not line.isascii() else line for line in lines]
        sheet = _Sheet(lines)
        chosen = profile
        if chosen is None:
            chosen = guess(Counter(f for f, k in zip(sheet.form, sheet.kind, strict=True) if k == WORD).items())
        read = self._decode(sheet, chosen)
        if profile is None and chosen is VIE:
            changed = sum(1 for w, f in zip(read.words, sheet.form, strict=True) if w is not None and w != f)
            if changed < _CLEAN_BELOW * max(1, sum(k == WORD for k in sheet.kind)):
                chosen = CLEAN
                read = self._decode(sheet, chosen)
        return self._write(lines, sheet, read), chosen

    def _decode(self, sheet: _Sheet, profile: Profile) -> _Read:
        """Restored text of every piece (None: as it stands) and its probability."""
        readings = self.readings(profile)
        number_of = readings.number_of
        forms: list[int] = []
        kept: list[int] = []
        after_stop = True
        for i, (kind, form) in enumerate(zip(sheet.kind, sheet.form, strict=True)):
            if kind == STOP:
                if after_stop:
                    continue
                after_stop = True
            else:
                after_stop = False
            kept.append(i)
            forms.append(number_of(kind, form))
        read = _Read([None] * len(sheet.form), [1.0] * len(sheet.form), set())
        for at in range(0, len(forms), _BLOCK):
            self._decode_block(sheet, readings, forms[at : at + _BLOCK], kept[at : at + _BLOCK], read)
        if profile is not CLEAN:
            self._settle_lists(sheet, read)
        return read

    def _decode_block(
        self, sheet: _Sheet, readings: Readings, forms: list[int], kept: list[int], read: _Read
    ) -> None:
        merges = self._merges(sheet, readings, forms, kept)
        decoded = decode(np.array(forms, dtype=np.int64), readings, merges)
        kinds, inks = sheet.kind, sheet.form
        at = 0
        for taken, words in decoded.words(len(forms)):
            i = kept[at]
            if kinds[i] == CODE:
                read.words[i], read.sure[i] = self._symbols.mend(inks[i])
            elif kinds[i] in (WORD, NUMBER):
                read.sure[i] = min(p for _, p in words)
                ink = inks[i]
                if taken == 2:
                    ink += inks[kept[at + 1]]
                    read.swallowed.add(kept[at + 1])
                if len(words) == 1 and words[0][0] >= len(SPECIAL):
                    read.words[i] = self._dressed(words[0][0], ink, inks, kinds, i)
                elif all(word >= len(SPECIAL) for word, _ in words):
                    first, second = (word for word, _ in words)
                    read.words[i] = (
                        f"{self._dressed(first, ink, inks, kinds, i)} {self._dressed(second, ink[1:], inks, kinds, i)}"
                    )
                elif taken == 2:
                    read.words[i] = ink
            at += taken

    def _dressed(self, word: int, ink: str, inks: list[str], kinds: list[int], i: int) -> str:
        """The word in the letter case of its ink; the neighbours are asked only where the ink is silent."""
        found = self._dresses.get((word, ink))
        if found is None:
            text = self.model.words[word]
            canonical = self._cased.get(text)
            quiet, loud = dress(text, ink, canonical), dress(text, ink, canonical, shouting=True)
            found = self._dresses[word, ink] = (quiet, loud)
        quiet, loud = found
        return quiet if quiet == loud or not _shouting(inks, kinds, i) else loud

    def _settle_lists(self, sheet: _Sheet, read: _Read) -> None:
        """Letters of list items at the start of lines, by their order."""
        before: str | None = None
        line = -1
        for i, number in enumerate(sheet.line):
            if number == line or sheet.kind[i] == MARK:
                continue  # not the first word of its line
            line = number
            is_item = (
                sheet.end[i] - sheet.start[i] == 1
                and i + 1 < len(sheet.line)
                and sheet.line[i + 1] == number
                and sheet.form[i + 1].startswith(")")
            )
            if not is_item:
                continue
            letter = settle(sheet.form[i], before) or sheet.form[i].lower()
            if letter in ORDER:
                if letter != sheet.form[i].lower():
                    read.words[i], read.sure[i] = letter, 0.9
                elif read.words[i] is not None:
                    read.words[i] = None
                before = letter

    def _merges(self, sheet: _Sheet, readings: Readings, forms: list[int], kept: list[int]) -> list[tuple[int, int]]:
        """Neighbours that may be one word with a space too many in it."""
        weak = np.array(readings.weak)[forms]
        found: list[tuple[int, int]] = []
        tried: set[int] = set()
        for at in np.flatnonzero(weak).tolist():
            for first in (at - 1, at):
                if first < 0 or first + 1 >= len(forms) or first in tried:
                    continue
                tried.add(first)
                i, j = kept[first], kept[first + 1]
                if sheet.kind[i] > NUMBER or sheet.kind[j] > NUMBER or sheet.line[i] != sheet.line[j]:
                    continue
                merged = sheet.form[i] + sheet.form[j]
                near = sheet.start[j] - sheet.end[i] <= 1 and len(merged) <= 8 and not merged.isdigit()
                if near and readings.remembers(merged):
                    found.append((first, readings.number_of(WORD, merged)))
        return found

    def _write(self, lines: Sequence[str], sheet: _Sheet, read: _Read) -> list[RestoredLine]:
        written: list[RestoredLine] = []
        i, count = 0, len(sheet.form)
        for number, line in enumerate(lines):
            parts: list[str] = []
            tokens: list[Token] = []
            done = length = 0
            while i < count and sheet.line[i] == number:
                start, end = sheet.start[i], sheet.end[i]
                if end > start:
                    parts.append(line[done:start])
                    length += start - done
                    word = read.words[i]
                    text = sheet.form[i] if word is None else word
                    if i + 1 in read.swallowed:
                        end = sheet.end[i + 1]
                    if done == start and parts and _is_rule(sheet, i):
                        parts.append(" ")  # "|word": a ruling line touches the word, it is no part of it
                        length += 1
                    parts.append(text)
                    tokens.append(Token(text, length, length + len(text), start, end, read.sure[i]))
                    length += len(text)
                    done = end
                    if i + 1 in read.swallowed:
                        i += 1
                i += 1
            parts.append(line[done:])
            written.append(RestoredLine(number + 1, "".join(parts), tuple(tokens)))
        return written


def _is_rule(sheet: _Sheet, i: int) -> bool:
    """Does a vertical ruling line stand between a piece and the one before, which it touches?"""
    if sheet.line[i] != sheet.line[i - 1] or sheet.end[i - 1] != sheet.start[i]:
        return False
    return sheet.form[i - 1].endswith("|") or sheet.form[i].startswith("|")


def _shouting(inks: list[str], kinds: list[int], i: int) -> bool:
    """Are both neighbouring words (or the only one) in capitals?"""
    near = [
        inks[j] for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(inks) and kinds[j] == WORD and len(inks[j]) > 1
    ]
    return bool(near) and all(sum(c.isupper() for c in ink) > sum(c.islower() for c in ink) for ink in near)


@cache
def restorer() -> Restorer:
    """The restorer with the installed model."""
    return Restorer(load())


def restore(source: SourceText) -> RestoredText:
    """Restore a document; the result has exactly the source's lines."""
    lines, profile = restorer().restore([line.text for line in source.lines])
    return RestoredText(source, tuple(lines), profile.name)
