"""The cells of one line of a score table: row label, words of the name, and the figures at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from planparse.recognise.passage import Range
from planparse.recognise.scores.tables.readings import LETTERS, readings
from planparse.restore.spelling import is_syllable
from planparse.restore.text import RestoredText

CellKind = Literal["rank", "number", "unreadable"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a row: its ink and where it stands in the restored line."""

    ink: str
    kind: CellKind
    place: Range

    @property
    def signed(self) -> bool:
        """Whether a plus stands before it."""
        return self.ink.lstrip(" >≥=").startswith(("+", "±"))

    @property
    def compared(self) -> bool:
        """Whether a comparison stands before it."""
        return self.ink.lstrip()[:1] in tuple(">≥<≤")


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line as a row of a table may be printed on it."""

    number: int
    text: str
    label: str | None
    name: str
    name_place: Range | None
    cells: tuple[Cell, ...]


Piece = tuple[str, int, int]
"""Ink of a piece between spaces and bars; its start and end in the line of the input or, once placed, as restored."""

_DIGIT = r"[\dlIOoSsBgqZØ|!$?\]']"
_RANK = re.compile(r"[|(]?[\dlIOo|]{1,2}/[\dlIOo|]{2}[)|]?")
_FIGURE = re.compile(
    rf"\|?[>≥<≤=~]*[+\-–±]?[>≥<≤]?{_DIGIT}*\d{_DIGIT}*(?:[.,]{_DIGIT}+)*[.,;:’‘°*%]*"
    rf"|[>≥<≤=~]*[+\-–±]?{_DIGIT}*[.,]{_DIGIT}*\d{_DIGIT}*"
    r"|\d{1,2}/\d{3,4}"
)
"""A number with what may stand before it; a bar or a letter in it may be a misread digit."""

_FRACTION = re.compile(r"\d[.,/]\d")
_MARK = re.compile(r"[>≥<≤=~]+[+\-–±]?|[+±]")
_NOISE = re.compile(r"[.,;:'’‘`\"_°*~\-–—\[]+")
_LABEL = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,4}|[a-zđA-Z])(?P<end>[.)_]?)")


def table_line(text: RestoredText, number: int) -> TableLine:
    """Read one line: figures from its right end as far as they go, a label at its left end, the name between."""
    pieces = _pieces(text, number)
    cut = _first_figure(pieces)
    return _line(text, number, pieces, cut, [_placed(text, number, piece) for piece in pieces[cut:]])


def damaged_line(text: RestoredText, number: int) -> TableLine | None:
    """Read a line whose last cell is ruined (``31/63 | 8,2500 10 +0,50 lò) Vm``); ``None`` if it holds no row.

    It must hold two figures at least, one of them no plain count. The rest of the line is one unreadable cell.
    """
    pieces = _pieces(text, number)
    best = (0, 0)
    for end in range(len(pieces), 1, -1):
        start = _first_figure(pieces[:end])
        if sum(_is_figure(ink) for ink, _, _ in pieces[start:end]) > sum(
            _is_figure(ink) for ink, _, _ in pieces[best[0] : best[1]]
        ):
            best = (start, end)
    start, end = best
    while end - start > 4 and re.fullmatch(r"\d|\|", pieces[end - 1][0]):
        end -= 1  # `2 lò) Vm`: a lone digit beside rubbish belongs to it
    figures = [ink for ink, _, _ in pieces[start:end] if _is_figure(ink)]
    telling = any(_FRACTION.search(ink) for ink in figures)
    if start == 0 or len(figures) < 2 or not telling or len(pieces) - end > 5:
        return None
    tail = [piece for piece in pieces[end:] if piece[0] != "|" and not _NOISE.fullmatch(piece[0])]
    if any(len(ink) > 9 for ink, _, _ in tail):
        return None
    placed = [_placed(text, number, piece) for piece in pieces[start:end]]
    if tail:
        (_, first, _), (_, _, behind) = (_placed(text, number, piece) for piece in (tail[0], tail[-1]))
        placed.append((" ".join(ink for ink, _, _ in tail), first, behind))
    return _line(text, number, pieces, start, placed)


def _line(text: RestoredText, number: int, pieces: list[Piece], cut: int, figures: list[Piece]) -> TableLine:
    """The line whose name ends before piece ``cut``; its figures are placed in the restored line already."""
    label, words = _label(pieces[:cut])
    words = [piece for piece in words if piece[0] != "|"]
    shown = text.line(number).text
    if not words:
        return TableLine(number, shown, label, "", None, tuple(_cells(number, figures)))
    (_, start, _), (_, _, end) = (_placed(text, number, word) for word in (words[0], words[-1]))
    if figures:
        end = min(end, max(start, figures[0][1]))
    name = " ".join(shown[start:end].replace("|", " ").split())
    return TableLine(number, shown, label, name, (number, start, end), tuple(_cells(number, figures)))


def _pieces(text: RestoredText, number: int) -> list[Piece]:
    """The line's ink in pieces; figures are read from the ink because no digit is ever restored."""
    ink = text.source.lines[number - 1].text
    found: list[Piece] = []
    at = 0
    for word in ink.split():
        at = ink.index(word, at)
        end = at + len(word)
        if "|" in word:
            found += [(word[a:b], at + a, at + b) for a, b in _split(word)]
        else:  # as most words
            found.append((word, at, end))
        at = end
    return found


def _placed(text: RestoredText, number: int, piece: Piece) -> Piece:
    """A piece with where it stands in the restored line; all ink is some token's."""
    shown, a, b = piece
    line, ink = text.line(number), text.source.lines[number - 1].text
    tokens = line.tokens_of_ink(a, b)
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 1 and first.text == ink[first.ink_start : first.ink_end]:
        return shown, first.start + a - first.ink_start, first.start + b - first.ink_start
    return shown, first.start, last.end


@lru_cache(maxsize=65536)
def _split(word: str) -> tuple[tuple[int, int], ...]:
    """A word with bars is one piece if it is a figure; else they are lines of the table: ``|>718``, ``|dieu``."""
    if _FIGURE.fullmatch(word) and not re.match(r"\|[>≥<≤+]", word):
        return ((0, len(word)),)
    return tuple(match.span() for match in re.finditer(r"[^|]+|\|", word))


def _first_figure(pieces: list[Piece]) -> int:
    """Where the figures begin: the longest run of figures, marks and bars that ends the line."""
    cut = len(pieces)
    for at in range(len(pieces) - 1, -1, -1):
        ink = pieces[at][0]
        if _is_figure(ink):
            cut = at
        elif ink == "|" or _MARK.fullmatch(ink) or _NOISE.fullmatch(ink):
            continue
        elif cut < len(pieces) and (_stands_alone(pieces, at) or _is_lone_digit(pieces, at)):
            cut = at
        elif cut < len(pieces) and _is_smudge(pieces, at):
            continue
        elif _is_ruin(pieces, at):
            cut = at if cut < len(pieces) else cut
        else:
            break
    last = len(pieces) - 1
    if cut == len(pieces) and last > 1 and _is_ruin(pieces, last):  # `5,2500 6 +);25`
        cut = last
        while cut > 0 and (_is_figure(pieces[cut - 1][0]) or pieces[cut - 1][0] == "|"):
            cut -= 1
    while 0 < cut < len(pieces) and _MARK.fullmatch(pieces[cut - 1][0]):
        cut -= 1
    return cut


@lru_cache(maxsize=65536)
def _is_figure(ink: str) -> bool:
    return bool(_RANK.fullmatch(ink) or _FIGURE.fullmatch(ink))


def _is_lone_digit(pieces: list[Piece], at: int) -> bool:
    """One letter between two figures is the digit that it looks like: ``0,86 I +0,05``."""
    return pieces[at][0] in LETTERS and at > 0 and _is_figure(pieces[at - 1][0])


def _is_ruin(pieces: list[Piece], at: int) -> bool:
    """A short word where a figure must be: capitals between two figures, or digits behind two of them."""
    ink = pieces[at][0]
    telling = any(_FRACTION.search(pieces[at - back][0]) for back in (1, 2) if at >= back)
    if not telling or len(ink) > 6:
        return False
    figures = [at >= back and _is_figure(pieces[at - back][0]) for back in (1, 2)]
    between = figures[0] and at + 1 < len(pieces) and _is_figure(pieces[at + 1][0]) and not _is_word(ink)
    behind = all(figures) and any(c.isdigit() for c in ink)
    return (between and len(ink) <= 3) or behind


def _is_word(ink: str) -> bool:
    """Whether a piece can be a word of the row's name."""
    return ink.isalpha() and not ink.isupper() and is_syllable(ink)


def _is_smudge(pieces: list[Piece], at: int) -> bool:
    """A few letters between a figure and a comparison are part of its misread ink: ``+0,50 Cif = 9,6250``."""
    ink = pieces[at][0]
    before, behind = pieces[at - 1][0] if at else "", pieces[at + 1][0] if at + 1 < len(pieces) else ""
    marked = _MARK.fullmatch(behind) or behind[:1] in tuple(">≥<≤=")
    return len(ink) <= 4 and ink.isalpha() and not _is_word(ink) and bool(marked) and _is_figure(before)


def _stands_alone(pieces: list[Piece], at: int) -> bool:
    """Whether a word stands between two bars, where a figure should be."""
    ink = pieces[at][0]
    bars = 0 < at < len(pieces) - 1 and pieces[at - 1][0] == "|" and pieces[at + 1][0] == "|"
    return bars and len(ink) <= 6


def _cells(number: int, pieces: list[Piece]) -> list[Cell]:
    cells: list[Cell] = []
    mark: Piece | None = None
    for at, (ink, start, end) in enumerate(pieces):
        if ink == "|" or _NOISE.fullmatch(ink) or _is_smudge(pieces, at):
            continue
        if _MARK.fullmatch(ink):
            mark = (mark[0] + ink, mark[1], end) if mark else (ink, start, end)
            continue
        if mark:
            ink, start = mark[0] + ink, mark[1]
            mark = None
        if _RANK.fullmatch(ink):
            cells.append(Cell(ink, "rank", (number, start, end)))
        elif _FIGURE.fullmatch(ink) or ink in LETTERS:
            cells.append(Cell(ink, "number", (number, start, end)))
        else:
            kind: CellKind = "number" if readings(ink, "+") else "unreadable"
            cells.append(Cell(ink, kind, (number, start, end)))
    return _joined(cells)


def _joined(cells: list[Cell]) -> list[Cell]:
    """``9 6250`` → one figure: four digits alone are the places behind a comma that was lost."""
    joined: list[Cell] = []
    for cell in cells:
        before = joined[-1] if joined else None
        parts = before and re.fullmatch(r"[>≥=]*\d{1,2}", before.ink) and re.fullmatch(r"\d{4}", cell.ink)
        if before and parts and cell.place[1] - before.place[2] <= 1:
            joined[-1] = Cell(f"{before.ink} {cell.ink}", "number", (*before.place[:2], cell.place[2]))
        else:
            joined.append(cell)
    return joined


def _label(words: list[Piece]) -> tuple[str | None, list[Piece]]:
    """A row's number before its name: ``1 |``, ``2.1.``, ``I``, or one misread letter before a bar."""
    if not words:
        return None, words
    match = _LABEL.fullmatch(words[0][0])
    before_bar = len(words) > 1 and words[1][0] == "|"
    if match and (match["label"][0].isdigit() or before_bar or match["end"]):
        return match["label"], words[1:]
    if match and match["label"].isupper() and re.fullmatch(r"[IVX]+", match["label"]):
        return match["label"], words[1:]
    return None, words
