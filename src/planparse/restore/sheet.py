"""A text taken apart into pieces, and put together again from what was read of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from planparse.native import kernels
from planparse.restore.letters import silent
from planparse.restore.readings import Profile
from planparse.restore.specks import specks
from planparse.restore.text import RestoredLine, Token
from planparse.restore.tokens import MARK, STOP, WORD, Piece, cut, cut_broken

_CHUNK = re.compile(r"\S+")
_STRAY = re.compile(r"(?:^|\s)\W(?:\s|$)")
"""A mark that stands alone: without one there is no run of dirt."""


_REMEMBERED = 65_536
"""Chunks whose pieces are remembered between documents."""


class Known(NamedTuple):
    """What is known of a word beside its letters: how sure the OCR was (1: as of text), and another reading of it."""

    confidence: float = 1.0
    other: str | None = None


class Sheet:
    """The pieces of some lines, flat, with where each stands."""

    def __init__(self, lines: Sequence[str], broken: Collection[tuple[int, int]] = ()) -> None:
        """``broken``: line and start of the chunks that are broken words (:mod:`planparse.restore.by_letters`)."""
        self.line: list[int] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.kind: list[int] = []
        self.form: list[str] = []
        self.dirt: set[tuple[int, int]] = set()
        """Line and start of the pieces that are no text."""
        self.known: dict[int, Known] = {}
        """Pieces of which more is known than their letters; empty for text."""
        self.ruled = {number for number, line in enumerate(lines) if "|" in line or "   " in line}
        """Lines of tables: with a ruling line, or a gap between columns."""
        self.second: Profile | None = None
        """The noise on second readings, where there are any."""
        self.capitals: list[int] = []
        """Words of three letters and more, all of them capitals."""
        self.loud: list[bool] = []
        """Lines mostly in capitals."""
        for number, line in enumerate(lines):
            if _STRAY.search(line):
                self._find_dirt(number, line, line.split())
        kernel = kernels()
        if kernel is None:
            self._cut(lines, broken)
        else:
            kernel.cut_lines(
                list(lines), _pieces, _learn, broken, _broken_pieces, STOP, self.columns, self.capitals, self.loud
            )

    @property
    def columns(self) -> tuple[list[int], list[int], list[int], list[int], list[str]]:
        """Of all pieces the line, the start, the end, the kind and the form."""
        return self.line, self.start, self.end, self.kind, self.form

    def _cut(self, lines: Sequence[str], broken: Collection[tuple[int, int]]) -> None:
        """Take down the pieces of all lines: what ``cut_lines`` of ``native/pieces.c`` must do alike."""
        for number, line in enumerate(lines):
            first, at, balance = len(self.form), 0, 0
            for chunk in line.split():
                at = line.index(chunk, at)
                is_broken = bool(broken) and (number, at) in broken
                pieces = _broken_pieces(chunk) if is_broken else _pieces.get(chunk) or _learn(chunk)
                for kind, start, end, form, loudness in pieces:
                    balance += loudness
                    if loudness > 0 and end - start > 2:
                        self.capitals.append(len(self.form))
                    self.start.append(at + start)
                    self.end.append(at + end)
                    self.kind.append(kind)
                    self.form.append(form)
                at += len(chunk)
            if not at:  # a blank line ends a sentence; it has no ink
                self.start.append(0)
                self.end.append(0)
                self.kind.append(STOP)
                self.form.append("")
            self.line += [number] * (len(self.form) - first)
            self.loud.append(balance > 0)

    def _find_dirt(self, number: int, line: str, chunks: list[str]) -> None:
        runs = list(specks(chunks))
        if not runs:
            return
        places = [match.span() for match in _CHUNK.finditer(line)]
        for first, behind in runs:
            for start, end in places[first:behind]:
                self.dirt.update((number, at) for at in range(start, end))


class Part(NamedTuple):
    """A piece of a chunk with its ink, and how loud it is: 2 in capitals, -1 in other letters, 0 if it is no word."""

    kind: int
    start: int
    end: int
    form: str
    loudness: int


_pieces: dict[str, tuple[Part, ...]] = {}
"""Of chunks that were met: every word of every document is looked up here."""


def _learn(chunk: str) -> tuple[Part, ...]:
    """The pieces of a chunk not met before."""
    if len(_pieces) >= _REMEMBERED:
        _pieces.clear()
    found = _pieces[chunk] = _parts(chunk, cut(chunk))
    return found


def _broken_pieces(chunk: str) -> tuple[Part, ...]:
    """The pieces of a chunk that is a broken word."""
    return _parts(chunk, cut_broken(chunk))


def _parts(chunk: str, pieces: Iterable[Piece]) -> tuple[Part, ...]:
    found = []
    for kind, start, end in pieces:
        form = chunk[start:end]
        loudness = 0
        if kind == WORD and end - start > 1:
            loudness = 2 if form.isupper() else -1
        found.append(Part(kind, start, end, form, loudness))
    return tuple(found)


@dataclass
class Read:
    """What was read of every piece of a sheet: words (None: as it stands), how sure, and what was swallowed."""

    words: list[str | None]
    sure: list[float]
    swallowed: set[int]
    clean_dirt: bool = False
    weighed: dict[int, tuple[tuple[str, float], ...]] | None = None
    """The readings of each changed piece, best first; None where nobody asked."""


_token = partial(tuple.__new__, Token)
"""A token from a tuple of its fields, at half the price of naming them: documents have many."""


def write(lines: Sequence[str], sheet: Sheet, read: Read) -> list[RestoredLine]:
    """The lines with their pieces as they were read."""
    kernel = kernels()
    if kernel is None:
        return _write(lines, sheet, read)
    dirt = sheet.dirt if read.clean_dirt else set()
    written = kernel.write_lines(
        list(lines), sheet.columns, read.words, read.sure, read.swallowed, read.weighed, dirt, read.clean_dirt, Token
    )
    return [RestoredLine(number, text, tokens) for number, (text, tokens) in enumerate(written, 1)]


def _write(lines: Sequence[str], sheet: Sheet, read: Read) -> list[RestoredLine]:
    """The same in Python: what ``write_lines`` of ``native/pieces.c`` must do alike."""
    written: list[RestoredLine] = []
    line_of, starts, ends, kinds, forms = sheet.line, sheet.start, sheet.end, sheet.kind, sheet.form
    dirt = sheet.dirt if read.clean_dirt else ()
    words, sure, swallowed, weighed = read.words, read.sure, read.swallowed, read.weighed
    cleaned = read.clean_dirt
    i, count = 0, len(forms)
    for number, line in enumerate(lines):
        parts: list[str] = []
        tokens: list[Token] = []
        done = length = 0
        while i < count and line_of[i] == number:
            start, end = starts[i], ends[i]
            if end > start:
                if start > done:
                    parts.append(line[done:start])
                    length += start - done
                elif parts and _is_rule(sheet, i):
                    parts.append(" ")  # "|word": a ruling line touches the word, it is no part of it
                    length += 1
                text = words[i]
                if text is None:
                    text = forms[i]
                if (dirt and (number, start) in dirt) or (cleaned and kinds[i] == MARK and _is_underscore(sheet, i)):
                    text = ""
                at = i
                if swallowed and i + 1 in swallowed:
                    i += 1
                    end = ends[i]
                parts.append(text)
                behind = length + len(text)
                others = weighed.get(at, ()) if weighed else ()
                tokens.append(_token((text, length, behind, start, end, sure[at], others)))
                length, done = behind, end
            i += 1
        parts.append(line[done:])
        written.append(RestoredLine(number + 1, "".join(parts), tuple(tokens)))
    return written


def compose(line: str) -> tuple[str, list[int]]:
    """The line in NFC, and where each of its characters begins in the line given (with its end appended)."""
    text: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(line):
        end = at + 1
        while end < len(line) and unicodedata.combining(line[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", line[at:end])
        text.append(cluster)
        offsets += [at] * len(cluster)
        at = end
    return "".join(text), [*offsets, len(line)]


def moved(line: RestoredLine, offsets: list[int]) -> RestoredLine:
    tokens = tuple(
        token._replace(ink_start=offsets[token.ink_start], ink_end=offsets[token.ink_end]) for token in line.tokens
    )
    return RestoredLine(line.number, line.text, tokens)


def _is_underscore(sheet: Sheet, i: int) -> bool:
    """Is this an underscore stuck to a word: the foot of a ruling line?"""
    if sheet.kind[i] != MARK or sheet.form[i].strip("_"):
        return False
    after = i + 1 < len(sheet.line) and sheet.line[i + 1] == sheet.line[i] and sheet.start[i + 1] == sheet.end[i]
    return after and sheet.kind[i + 1] == WORD and len(sheet.form[i]) == 1


def _is_rule(sheet: Sheet, i: int) -> bool:
    """Does a vertical ruling line stand between a piece and the one before, which it touches?"""
    if sheet.line[i] != sheet.line[i - 1] or sheet.end[i - 1] != sheet.start[i]:
        return False
    return sheet.form[i - 1].endswith("|") or sheet.form[i].startswith("|")


def shouting(inks: list[str], kinds: list[int], i: int) -> bool:
    """Are both neighbouring words (or the only one) in capitals?"""
    near = [
        inks[j] for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(inks) and kinds[j] == WORD and len(inks[j]) > 1
    ]
    return bool(near) and all(sum(c.isupper() for c in ink) > sum(c.islower() for c in ink) for ink in near)


def calm(sheet: Sheet, i: int) -> bool:
    """Are more of the words beside a piece, on its line, in small letters than surely in capitals?"""
    if sheet.loud[sheet.line[i]]:
        return False
    small = capitals = 0
    for j in range(max(0, i - 3), min(len(sheet.form), i + 4)):
        form = sheet.form[j]
        if j == i or sheet.line[j] != sheet.line[i] or sheet.kind[j] != WORD or len(form) < 2:
            continue
        if any(letter.islower() for letter in form):
            small += 1
        elif form.isupper() and not silent(form):
            capitals += 1
    return small > capitals


def bracketed(sheet: Sheet, i: int) -> bool:
    """Does a piece stand by itself in brackets?"""
    return 0 < i < len(sheet.form) - 1 and sheet.form[i - 1].endswith("(") and sheet.form[i + 1].startswith(")")


def between(sheet: Sheet, i: int) -> bool:
    """Does a piece stand between two words of its line that begin with small letters? A lone letter is no word."""
    return 0 < i < len(sheet.form) - 1 and all(
        sheet.line[j] == sheet.line[i]
        and sheet.kind[j] == WORD
        and len(sheet.form[j]) > 1
        and sheet.form[j][0].islower()
        for j in (i - 1, i + 1)
    )
