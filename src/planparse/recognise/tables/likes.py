"""Cells read by their likes: what OCR broke in one row, the same plan says whole in others.

Deadlines are nearly a closed set, and the offices of a plan come again in row after row. Cells are read by rules
first (:mod:`like_rules`); what those leave is weighed (:mod:`follows`), whole and then, in offices, by clauses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from planparse.recognise.tables.clauses import clauses_of, known_clauses
from planparse.recognise.tables.deadline_figures import written_usually
from planparse.recognise.tables.deadline_forms import Example, dated_forms, timeless_forms
from planparse.recognise.tables.doubts import word_key
from planparse.recognise.tables.follow_signs import CLEAN
from planparse.recognise.tables.follows import Texts, follow
from planparse.recognise.tables.grid import Grid
from planparse.recognise.tables.laid import Question
from planparse.recognise.tables.like_columns import SHOWN, Cell, Column, Like, like_of, read_columns, shown_cell
from planparse.recognise.tables.like_rules import by_rules
from planparse.recognise.tables.mend import Mended
from planparse.recognise.tables.nearly import ends_a_cell
from planparse.recognise.tables.wrecks import is_wreck

STROKES = 0.8
"""How alike a deadline counts of which only strokes were read otherwise."""


def find_likes(grids: Iterable[Grid], mended: Mended) -> dict[int, Like]:
    """Repaired cells of all tables, by the ``id`` of their :class:`GridCell`; clean cells are not among them."""
    columns = read_columns(grids, mended)
    likes: dict[int, Like] = {}
    for column in columns:
        likes |= by_rules(column, mended)
    for column in columns:
        column.learn(likes)
        asked = questions(column, likes)
        known, year = offers(column), column.year
        for cell, question in asked:
            example = follow(question, [*known, *dated_offers(column, cell)], year)
            if example is not None:
                likes[id(cell.cell)] = like_of(cell, example)
        likes |= _by_clauses(column, likes)
    return likes


def questions(column: Column, likes: Mapping[int, Like]) -> list[tuple[Cell, Question]]:
    """The cells of a column that ``likes`` leaves."""
    examples = list(column.clean.values())
    deadline = column.role == "deadline"
    left = (each for each in column.cells if id(each.cell) not in likes)
    return [(each, question) for each in left if (question := _question(each, examples, deadline)) is not None]


def _question(cell: Cell, examples: Sequence[Example], deadline: bool = False) -> Question | None:
    pieces = [piece for piece, count in enumerate(cell.counts) for _ in range(count)]
    keyed = [(word, piece) for word, piece in zip(cell.words, pieces, strict=True) if word.key]
    if not keyed:
        return None
    words = [word for word, _ in keyed]
    last = words[-1]
    whole = not last.doubtful and (last.text.endswith((".", ";")) or ends_a_cell([w.key for w in words], examples))
    return Question(
        words, [piece for _, piece in keyed], [cell.settled[piece] for _, piece in keyed], whole, deadline
    )


def offers(column: Column) -> list[Texts]:
    """What the cells of a column may follow: what it says clean, and the usual deadlines without figures."""
    known = [example for example in column.clean.values() if example.sure >= CLEAN]
    forms = timeless_forms() if column.role == "deadline" else ()
    return [Texts([*known, *(form for form in forms if form.keys not in column.clean)])]


def dated_offers(column: Column, cell: Cell) -> list[Texts]:
    """The usual deadlines with the figures of a cell."""
    if column.role != "deadline":
        return []
    return [Texts(form for form in dated_forms(cell.words) if form.keys not in column.clean)]


def _by_clauses(column: Column, likes: Mapping[int, Like]) -> dict[int, Like]:
    """The cells of offices that ``likes`` leaves, of which a clause says what one of another cell says."""
    read: dict[int, Like] = {}
    if column.role == "deadline":
        return read
    clauses = known_clauses(column.clean.values())
    known = [Texts(clauses)]
    for cell in column.cells:
        if id(cell.cell) in likes:
            continue
        texts = [[] if is_wreck(word.text) else [word.text] for word in cell.words]
        places: list[int] = []
        for span in clauses_of([word.text for word in cell.words]):
            example = _clause(cell, span, clauses, known)
            if example is not None:
                bullet = [] if cell.words[span.start].key else [cell.words[span.start].text]
                texts[span.start : span.stop] = [[*bullet, example.text], *([] for _ in span[1:])]
                places += example.places
        if places:
            said = cell.joined(texts)
            alike = fuzz.ratio("".join(w.key for w in cell.words), "".join(map(word_key, said.split()))) / 100
            read[id(cell.cell)] = Like(said, cell.ink, alike, tuple(dict.fromkeys(places))[:SHOWN])
    return read


def _clause(cell: Cell, span: range, clauses: Sequence[Example], known: Sequence[Texts]) -> Example | None:
    """What a clause of a cell says elsewhere, punctuation as it is here."""
    part = replace(cell, words=cell.words[span.start : span.stop], counts=_counts(cell, span))
    question = _question(part, clauses)
    if question is None:
        return None
    # where more comes, it is not of this clause
    whole = question.whole if span.stop == len(cell.words) else not question.words[-1].doubtful
    example = follow(question._replace(whole=whole, opens=span.start == 0), known, None)
    if example is None:
        return None
    last = cell.words[span.stop - 1].text
    end = last[-1] if last[-1] in ".,;:" else ""
    return replace(example, texts=Counter([example.text.rstrip(".,;:") + end]))


def _counts(cell: Cell, span: range) -> list[int]:
    """How many words of each piece are in a stretch of words."""
    found, at = [], 0
    for count in cell.counts:
        found.append(len(range(max(at, span.start), min(at + count, span.stop))))
        at += count
    return found


def figures_as_written(grids: Iterable[Grid], mended: Mended, likes: Mapping[int, Like]) -> dict[int, Like]:
    """The deadlines of all tables whose figures are written otherwise than they are shown, by the ``id`` of their
    cell; ``likes`` are those that are read by their likes."""
    cells = [
        row.cells["deadline"]
        for grid in grids
        for row in grid.rows
        if not (grid.exact or row.section) and "deadline" in row.cells
    ]
    cells = [cell for cell in cells if all(piece in mended.words for piece in cell.pieces)]
    shown = [likes[id(cell)].text if id(cell) in likes else shown_cell(cell, mended) for cell in cells]
    found = {}
    for cell, said, text in zip(cells, shown, written_usually(shown), strict=True):
        if text != said:
            ink = " ".join(word.ink for piece in cell.pieces for word in mended.words[piece])
            found[id(cell)] = replace(likes.get(id(cell), Like(text, ink, STROKES, ())), text=text)
    return found
