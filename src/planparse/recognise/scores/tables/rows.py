"""Rows of score tables out of lines: which lines are rows, which heads, which parts of a row's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from planparse.lexicon import letters
from planparse.lexicon.indices import Index, indices
from planparse.recognise.layout import Layout, Role
from planparse.recognise.passage import Range
from planparse.recognise.plain import plain
from planparse.recognise.scores.tables.cells import Cell, TableLine, damaged_line, table_line
from planparse.recognise.scores.tables.head import is_head_line
from planparse.restore.text import RestoredText


@dataclass
class Row:
    """A row: its label, the pieces of its name in reading order, and its figures."""

    line: int
    label: str | None
    names: list[tuple[str, Range]]
    cells: tuple[Cell, ...]
    number: str | None = None
    level: int = 1
    parent: str | None = None
    label_inferred: bool = False
    heads: bool = False
    """Whether it stands above all others, with a Roman number."""
    lost: bool = False
    """Whether only its name is left."""

    @property
    def name(self) -> str:
        """The name, its pieces joined."""
        return " ".join(" ".join(text for text, _ in self.names).split())


@dataclass
class RawTable:
    """A table before its columns are told apart."""

    head: list[str]
    heading: list[str]
    """Lines above the head, nearest last: one of them says which index it is."""
    rows: list[Row]
    lines: set[int] = field(default_factory=set)


_LEAST = 3
"""Rows that make a table."""
_TELLING = re.compile(r"[/+±>≥<≤]|\d[.,]\d|\d{4}")
"""What the ink of a row with figures holds at least: a rank, a sign, a fraction or many digits."""
_APART = 14
"""Lines that may stand between two rows of one table: a name of many lines, a page's end, a repeated head."""


def find_raw_tables(text: RestoredText, layout: Layout) -> list[RawTable]:
    """All score tables: runs of at least three lines that end in figures, below a head that names such columns."""
    usable = [
        n
        for n in range(1, len(text.lines) + 1)
        if layout.role(n) not in (Role.BLANK, Role.HEAD) and not _is_furniture(text.source.lines[n - 1].text)
    ]
    told = {n: table_line(text, n) for n in usable if _TELLING.search(text.source.lines[n - 1].text)}
    if sum(map(_has_figures, told.values())) < _LEAST:
        return []
    lines = [told.get(n) or table_line(text, n) for n in usable]
    figured = [i for i, line in enumerate(lines) if _has_figures(line)]
    runs: list[list[int]] = []
    for i in figured:
        if runs and i - runs[-1][-1] <= _APART and not _breaks(lines, runs[-1], i):
            runs[-1].append(i)
        else:
            runs.append([i])
    ends = [0, *(run[-1] + 1 for run in runs)]
    runs = [
        _with_damaged(text, lines, run, after) for run, after in zip(runs, ends, strict=False) if len(run) >= _LEAST
    ]
    tables = [_table(lines, run) for run in runs]
    return [table for table in tables if table.head or _speaks_for_itself(table)]


def _with_damaged(text: RestoredText, lines: list[TableLine], run: list[int], after: int) -> list[int]:
    """A run with the rows within and right above it whose last figures are ruined; ``lines`` are read anew there.

    ``after`` is the first line that belongs to no table above.

    A row above the first needs its rank and three figures; one within needs two, and a name that is known.
    """
    found = list(run)
    for i in range(max(after, run[0] - _APART), run[-1]):
        if i in run or is_head_line(_whole(lines[i])) or (line := damaged_line(text, lines[i].number)) is None:
            continue
        ranked = any(cell.kind == "rank" for cell in line.cells)
        figures = sum(cell.kind != "unreadable" for cell in line.cells)
        above = i < run[0]
        if (ranked and figures >= 3) or (not above and figures >= 2 and likeness(line.name) > _WHOLE - 0.15):
            lines[i] = line
            found.append(i)
    return sorted(found)


def _is_furniture(line: str) -> bool:
    return bool(re.fullmatch(r"\W*(?:https?://\S+|www\.\S+|\d{1,3})?\W*", line))


def _has_figures(line: TableLine) -> bool:
    """Two figures at least, one of them no plain count."""
    telling = [
        c for c in line.cells if c.kind == "rank" or c.signed or c.compared or re.search(r"\d[.,]\d|\d{4}", c.ink)
    ]
    return len(line.cells) >= 2 and bool(telling) and len(line.name.split()) <= 24


def _breaks(lines: list[TableLine], run: list[int], at: int) -> bool:
    """Whether a new table begins between the run's last row and the row at ``at``: its numbering starts again."""
    between = lines[run[-1] + 1 : at]
    heads = any(is_head_line(line.name) for line in between if not line.cells)
    headings = any(re.match(r"\d\.\d", line.label or "") and not line.cells for line in between)
    again = lines[at].label in {"1", "I", "l"} or any(line.label == "1" for line in between)
    counted = [lines[i].label for i in run if lines[i].label]
    return (heads or headings) and again and len(counted) > 1


def _speaks_for_itself(table: RawTable) -> bool:
    """Ranks and increases are proof enough where the head is lost."""
    kinds = [
        sum(c.kind == "rank" for c in row.cells) + sum(c.signed or c.compared for c in row.cells)
        for row in table.rows
    ]
    return sum(count > 1 for count in kinds) * 2 >= len(kinds)


def _table(lines: list[TableLine], run: list[int]) -> RawTable:
    rows = [Row(lines[i].number, lines[i].label, _named(lines[i]), lines[i].cells) for i in run]
    first = run[0]
    above = _above(lines, first)
    heads = [i for i in above if not _has_figures(lines[i]) and is_head_line(_whole(lines[i]))]
    heads = _together(heads)
    head_from = heads[0] if heads else first
    lead = [lines[i] for i in range(heads[-1] + 1 if heads else first, first)]
    begin = above[0] if above else first
    table = RawTable(
        head=[lines[i].text for i in range(head_from, heads[-1] + 1)] if heads else [],
        heading=[_whole(lines[i]) for i in range(max(0, begin - 4), head_from)],
        rows=rows,
    )
    table.lines.update(lines[i].number for i in range(head_from, run[-1] + 1))
    _give_lead(rows[0], lead)
    for row, (a, b) in zip(rows[:], pairwise(run), strict=False):
        between = [lines[i] for i in range(a + 1, b)]
        repeated = [k for k, line in enumerate(between) if is_head_line(_whole(line))]
        following = rows[rows.index(row) + 1]  # rows found since stand before it
        if repeated:  # the head once more on the next page: names end above it and begin below it
            _take_rest(row, between[: repeated[0]])
            table.head += [line.text for line in between[repeated[0] : repeated[-1] + 1]]
            _give_lead(following, between[repeated[-1] + 1 :])
        elif (lost := _lost_row(row, following, between)) is not None:
            table.rows.insert(table.rows.index(following), lost)
        else:
            _share(row, following, between)
    _take_tail(table, lines, run[-1])
    return table


def _above(lines: list[TableLine], first: int) -> list[int]:
    """Lines that may be a table's head: above its first row, below other rows and the section's heading."""
    found = []
    for i in range(first - 1, max(-1, first - 1 - _APART), -1):
        if _has_figures(lines[i]) or (re.match(r"\d\.\d", lines[i].label or "") and not lines[i].cells):
            break
        found.append(i)
    return found[::-1]


def _together(heads: list[int]) -> list[int]:
    """The head lines nearest the rows: one block, with at most two lines of rubbish within."""
    block: list[int] = []
    for i in reversed(heads):
        if block and block[-1] - i > 3:
            break
        block.append(i)
    return block[::-1]


def _whole(line: TableLine) -> str:
    label = f"{line.label} " if line.label else ""
    return f"{label}{line.name} {' '.join(c.ink for c in line.cells)}".strip()


def _named(line: TableLine) -> list[tuple[str, Range]]:
    return [(line.name, line.name_place)] if line.name_place else []


def _give_lead(row: Row, lead: list[TableLine]) -> None:
    """Lines between a head and a row begin its name; what OCR left of the head stands above them."""
    pieces = [piece for line in lead for piece in _named(line)]
    fits = [likeness(" ".join([*(text for text, _ in pieces[at:]), row.name])) for at in range(len(pieces) + 1)]
    best = max(range(len(fits)), key=lambda at: (fits[at], -at))
    row.names = pieces[best if fits[best] > 0.6 else 0 :] + row.names


def _take_rest(row: Row, below: list[TableLine]) -> None:
    """Lines between a row and the page's end go on with its name as far as they make it more like a known one."""
    pieces = [piece for line in below for piece in _named(line)]
    fits = [likeness(" ".join([row.name, *(text for text, _ in pieces[:at])])) for at in range(len(pieces) + 1)]
    row.names += pieces[: max(range(len(fits)), key=lambda at: (fits[at], -at))]


def _lost_row(row: Row, following: Row, between: list[TableLine]) -> Row | None:
    """A row whose figures OCR has lost: its name alone stands between two rows that are complete without it."""
    if likeness(following.name) < _WHOLE or likeness(row.name) < _WHOLE:
        return None
    pieces = [piece for line in between for piece in _named(line)]
    if likeness(" ".join(text for text, _ in pieces)) < _WHOLE - 0.15:
        return None
    label = next((line.label for line in between if line.label), None)
    return Row(between[0].number, label, pieces, (), lost=True)  # a figure left over belongs to no known column


_WHOLE = 0.85
"""Likeness to a known name from which a name counts as complete."""


def _share(row: Row, following: Row, between: list[TableLine]) -> None:
    """Lines between two rows end the first one's name, begin the second one's, or are rubbish.

    A row's name stands around its figures, so a line can go either way; the split is taken that makes both names
    most like components of an index, and where none is known the second name begins with the last capital.
    """
    pieces = [piece for line in between for piece in _named(line)]
    count = len(pieces)
    splits = [(a, b) for a in range(count + 1) for b in range(a, count + 1)]

    def fit(split: tuple[int, int]) -> float:
        a, b = split
        left = " ".join([row.name, *(text for text, _ in pieces[:a])])
        right = " ".join([*(text for text, _ in pieces[b:]), following.name])
        names = round(likeness(left), 2) + round(likeness(right), 2)
        return names + 0.3 * _by_capitals(pieces, a, b, following.name) - 0.2 * (b - a)

    a, b = max(splits, key=fit)
    row.names += pieces[:a]
    following.names = pieces[b:] + following.names


def _by_capitals(pieces: list[tuple[str, Range]], a: int, b: int, own: str) -> float:
    """How well a split agrees with capitals: a name begins with one and goes on without."""
    opens = [text for text, _ in pieces[b:]] + [own]
    good = 1.0 if opens[0][:1].isupper() else 0.0
    good -= 0.5 * sum(text[:1].isupper() for text, _ in pieces[:a] if len(text) > 1)
    return good - 0.5 * sum(text[:1].isupper() for text in opens[1:] if len(text) > 1)


@cache
def likeness(name: str) -> float:
    """How like the name is to some component or part of an index, 0 to 1."""
    return process.extractOne(letters(name), _known_names(), scorer=fuzz.ratio)[1] / 100 if name.strip() else 0.0


@cache
def _known_names() -> tuple[str, ...]:
    """The letters of the names of all components and parts."""
    components = [c for index in indices() for s in index.sets for c in s.components]
    components += [part for index in indices() for part in index.parts]
    return tuple({letters(name): None for c in components for name in (c.name, *c.aliases)})


def _take_tail(table: RawTable, lines: list[TableLine], last: int) -> None:
    """Lines below the last row that go on with its name: they begin small, or make it a known one."""
    row = table.rows[-1]
    for line in lines[last + 1 : last + 4]:
        if line.cells or line.label or not line.name_place or len(line.name.split()) > 6:
            break
        grown = f"{row.name} {line.name}"
        small = not line.name[:1].isupper() and not line.name.rstrip().endswith((".", ";", ":"))
        if likeness(grown) <= likeness(row.name) and not (small and likeness(row.name) < 0.75):
            break
        row.names += _named(line)
        table.lines.add(line.number)


def index_of(table: RawTable) -> Index | None:
    """The index that a table is of: the one whose components its rows are, else the one named above it."""
    names = [row.name for row in table.rows]
    votes = {index.id: sum(index.component(name) is not None for name in names) for index in indices()}
    best = max(votes, key=lambda i: votes[i])
    if votes[best] * 3 >= len(names) and votes[best] >= 2:
        return next(index for index in indices() if index.id == best)
    for line in reversed([*table.heading, *table.head]):
        folded = re.sub(r"[\s-]+", "", plain(line))
        for index in indices():
            if re.sub(r"[\s-]+", "", plain(index.id)) in folded:
                return index
    return None
