"""Cells of columns that repeat, read by rules.

A cell with words in doubt (:mod:`doubts`) is held against the clean cells of its own column: it follows one of them
if its sound words all stand there in order, if what stands between them looks like the broken ink, and if no other
cell would do as well. Where no whole cell fits, a broken run of words is filled when two words on each side say which
words those are. Figures are never supplied: every digit is in the ink, but for a year of which the plan's deadlines
know only one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from planparse.lexicon import fold
from planparse.recognise.tables.deadline_forms import Example, Forms, dated_forms, timeless_forms
from planparse.recognise.tables.doubts import CellWord, ink_key
from planparse.recognise.tables.figures import figures_agree
from planparse.recognise.tables.follow_rules import DATED
from planparse.recognise.tables.follows import Texts
from planparse.recognise.tables.like_columns import SHOWN, Cell, Column, Like, like_of, shown_cell
from planparse.recognise.tables.mend import Mended
from planparse.recognise.tables.nearly import nearly
from planparse.recognise.tables.plain_deadlines import KNOWN, plain_form

MOST_EDITS = 0.3
"""Share of a cell's letters that may differ from the cell that it follows."""
FIGURES = 2
"""Edits more in a text with figures."""
EDIT, MARGIN = 1.3, 2.5
"""Nats that an edit costs, and by how much the best cell must beat the next."""
DROPPED = 0.1
"""Edits that a letter in doubt costs which is left out."""
ALIKE, ALIKE_ALONE, ALIKE_UNEVEN = 0.5, 0.35, 0.75
"""How alike a broken run and the words it stands for must be: usually, in a cell that nothing else
fits, and with another number of words."""
SHRED = 6
"""Letters of a run that may stand for nothing at all."""
FILLED = 0.6
"""How alike a cell counts whose runs were filled one by one."""
PLAIN = 0.8
"""The same of a deadline that is one of the usual, but for a mark or a stray word."""


def by_rules(column: Column, mended: Mended) -> dict[int, Like]:
    """The cells of a column that the rules of this module repair."""
    examples, year = column.examples, column.year
    known = {example.keys for example in examples}
    forms = timeless_forms() if column.role == "deadline" else ()
    texts = Texts([*examples, *(form for form in forms if form.keys not in known)])
    likes: dict[int, Like] = {}
    for each in column.cells:
        like = _read_by_likes(each, examples, texts, column.role == "deadline", year)
        if like is not None and like.text != shown_cell(each.cell, mended):
            likes[id(each.cell)] = like
    if column.role == "deadline":
        likes |= _read_as_usual(column.cells, list(column.clean.values()), likes, mended)
    return likes


def _read_as_usual(
    deadlines: Sequence[Cell],
    examples: Sequence[Example],
    likes: Mapping[int, Like],
    mended: Mended,
) -> dict[int, Like]:
    """The deadlines that are usual ones but for a little, of those that ``likes`` leaves."""
    read: dict[int, Like] = {}
    forms = Forms(example for example in examples if len(example.places) >= KNOWN)
    for each in deadlines:
        form = None if id(each.cell) in likes else plain_form(each.words, forms)
        if form is not None and form.text != shown_cell(each.cell, mended):
            read[id(each.cell)] = Like(form.text, each.ink, PLAIN, tuple(form.places[:SHOWN]))
    return read


def _read_by_likes(
    cell: Cell, examples: Sequence[Example], texts: Texts, deadline: bool, year: str | None
) -> Like | None:
    """A cell by its likes; ``year`` is the one year that the clean cells of the column know, if it is one."""
    best = None
    if cell.broken:
        dated = [form for form in dated_forms(cell.words) if not texts.said(form.keys)] if deadline else []
        best = _whole(cell.words, texts, dated, year)
    if best is None and not deadline:
        best = nearly(cell.words, examples)
    if best is not None:
        return like_of(cell, best)
    if not cell.broken:
        return None
    filled = _filled(cell.words, examples)
    if filled is None:
        return None
    words, follows = filled
    return Like(cell.joined(words), cell.ink, FILLED, follows)


def _most_edits(letters: int) -> int:
    """Edits at most between a text and so many letters of a cell that is one: the text may be the longer one."""
    return math.floor(MOST_EDITS * (letters + FIGURES) / (1 - MOST_EDITS)) + FIGURES + 1


def _whole(words: Sequence[CellWord], texts: Texts, dated: Sequence[Example], year: str | None) -> Example | None:
    """The one clean cell, or usual deadline, that the ink supports, if it is one."""
    said, sound = ink_key(words), "".join(w.key for w in words if not w.doubtful)
    shown = "".join(w.key for w in words)
    priced: list[tuple[float, Example]] = []
    total = texts.times + len(dated)
    for example in [*texts.within(_most_edits, letters=(shown, sound), ink=said), *dated]:
        letters = example.letters
        most = math.floor(MOST_EDITS * len(letters)) + FIGURES * example.dated
        edits = min(
            Levenshtein.distance(said, example.look, score_cutoff=most),
            Levenshtein.distance(shown, letters, score_cutoff=most),
            Levenshtein.distance(sound, letters, score_cutoff=most) + DROPPED * (len(shown) - len(sound)),
        )
        if edits <= most and _anchors(words, example.keys) is not None and figures_agree(words, example.keys, year):
            priced.append((EDIT * edits - math.log((len(example.places) or 1) / total), example))
    # where another cell has all the sound words too, the broken ones must say which of the two it is
    least = ALIKE if len(priced) > 1 else ALIKE_ALONE
    fitting = sorted((one for one in priced if _gaps_fit(words, one[1], least)), key=lambda pair: pair[0])
    if not fitting or (len(fitting) > 1 and fitting[1][0] - fitting[0][0] < MARGIN):
        return None
    return fitting[0][1]


def _gaps_fit(words: Sequence[CellWord], example: Example, least: float) -> bool:
    """Whether each stretch of the example between sound words looks like the ink there."""
    anchors = _anchors(words, example.keys) or []
    at = run_start = lost = 0
    run: list[CellWord] = []
    said = bool(example.places) or not example.dated
    for word in words:
        if word.doubtful:
            run.append(word)
        elif word.key:
            here = anchors[at]
            lost += here > run_start and not run
            amid = bool(run) and here == run_start > 0 and not DATED.isdisjoint(example.keys)
            if amid or lost > 1 or not _gap_fits(run, example.keys[run_start:here], least, said):
                return False
            run, run_start, at = [], here + 1, at + 1
    return _gap_fits(run, example.keys[run_start:], least, said)


def _anchors(words: Sequence[CellWord], keys: Sequence[str]) -> list[int] | None:
    """Where in ``keys`` the sound words stand, in order; ``None`` if one does not."""
    found, at = [], 0
    for word in words:
        if word.doubtful or not word.key:
            continue
        here = next((i for i in range(at, len(keys)) if _same(word.key, keys[i])), None)
        if here is None:
            return None
        found.append(here)
        at = here + 1
    return found


def _same(one: str, two: str) -> bool:
    return one == two or (
        len(two) > 3 and not any(c.isdigit() for c in one + two) and Levenshtein.distance(one, two) < 2
    )


def _gap_fits(run: Sequence[CellWord], meant: Sequence[str], least: float, said: bool) -> bool:
    """Whether a broken run of ink can be the words that stand in its place; figures are judged by themselves.

    ``said``: other cells of the column say so, or it is no date; else nothing stands for a word without ink, for
    ``Trước 18/5/2027`` is not ``18/5/2027``.
    """
    meant = [m for m in meant if not m.isdigit()]
    run = [w for w in run if w.key and not w.key.isdigit()]
    ink = ink_key(run)
    if not meant:
        return len(ink) <= SHRED
    if not run:
        return said and len(meant) == 1  # one word that OCR lost
    # a run of as many words may be broken badly; one that has words too many or too few must be read by its letters
    if len(meant) != len(run):
        least = ALIKE_UNEVEN
    return fuzz.ratio(ink, fold("".join(meant)).replace(" ", "")) / 100 >= least


def _filled(words: Sequence[CellWord], examples: Sequence[Example]) -> tuple[list[list[str]], tuple[int, ...]] | None:
    """What each word says when the broken runs are filled from their neighbours; ``None`` where one cannot be."""
    texts: list[list[str]] = []
    follows: list[int] = []
    at = 0
    while at < len(words):
        if not words[at].doubtful:
            texts.append([words[at].text])
            at += 1
            continue
        end = at
        while end < len(words) and words[end].doubtful:
            end += 1
        meant = _between(words[max(0, at - 2) : at], words[end : end + 2], words[at:end], examples)
        if meant is None:
            return None
        texts += [meant[0], *([] for _ in words[at + 1 : end])]
        follows += meant[1]
        at = end
    return texts, tuple(dict.fromkeys(follows))[:SHOWN]


def _between(
    left: Sequence[CellWord], right: Sequence[CellWord], run: Sequence[CellWord], examples: Sequence[Example]
) -> tuple[list[str], list[int]] | None:
    """What stands between two words and two words, if all cells that have them agree and the ink looks like it."""
    if len(left) < 2 or len(right) < 2 or any(w.doubtful or not w.key for w in (*left, *right)):
        return None
    before, after = [w.key for w in left], [w.key for w in right]
    found: dict[tuple[str, ...], tuple[list[str], list[int]]] = {}
    for example in examples:
        keys = list(example.keys)
        for at in range(len(keys) - 1):
            if keys[at : at + 2] != before:
                continue
            for end in range(at + 2, min(at + 2 + len(run) + 2, len(keys) - 1)):
                if keys[end : end + 2] == after:
                    meant = found.setdefault(tuple(keys[at + 2 : end]), (list(example.words[at + 2 : end]), []))
                    meant[1].extend(example.places)
                    break
    if len(found) != 1:
        return None
    (keys_between, answer), *_ = found.items()
    if any(c.isdigit() for k in keys_between for c in k) or any(c.isdigit() for w in run for c in w.key):
        return None
    ink = ink_key(run)
    if not keys_between:
        return answer if len(ink) <= SHRED and DATED.isdisjoint(before) else None
    return answer if fuzz.ratio(ink, fold("".join(keys_between))) / 100 >= ALIKE else None
