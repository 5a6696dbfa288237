"""``python -m training strays``: learns which words of a cell are none of it.

Reads folders that ``python -m training tables`` made, as the program does, up to the cells that are not read by their
likes; a word that the true cell does not have is a stray, unless it is a misreading of one that it has. The tagger is
surer of tables that it learned from than of any that come later; so a folder that it has not seen may be named twice,
and counts twice::

    python -m training strays --tables /tmp/tables/train /tmp/tables/new /tmp/tables/new --held /tmp/tables/dev \\
        --out src/planparse/data/strays.npz
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from benchmarks.scoring import fold
from rapidfuzz import fuzz

from planparse.lexicon import strip_marks
from planparse.recognise.tables.joins import join_pieces
from planparse.recognise.tables.likes import find_likes
from planparse.recognise.tables.stray_signs import FITS, OTHER, OWN, Asked, signs_of
from planparse.recognise.tables.strays import ShownCell, StrayJudge, asked_words, left_out, most, shown_cells, windows
from training.drawn import asked, tables_of, true_text
from training.follows import GOOD
from training.small_network import fit_network, save

HIDDEN = 128
MISREAD = 60
"""Likeness of letters without their marks (percent) from which another word is a misreading of the true one."""
UNCLEAR = 0.5
"""What a misreading counts in learning: it is no stray, for it tells people what stood there."""
AGAIN, LINES = 0.25, 0.6
"""Share of the cells that are learned once more, misjudged, and of their lines that are."""
_PARTS = re.compile(r"[-–/\s]+")
_SIGNS = re.compile(r"[^\w%]|_")


class Lesson(NamedTuple):
    """A cell and its words, their signs (words, signs), for each whether it is a stray and what that counts, and the
    cell's truth."""

    shown: ShownCell
    asked: list[Asked]
    signs: np.ndarray
    stray: list[float]
    counts: list[float]
    truth: str


def main(argv: list[str]) -> int:
    options = asked("strays", __doc__, argv)
    each = {folder: list(lessons(folder)) for folder in dict.fromkeys(options.tables)}
    learned = [lesson for folder in options.tables for lesson in each[folder]]
    print(f"{len(learned)} cells, {sum(len(lesson.stray) for lesson in learned)} words", flush=True)
    chance = np.random.default_rng(options.seed)
    learned += [misjudged(lesson, chance) for lesson in learned if chance.random() < AGAIN]
    judge = fit(learned, options.seed)
    save(judge, options.out)
    for folder in options.held:
        print(folder, judged(judge, list(lessons(folder))), flush=True)
    return 0


def lessons(folder: Path) -> Iterator[Lesson]:
    """The cells of a folder's tables that can be judged and are not read by their likes."""
    for text, truth, grids, mended in tables_of(folder):
        likes = find_likes(grids, mended)
        cells = shown_cells(grids, mended)
        shown = [each for each in cells if id(each.cell) not in likes]
        if not shown:
            continue
        asked = [asked_words(text, each) for each in shown]
        signs = signs_of(asked, (each.texts for each in cells))
        ends = np.cumsum([len(words) for words in asked])
        for each, words, own in zip(shown, asked, np.split(signs, ends[:-1]), strict=True):
            meant = true_text(text, truth, each.role, each.cell)
            if meant:
                yield Lesson(each, words, own, *verdicts(meant, each.texts), meant)


def verdicts(truth: str, words: Sequence[str]) -> tuple[list[float], list[float]]:
    """For each word of a cell whether it is a stray (1) or not (0), and what that counts in learning.

    >>> verdicts("Sở Nội vụ chủ trì", ["Sở", "Nội", "xa", "vụ", "chủ", "tri"])
    ([0.0, 0.0, 1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0, 1.0, 0.5])
    """
    true = [key for part in _PARTS.split(truth) if (key := _key(part))]
    parts = [(at, key) for at, word in enumerate(words) for part in _PARTS.split(word) if (key := _key(part))]
    found: list[list[str]] = [[] for _ in words]
    said = [key for _, key in parts]
    for deed, a, b, c, d in difflib.SequenceMatcher(None, true, said, autojunk=False).get_opcodes():
        alike = deed == "replace" and _alike("".join(true[a:b]), "".join(said[c:d]))
        for at, key in parts[c:d]:
            misread = deed == "replace" and (alike or any(_alike(key, other) for other in true[a:b]))
            found[at].append("misread" if misread else deed)
    stray = [float(bool(each) and not {"equal", "misread"} & set(each)) for each in found]
    return stray, [1.0 if value or "equal" in each else UNCLEAR for each, value in zip(found, stray, strict=True)]


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(strip_marks(one), strip_marks(other)) >= MISREAD


def _key(word: str) -> str:
    return _SIGNS.sub("", word).lower()


def misjudged(lesson: Lesson, chance: np.random.Generator) -> Lesson:
    """A lesson in which the tagger took most lines for another column, as it does in documents unlike those drawn.

    The search sees then where they go by what goes on from line to line, and the words of such a line are no strays
    for having the tagger against them, all alike.
    """
    signs = lesson.signs.copy()
    pieces = np.array([place.piece for place in lesson.shown.places])
    for piece in np.unique(pieces):
        if chance.random() < LINES:
            at = pieces == piece
            fall = chance.uniform(1, 7) + chance.normal(0, 0.4, at.sum())
            signs[at, OWN] = np.maximum(signs[at, OWN] - fall, -8)
            signs[at, OTHER] = np.minimum(np.maximum(signs[at, OTHER], -chance.exponential(0.1, at.sum())), 0)
    return lesson._replace(signs=signs)


def fit(learned: Sequence[Lesson], seed: int) -> StrayJudge:
    """The network that tells the strays of all lessons best."""
    signs = np.concatenate([lesson.signs for lesson in learned])
    mean, spread = signs.mean(0), signs.std(0) + 1e-3
    seen = windows((signs - mean) / spread, [len(lesson.stray) for lesson in learned])
    stray = np.array([value for lesson in learned for value in lesson.stray], dtype=np.float32)
    counts = np.array([value for lesson in learned for value in lesson.counts], dtype=np.float32)
    return StrayJudge(mean, spread, *fit_network(seen, stray, counts, HIDDEN, seed))


def judged(judge: StrayJudge, held: Sequence[Lesson]) -> dict[str, float]:
    """What the judge does to lessons that it never saw: which words it leaves out, which cells it puts right."""
    signs = np.concatenate([lesson.signs for lesson in held])
    odds, fits = judge(signs, [len(lesson.stray) for lesson in held]).tolist(), signs[:, FITS].tolist()
    told = dict.fromkeys(("strays", "left out", "rightly", "put right", "made wrong"), 0)
    end = 0
    for lesson in held:
        start, end = end, end + len(lesson.stray)
        out = left_out(lesson.asked, odds[start:end], fits[start:end])
        strays = [value == 1 for value in lesson.stray]
        told["strays"] += sum(strays)
        told["left out"] += sum(out)
        told["rightly"] += sum(gone and stray for gone, stray in zip(out, strays, strict=True))
        if 0 < sum(out) <= most(lesson.shown.role, len(out)):
            before, after = _near(lesson, [False] * len(out)), _near(lesson, out)
            told["put right"] += before < GOOD <= after
            told["made wrong"] += after < GOOD <= before
    return told


def _near(lesson: Lesson, out: Sequence[bool]) -> float:
    """How near a cell comes to its truth without the words left out (percent)."""
    shown = lesson.shown
    lines: list[list[str]] = [[] for _ in shown.cell.pieces]
    for word, place, gone in zip(shown.words, shown.places, out, strict=True):
        if not gone:
            lines[place.piece].append(word.text)
    return fuzz.ratio(
        fold(join_pieces([" ".join(line) for line in lines], shown.cell.full_lines)), fold(lesson.truth)
    )
