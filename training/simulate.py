"""``python -m training simulate``: tables as an OCR engine would hand them over, no page drawn or read.

The layout is the renderer's own (wrapped cells, centred or not, page breaks); what Tesseract does with it
is played: which columns it reads together and which one after the other, how it merges lines that stand half a
line apart, which words it breaks, which specks it takes for words. What it really does is learned from real pages;
these teach the tagger what plans say, in many more layouts than could be read.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

from planparse.lexicon import strip_marks
from planparse.recognise.tables.chunks import BLANK_LINE, NEW_PAGE, SAME_BLOCK
from planparse.recognise.tables.head_names import ROLE_KINDS
from planparse.recognise.tables.words import Word, key, width
from training.column_examples import Example, Place, TableLine, load
from training.invent import invent_table
from training.render import Page, Style
from training.render import Word as Printed
from training.tablepages import random_look

DPI = 72
"""The layout is drawn small: only places count."""

Segment = tuple[float, float, list[Printed]]
"""Top, left and words of one line of one cell."""
Spot = tuple[str, Place, bool, float]
"""Text, place, whether a rule stands before it, confidence."""


def simulate(rng: random.Random, clauses: Sequence[str], specks: Sequence[str]) -> Example:
    """A table. ``specks`` are what OCR makes of nothing."""
    from training.tables import draw

    plan = invent_table(rng, rng.randint(5, 18), list(clauses) or None)
    style, look = random_look(rng)
    style = Style(style.family, style.size, DPI, style.leading)
    roles = [c.kind for c in plan.columns]
    spans = {i for i, row in enumerate(plan.rows) if row.span}
    example = Example("simulated", [ROLE_KINDS[r] for r in roles], [], [], roles=roles)
    habits = _Habits(rng, specks, look.ruled)
    for page in draw(plan, style, look):
        lines = _read_page(page, roles, habits)
        for number, (opens, words) in enumerate(lines):
            spots = habits.spoil([(w.text, _place(w, roles, spans), rule) for w, rule in words])
            if spots:
                example.lines.append(_line(len(example.lines) + 1, spots, NEW_PAGE if number == 0 else opens))
    return example


def _place(word: Printed, roles: Sequence[str], spans: set[int]) -> Place:
    assert word.cell is not None
    row, kind = word.cell
    return (row, -1) if row in spans else (row, roles.index(kind))


def _line(number: int, spots: Sequence[Spot], before: int) -> TableLine:
    words, places, at = [], [], 0
    for text, place, ruled, sure in spots:
        words.append(Word(number, at, at + len(text), text, key(text), width(text), ruled, sure))
        places.append(place)
        at += len(text) + 1
    return TableLine(words, places, before)


class _Habits:
    """What the engine does on one scan."""

    def __init__(self, rng: random.Random, specks: Sequence[str], ruled: bool) -> None:
        self.rng, self.specks = rng, specks
        self.merge = rng.uniform(0.3, 0.62)
        self.rules = rng.choice([0.0, 0.1, 0.4, 0.8]) if ruled else 0.0
        self.bad = rng.choice([0.05, 0.12, 0.25])
        self.lost = rng.choice([0.0, 0.1, 0.35])
        self.together = rng.choice([0.0, 0.3, 0.7, 0.9, 1.0])

    def spoil(self, words: Sequence[tuple[str, Place, bool]]) -> list[Spot]:
        rng = self.rng
        spots: list[Spot] = []
        wrong = 0.4 if rng.random() < self.bad else 0.12 if rng.random() < 2 * self.bad else 0.015
        stretch = 0
        for at, (text, place, ruled) in enumerate(words):
            label = (
                place is not None
                and at == 0
                and len(text) <= 4
                and (text[0] in "0123456789IVX" or text in "ABCDEFGH")
            )
            if label and rng.random() < self.lost:
                continue
            if rng.random() < 0.1 * wrong + 0.002:
                spots += [
                    (rng.choice(self.specks), None, False, rng.uniform(0.2, 1)) for _ in range(rng.randint(1, 3))
                ]
            if stretch > 0 or rng.random() < wrong / 2:
                stretch = rng.choice([0, 1, 1, 2, 4]) if stretch <= 0 else stretch - 1
                broken = self._broken(text, words)
                if broken is None:
                    continue
                spots.append((broken, place, ruled, rng.uniform(0.2, 0.98)))
            else:
                if text[-1] in ",.;" and rng.random() < 0.06:
                    text = text[:-1] or text
                spots.append((text, place, ruled, 1.0 if rng.random() < 0.8 else rng.uniform(0.85, 1)))
        return spots

    def _broken(self, text: str, words: Sequence[tuple[str, Place, bool]]) -> str | None:
        rng = self.rng
        how = rng.random()
        if how < 0.1:
            return None
        if how < 0.3:
            return rng.choice(self.specks)
        if how < 0.5:
            return rng.choice(words)[0]
        letters = list(strip_marks(text) if rng.random() < 0.5 else text)
        for _ in range(rng.choice([1, 1, 2, 3])):
            place = rng.randrange(len(letters))
            letters[place] = rng.choice(["", rng.choice("aeioucnhtlri1.’"), letters[place] + rng.choice("ilr.'")])
        return "".join(letters).strip() or text


def _segments(page: Page) -> dict[int, dict[str, list[Segment]]]:
    """The lines of each cell, by row and column, as they stand on the page."""
    rows: dict[int, dict[str, list[Segment]]] = {}
    for word in page.words:
        if word.cell is None or word.cell[0] < 0:
            continue
        row, kind = word.cell
        lines = rows.setdefault(row, {}).setdefault(kind, [])
        if lines and abs(lines[-1][0] - word.box[1]) < 1:
            lines[-1][2].append(word)
        else:
            lines.append((word.box[1], word.box[0], [word]))
    return rows


Read = tuple[int, list[tuple[Printed, bool]]]


def _read_page(page: Page, roles: Sequence[str], habits: _Habits) -> list[Read]:
    """The page's lines: stretches of rows whose columns are read in groups, each group's lines merged."""
    rng = habits.rng
    rows = sorted(_segments(page).items())
    lines: list[Read] = []
    at = 0
    while at < len(rows):
        together = rng.random() < habits.together
        count = rng.choice([2, 4, 8, 30]) if together else rng.choice([1, 1, 1, 1, 2, 3])
        stretch = rows[at : at + count]
        at += count
        for group in _groups(rng, roles, together):
            some = [(row, s) for row, cells in stretch for role in group for s in cells.get(role, [])]
            merged = _merge(habits, [s for _, s in some], page.style.line)
            before = BLANK_LINE
            for line in merged:
                lines.append((before, line))
                before = BLANK_LINE if not together and rng.random() < 0.05 else SAME_BLOCK
    return lines


def _groups(rng: random.Random, roles: Sequence[str], together: bool) -> list[Sequence[str]]:
    """Columns that are read together: all, each alone, or runs of them."""
    if together:
        return [roles]
    if rng.random() < 0.6:
        return [[role] for role in roles]
    groups: list[list[str]] = [[roles[0]]]
    for role in roles[1:]:
        if rng.random() < 0.45:
            groups[-1].append(role)
        else:
            groups.append([role])
    return list(groups)


def _merge(habits: _Habits, segments: Sequence[Segment], height: float) -> list[list[tuple[Printed, bool]]]:
    """Segments whose lines the engine takes for one, top to bottom, each from left to right."""
    found: list[tuple[float, list[Segment]]] = []
    tolerance = habits.merge * height
    for segment in sorted(segments, key=lambda s: (s[0], s[1])):
        best = None
        for entry in found[-4:]:
            apart = abs(entry[0] - segment[0])
            free = all(segment[1] > s[2][-1].box[2] or segment[2][-1].box[2] < s[1] for s in entry[1])
            if apart < tolerance and free and (best is None or apart < abs(best[0] - segment[0])):
                best = entry
        if best:
            best[1].append(segment)
        else:
            found.append((segment[0], [segment]))
    lines = []
    for _, together in found:
        words: list[tuple[Printed, bool]] = []
        for segment in sorted(together, key=lambda s: s[1]):
            ruled = bool(words) and habits.rng.random() < habits.rules
            words += [(w, ruled and i == 0) for i, w in enumerate(segment[2])]
        lines.append(words)
    return lines


PART = 60
"""Tables of a file."""


def specks_of(folder: Path) -> list[str]:
    """What OCR made of nothing in the first rendered tables of a folder."""
    return [
        word.text
        for path in sorted(folder.glob("*.json"))[:60]
        for line in load(path).lines
        for word, place in zip(line.words, line.places, strict=True)
        if place is None
    ]


def main(argv: list[str]) -> int:
    from training.tagger import learnable

    ask = argparse.ArgumentParser(prog="python -m training simulate", description=__doc__)
    ask.add_argument("--out", type=Path, required=True, help="folder to write to")
    ask.add_argument("--parts", type=int, default=50, help=f"files of {PART} tables to make")
    ask.add_argument("--tables", type=Path, required=True, help="rendered tables, whose specks are used")
    ask.add_argument("--clauses", type=Path, required=True, help="text file, one clause a line")
    ask.add_argument("--seed", type=int, default=1)
    options = ask.parse_args(argv)
    options.out.mkdir(parents=True, exist_ok=True)
    clauses = options.clauses.read_text(encoding="utf-8").splitlines()
    specks = specks_of(options.tables)
    for part in range(options.parts):
        rng = random.Random(f"{options.seed}-{part}")
        made = [simulate(rng, clauses if rng.random() < 0.85 else [], specks) for _ in range(PART)]
        path = options.out / f"{options.seed}-{part:03d}"
        path.with_suffix(".part").write_bytes(pickle.dumps([learnable(e) for e in made if len(e.lines) > 4]))
        path.with_suffix(".part").rename(path.with_suffix(".pickle"))
    return 0
