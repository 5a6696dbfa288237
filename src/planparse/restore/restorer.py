"""The restorer: a document's lines through the channel, the language model and the decoder."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from planparse.native import kernels
from planparse.restore.codes import Symbols, as_digits
from planparse.restore.decoder import PAD, Decoded, agree, decode
from planparse.restore.hints import Hint, attach, hints_of
from planparse.restore.initials import Initials, agree_on
from planparse.restore.joint import joint_number
from planparse.restore.language import Ints
from planparse.restore.letters import calmed, doubtful, dress
from planparse.restore.lists import ORDER, settle
from planparse.restore.model import Model, load
from planparse.restore.pieces import find_forms, take_plainly
from planparse.restore.profiles import guess
from planparse.restore.readings import CLEAN, EXTRA_SPACE, VIE, Profile, Readings
from planparse.restore.sheet import Read, Sheet, between, bracketed, calm, compose, moved, shouting, write
from planparse.restore.text import RestoredLine, RestoredText
from planparse.restore.tokens import BROKEN, CODE, MARK, NUMBER, STOP, WORD
from planparse.restore.words import SPECIAL, UNK, N
from planparse.source import SourceText

_SAME = str.maketrans("⁄∕‐‑", "//--")
"""Characters that are others in disguise; every one of them is one character."""
_DISGUISED = re.compile(f"[{''.join(map(chr, _SAME))}]")
_BLOCK = 2000
"""Pieces decoded together: few enough for what is between to stay in the processor's cache."""
_AGREE = 10
"""Blocks that agree on how a form is read: memory stays flat however long the document."""
_CLEAN_BELOW = 0.004
"""Share of words that a first look would change; below it the text is clean and the price of change rises."""
_BROKEN_WORD = 10
"""Two pieces of broken ink together no longer than this may be one word."""
_FORGET = 200_000
"""Forms remembered between documents."""
_LEAST = len(SPECIAL)
"""The first number of a word that is written out."""


class Restorer:
    """Restores texts under one model; keeps what it has worked out about forms between texts."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._readings: dict[Profile, Readings] = {}
        self._symbols = Symbols(
            {s: int(n) for s, n in (row.split("\t") for row in model.text("symbols").split("\n"))}
        )
        self._dresses: dict[tuple[int, str], tuple[str, str, str | None]] = {}
        self._plain_dresses: dict[tuple[int, str], str] = {}  # of those that ask for no neighbours
        self._initials = Initials(
            {word: int(n) for word, n in (row.split("\t") for row in model.text("initials").split("\n"))}
        )
        self._cased = dict(row.split("\t") for row in model.text("cased").split("\n"))

    def readings(self, profile: Profile) -> Readings:
        """The table of forms for a profile."""
        found = self._readings.get(profile)
        if found is None or len(found.index) > _FORGET:
            self._dresses.clear()
            self._plain_dresses.clear()
            found = self._readings[profile] = Readings(self.model, profile)
        return found

    def restore(
        self,
        lines: Sequence[str],
        profile: Profile | None = None,
        weigh: bool = False,
        hints: Sequence[Sequence[Hint]] | None = None,
        broken: Collection[tuple[int, int]] = (),
    ) -> tuple[list[RestoredLine], Profile]:
        """Restore lines that follow one another, under a profile or the one that the text itself suggests.

        With ``weigh`` the tokens of changed words keep the other readings that were weighed. ``hints`` say for each
        line what is known of its words beside their letters: how sure the OCR was, and a second reading. ``broken``
        are chunks of ink (line from 0, start) that are read letter by letter, marks within them and all.
        """
        composed = {n: compose(line) for n, line in enumerate(lines) if not unicodedata.is_normalized("NFC", line)}
        lines = [composed[n][0] if n in composed else line for n, line in enumerate(lines)]
        lines = [line.translate(_SAME) if _DISGUISED.search(line) else line for line in lines]  # hardly any
        sheet = Sheet(lines, broken)
        if hints is not None:  # those of composed lines count other characters
            self._heed(sheet, [() if n in composed else line for n, line in enumerate(hints)])
        chosen = profile
        if chosen is None:
            chosen = guess(Counter(f for f, k in zip(sheet.form, sheet.kind, strict=True) if k == WORD).items())
        read = self._decode(sheet, chosen, weigh)
        if profile is None and chosen is VIE:
            changed = sum(1 for w, f in zip(read.words, sheet.form, strict=True) if w is not None and w != f)
            if changed < _CLEAN_BELOW * max(1, sum(k == WORD for k in sheet.kind)):
                chosen = CLEAN
                read = self._decode(sheet, chosen, weigh)
        written = write(lines, sheet, read)
        for n, (_, offsets) in composed.items():
            written[n] = moved(written[n], offsets)
        return written, chosen

    def _heed(self, sheet: Sheet, hints: Sequence[Sequence[Hint]]) -> None:
        """Take down in a sheet what is known of its words, and which noise is on their second reading."""
        sheet.known = attach(sheet, hints)
        others = Counter(known.other for known in sheet.known.values() if known.other is not None)
        sheet.second = guess(others.items()) if others else None

    def _decode(self, sheet: Sheet, profile: Profile, weigh: bool) -> Read:
        """Restored text of every piece (None: as it stands) and its probability."""
        readings = self.readings(profile)
        number_of = readings.number_of
        second = self.readings(sheet.second) if sheet.second is not None else None
        known = sheet.known
        lonely = {i for i in self._quiet_capitals(sheet) if sheet.form[i].isalnum()}
        special = lonely | known.keys() if known else lonely
        kernel = kernels()
        find = find_forms if kernel is None else kernel.find_forms
        kept, forms, missing = find(sheet.kind, sheet.form, readings.index, special)
        for at in missing:
            i = kept[at]
            key = sheet.kind[i], sheet.form[i]
            if i in known:
                forms[at] = joint_number(readings, second, key[1], i in lonely, known[i])
            else:
                forms[at] = number_of(*key, lonely=i in lonely)
        read = Read(
            [None] * len(sheet.form), [1.0] * len(sheet.form), set(), not profile.faithful, {} if weigh else None
        )
        for at in range(0, len(forms), _BLOCK * _AGREE):
            self._decode_stretch(
                sheet, readings, forms[at : at + _BLOCK * _AGREE], kept[at : at + _BLOCK * _AGREE], read
            )
        if not profile.faithful:
            self._settle_lists(sheet, read)
            self._settle_abbreviations(sheet, read)
        return read

    @staticmethod
    def _quiet_capitals(sheet: Sheet) -> list[int]:
        """Words all in capitals, in lines that are not."""
        return [i for i in sheet.capitals if sheet.kind[i] == WORD and not sheet.loud[sheet.line[i]]]

    def _settle_abbreviations(self, sheet: Sheet, read: Read) -> None:
        """Unknown abbreviations that the document spells otherwise everywhere else."""
        said = [(i, read.words[i] or sheet.form[i]) for i in self._quiet_capitals(sheet)]
        often = Counter(word for _, word in said)
        for i, word in said:
            if often[word] == 1 and word.lower() not in self.model.numbers:
                better = agree_on(word, often)
                if better != word:
                    read.words[i], read.sure[i] = better, 0.9

    def _decode_stretch(
        self, sheet: Sheet, readings: Readings, forms: list[int], kept: list[int], read: Read
    ) -> None:
        """Decode block by block, let the blocks agree, and take down what was read."""
        parts = []
        for at in range(0, len(forms), _BLOCK):
            block = np.array(forms[at : at + _BLOCK], dtype=np.int64)
            clean = readings.profile.faithful > 0
            merges = [] if clean else self._merges(sheet, readings, block, kept[at : at + _BLOCK])
            parts.append((decode(block, readings, merges), block))
        if readings.profile.cache:
            agree(parts, readings.profile.cache)
        for number, (decoded, _) in enumerate(parts):
            block_kept = kept[number * _BLOCK : (number + 1) * _BLOCK]
            self._take_down(sheet, readings, decoded, block_kept, read)

    def _take_down(self, sheet: Sheet, readings: Readings, decoded: Decoded, kept: list[int], read: Read) -> None:
        """Take down what was read; what is one word with a dress of its own at first, for most is."""
        inks, words, sures = sheet.form, read.words, read.sure
        plain = {} if read.weighed is not None else self._plain_dresses
        kernel = kernels()
        take = take_plainly if kernel is None else kernel.take_down
        for at, taken, word, behind, sure in take(
            *decoded.followed(), PAD, len(kept) + 2 * PAD, kept, sheet.kind, inks, plain, words, sures
        ):
            others = [(decoded.inner[boundary], other) for boundary, other in behind]
            i = kept[at]
            kind = sheet.kind[i]
            if kind == CODE:
                words[i], sures[i] = self._symbols.mend(inks[i], readings.profile.channel == "vie")
                continue
            sures[i] = sure
            ink = inks[i]
            if taken == 2:
                ink += inks[kept[at + 1]]
                read.swallowed.add(kept[at + 1])
            if not others and word >= _LEAST:
                words[i] = self._dressed(word, ink, sheet, i)
            elif others and word >= _LEAST and all(other >= _LEAST or other == N for _, other in others):
                words[i] = self._dressed_run(word, others, ink, sheet, i)
            elif taken == 2:
                words[i] = ink
            elif word == UNK and not readings.profile.faithful and ink.isupper():
                words[i] = self._initials.mend(ink)
            elif word == N and kind == WORD:
                words[i] = as_digits(ink)
            if read.weighed is not None and words[i] not in (None, ink):
                weighed = (
                    (self._dressed(w, ink, sheet, i) if w >= _LEAST else ink, p) for w, p in decoded.weighed(at)
                )
                read.weighed[i] = tuple((text, p) for text, p in weighed if text != words[i])

    def _dressed(self, word: int, ink: str, sheet: Sheet, i: int) -> str:
        """The word in the letter case of its ink; the neighbours are asked only where the ink is silent."""
        found = self._dresses.get((word, ink))
        if found is None:
            text = self.model.words[word]
            canonical = self._cased.get(text)
            quiet, loud = dress(text, ink, canonical), dress(text, ink, canonical, shouting=True)
            doubted = canonical is None and quiet != text and doubtful(text, ink, quiet)
            found = self._dresses[word, ink] = (quiet, loud, text if doubted else None)
            if quiet == loud and not doubted:
                self._plain_dresses[word, ink] = quiet
        quiet, loud, doubted_text = found
        if quiet != loud and shouting(sheet.form, sheet.kind, i):
            return loud
        if doubted_text is None or sheet.line[i] in sheet.ruled:
            return quiet  # in the row of a table a capital may open a cell
        if quiet.isupper() and bracketed(sheet, i):
            return quiet  # how abbreviations are introduced
        if quiet.isupper():
            return calmed(doubted_text, ink, between(sheet, i)) if calm(sheet, i) else quiet
        return doubted_text if between(sheet, i) else quiet

    def _dressed_run(self, word: int, others: Sequence[tuple[int, int]], ink: str, sheet: Sheet, i: int) -> str:
        """Words that one piece of ink is, each in the letter case of its part."""
        starts, words = zip((0, word), *others, strict=True)
        # a capital amid broken ink is a stroke as often as not
        parts = [ink[a + (a > 0 and sheet.kind[i] == BROKEN) : b] for a, b in pairwise((*starts, len(ink)))]
        return " ".join(
            part if number == N else self._dressed(number, part, sheet, i)
            for number, part in zip(words, parts, strict=True)
        )

    def _settle_lists(self, sheet: Sheet, read: Read) -> None:
        """Letters of list items at the start of lines, by their order."""
        before: str | None = None
        for i in [behind - 1 for behind, form in enumerate(sheet.form) if form[:1] == ")" and behind]:
            if sheet.end[i] - sheet.start[i] != 1 or sheet.line[i + 1] != sheet.line[i] or not self._opens(sheet, i):
                continue
            letter = settle(sheet.form[i], before) or sheet.form[i].lower()
            if letter in ORDER:
                if letter != sheet.form[i].lower():
                    read.words[i], read.sure[i] = letter, 0.9
                elif read.words[i] is not None:
                    read.words[i] = None
                before = letter

    @staticmethod
    def _opens(sheet: Sheet, i: int) -> bool:
        """Is a piece the first of its line, but for marks? A mark is it where it opens a bracket."""

        def speck(j: int) -> bool:
            return sheet.kind[j] == MARK and "(" not in sheet.form[j]

        first = i
        while first and sheet.line[first - 1] == sheet.line[i] and speck(first - 1):
            first -= 1
        return not speck(i) and (not first or sheet.line[first - 1] != sheet.line[i])

    def _merges(self, sheet: Sheet, readings: Readings, forms: Ints, kept: list[int]) -> list[tuple[int, int, float]]:
        """Neighbours that may be one word with a space too many in it."""
        weak = readings.doubtful(forms)
        found: list[tuple[int, int, float]] = []
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
                    found.append((first, readings.number_of(WORD, merged), EXTRA_SPACE))
        return found + self._broken_merges(sheet, readings, kept)

    def _broken_merges(self, sheet: Sheet, readings: Readings, kept: list[int]) -> list[tuple[int, int, float]]:
        """Pieces of broken ink that may be one word; the price of the space is that of any sign too many."""
        found: list[tuple[int, int, float]] = []
        for first, (i, j) in enumerate(pairwise(kept)) if BROKEN in sheet.kind else ():
            if BROKEN not in (sheet.kind[i], sheet.kind[j]) or STOP in (sheet.kind[i], sheet.kind[j]):
                continue
            gap = sheet.start[j] - sheet.end[i]
            if sheet.line[i] == sheet.line[j] and gap <= 1 and sheet.kind[i] != CODE != sheet.kind[j]:
                merged = sheet.form[i] + " " * gap + sheet.form[j]
                if len(merged) <= _BROKEN_WORD:
                    found.append((first, readings.number_of(BROKEN, merged), 0.0))
        return found


@cache
def restorer() -> Restorer:
    """The restorer with the installed model."""
    return Restorer(load())


def restore(source: SourceText, weigh: bool = False) -> RestoredText:
    """Restore a document; the result has exactly the source's lines.

    With ``weigh`` changed words keep the other readings that were weighed (slower).
    """
    hints = hints_of(source.geometry) if source.geometry else None
    lines, profile = restorer().restore([line.text for line in source.lines], weigh=weigh, hints=hints)
    return RestoredText(source, tuple(lines), profile.name)
