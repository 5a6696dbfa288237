"""Cells read by their likes: what OCR broke in one row, the same plan says whole in others.

Deadlines are nearly a closed set, and the offices of a plan come again in row after row. So a cell with words in
doubt (:mod:`doubts`) is held against the clean cells of its own column: it follows one of them if its sound words all
stand there in order, if what stands between them looks like the broken ink, and if no other cell would do as well.
Where no whole cell fits, a broken run of words is filled when two words on each side say which words those are.
Figures are never supplied: every digit is in the ink, but for a year of which the plan's deadlines know only one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from planparse.lexicon import fold
from planparse.recognise.passage import Range
from planparse.recognise.tables.clauses import clauses_of, known_clauses
from planparse.recognise.tables.deadline_forms import Example, Forms, dated_forms, roman_quarters, timeless_forms
from planparse.recognise.tables.doubts import CellWord, common_codes, ink_key, judge, word_key
from planparse.recognise.tables.figures import figures_agree, odd_years
from planparse.recognise.tables.follows import CLEAN, DATED, Texts, follow
from planparse.recognise.tables.follows import Cell as Question
from planparse.recognise.tables.grid import Grid, GridCell
from planparse.recognise.tables.joins import join_pieces
from planparse.recognise.tables.mend import Mended
from planparse.recognise.tables.nearly import ends_a_cell, nearly
from planparse.recognise.tables.plain_deadlines import KNOWN, plain_form
from planparse.recognise.tables.wrecks import is_wreck

COLUMNS = ("deadline", "responsible", "lead", "support")
"""Columns whose cells repeat; what is to be done and what comes of it does not."""
MOST_EXAMPLES = 300
"""Different clean cells of a column that are held against a broken one, those first that come most often."""
MOST_EDITS = 0.3
"""Share of a cell's letters that may differ from the cell that it follows."""
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
SHOWN = 4
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Like:
    """What a cell says by its likes: the new text, the ink, and the tasks (by index) whose cells it follows."""

    text: str
    ink: str
    alike: float
    follows: tuple[int, ...]


@dataclass
class _Cell:
    """A cell of the task ``place``; ``counts`` tells how many of its words each of its pieces has, ``settled`` how
    sure it is of each of them."""

    cell: GridCell
    words: list[CellWord]
    counts: list[int]
    settled: list[float]
    place: int

    @property
    def ink(self) -> str:
        """The ink of its words."""
        return " ".join(word.ink for word in self.words)

    @property
    def broken(self) -> bool:
        """Whether a word of it is in doubt."""
        return any(word.doubtful for word in self.words)

    def joined(self, texts: Sequence[Sequence[str]]) -> str:
        """One text from what each word says now."""
        lines, at = [], 0
        for count in self.counts:
            lines.append(" ".join(part for texts_of_word in texts[at : at + count] for part in texts_of_word))
            at += count
        return join_pieces(lines, self.cell.full_lines)


@dataclass
class Column:
    """The cells of a column in all tables of a document, and the clean ones among them by their words."""

    role: str
    cells: list[_Cell] = field(default_factory=list)
    clean: dict[tuple[str, ...], Example] = field(default_factory=dict)

    @property
    def examples(self) -> list[Example]:
        """What the clean cells say, first what comes most often."""
        return sorted(self.clean.values(), key=lambda e: -len(e.places))[:MOST_EXAMPLES]

    @property
    def year(self) -> str | None:
        """The one year that the clean cells know, if it is one."""
        years = {k for e in self.examples for k in e.keys if _YEAR.fullmatch(k)}
        return next(iter(years)) if len(years) == 1 else None

    def add(self, cell: _Cell, shown: str) -> None:
        """One more cell, and what it says."""
        self.cells.append(cell)
        if len(cell.words) > 1 and not cell.broken:
            self._learn(tuple(w.text for w in cell.words if w.key), shown, cell)

    def learn(self, like: Like, cell: _Cell) -> None:
        """Take in what a cell says by its likes."""
        words = tuple(w for w in like.text.split() if word_key(w))
        if words:
            self._learn(words, like.text, cell)

    def _learn(self, words: tuple[str, ...], shown: str, cell: _Cell) -> None:
        keys = tuple(word_key(w) for w in words)
        example = self.clean.setdefault(keys, Example(keys, words, sure=0.0, settled=0.0))
        example.texts[shown] += 1
        example.places.append(cell.place)
        example.sure = max(example.sure, min(w.sure for w in cell.words))
        example.settled = max(example.settled, min(cell.settled))


def find_likes(grids: Iterable[Grid], mended: Mended) -> dict[int, Like]:
    """Repaired cells of all tables, by the ``id`` of their :class:`GridCell`; clean cells are not among them."""
    columns = read_columns(grids, mended)
    likes: dict[int, Like] = {}
    for column in columns:
        likes |= by_rules(column, mended)
    for column in columns:
        asked = questions(column, likes)
        known, year = offers(column), column.year
        for cell, question in asked:
            example = follow(question, [*known, *dated_offers(column, cell)], year)
            if example is not None:
                likes[id(cell.cell)] = _like(cell, example)
        likes |= _by_clauses(column, likes)
    return likes


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


def _clause(cell: _Cell, span: range, clauses: Sequence[Example], known: Sequence[Texts]) -> Example | None:
    """What a clause of a cell says elsewhere, punctuation as it is here."""
    part = replace(cell, words=cell.words[span.start : span.stop], counts=_counts(cell, span))
    question = _question(part, clauses)
    if question is not None and span.stop < len(cell.words):
        question = question._replace(whole=not question.words[-1].doubtful)  # more comes, but not of this clause
    example = follow(question, known, None) if question is not None else None
    if example is None:
        return None
    last = cell.words[span.stop - 1].text
    end = last[-1] if last[-1] in ".,;:" else ""
    return replace(example, texts=Counter([example.text.rstrip(".,;:") + end]))


def _counts(cell: _Cell, span: range) -> list[int]:
    """How many words of each piece are in a stretch of words."""
    found, at = [], 0
    for count in cell.counts:
        found.append(len(range(max(at, span.start), min(at + count, span.stop))))
        at += count
    return found


def read_columns(grids: Iterable[Grid], mended: Mended) -> list[Column]:
    """The columns whose cells repeat."""
    grids = list(grids)
    codes = common_codes(w.text for words in mended.words.values() for w in words)
    odd = odd_years(shown_cell(cell, mended) for _, role, cell, _ in _cells(grids) if role == "deadline")
    columns: dict[str, Column] = {}
    for place, role, cell, sure in _cells(grids):
        if all(piece in mended.words for piece in cell.pieces):
            words = judge([w for piece in cell.pieces for w in mended.words[piece]], codes, role == "deadline", odd)
            counts = [len(mended.words[p]) for p in cell.pieces]
            each = _Cell(cell, words, counts, [sure.get(p, 1.0) for p in cell.pieces], place)
            columns.setdefault(role, Column(role)).add(each, shown_cell(cell, mended))
    return list(columns.values())


def by_rules(column: Column, mended: Mended) -> dict[int, Like]:
    """The cells of a column that the rules of this module repair."""
    examples, year = column.examples, column.year
    likes: dict[int, Like] = {}
    for each in column.cells:
        like = _read_by_likes(each, examples, column.role, year)
        if like is not None and like.text != shown_cell(each.cell, mended):
            likes[id(each.cell)] = like
    if column.role == "deadline":
        likes |= _read_as_usual(column.cells, list(column.clean.values()), likes, mended)
    return likes


def questions(column: Column, likes: Mapping[int, Like]) -> list[tuple[_Cell, Question]]:
    """The cells of a column that ``likes`` leaves, for what it has read adds to what the column says."""
    left: list[_Cell] = []
    for each in column.cells:
        if like := likes.get(id(each.cell)):
            column.learn(like, each)
        else:
            left.append(each)
    examples = list(column.clean.values())
    deadline = column.role == "deadline"
    return [(each, question) for each in left if (question := _question(each, examples, deadline)) is not None]


def _question(cell: _Cell, examples: Sequence[Example], deadline: bool = False) -> Question | None:
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


def dated_offers(column: Column, cell: _Cell) -> list[Texts]:
    """The usual deadlines with the figures of a cell."""
    if column.role != "deadline":
        return []
    return [Texts(form for form in dated_forms(cell.words) if form.keys not in column.clean)]


def _read_as_usual(
    deadlines: Sequence[_Cell],
    examples: Sequence[Example],
    likes: Mapping[int, Like],
    mended: Mended,
) -> dict[int, Like]:
    """The deadlines that are usual ones but for a little; those that have ``likes`` keep them, but for quarters."""
    read: dict[int, Like] = {}
    said: list[Like] = []
    forms = Forms(example for example in examples if len(example.places) >= KNOWN)
    for each in deadlines:
        like = likes.get(id(each.cell))
        form = None if like else plain_form(each.words, forms)
        text, places = (form.text, form.places) if form else (shown_cell(each.cell, mended), [])
        said.append(like or Like(text, each.ink, PLAIN, tuple(places[:SHOWN])))
    for each, like, text in zip(deadlines, said, roman_quarters([s.text for s in said]), strict=True):
        if id(each.cell) in likes or text != shown_cell(each.cell, mended):
            read[id(each.cell)] = replace(like, text=text)
    return read


def shown_cell(cell: GridCell, mended: Mended) -> str:
    return join_pieces([mended.shown.get(p, "") for p in cell.pieces], cell.full_lines)


def _cells(grids: Iterable[Grid]) -> Iterator[tuple[int, str, GridCell, Mapping[Range, float]]]:
    """All cells of the columns that repeat, with the index of their task, and how sure the table is of its pieces."""
    place = -1
    for grid in grids:
        for row in grid.rows:
            if row.section:
                continue
            place += 1
            if not grid.exact:
                yield from ((place, role, row.cells[role], grid.sure) for role in COLUMNS if role in row.cells)


def _read_by_likes(cell: _Cell, examples: Sequence[Example], role: str, year: str | None) -> Like | None:
    """A cell by its likes; ``year`` is the one year that the clean cells of the column know, if it is one."""
    deadline = role == "deadline"
    best = None
    if cell.broken:
        best = _whole(cell.words, [*examples, *(_usual(cell, examples) if deadline else ())], year)
    if best is None and not deadline:
        best = nearly(cell.words, examples)
    if best is not None:
        return _like(cell, best)
    if not cell.broken:
        return None
    filled = _filled(cell.words, examples)
    if filled is None:
        return None
    texts, follows = filled
    return Like(cell.joined(texts), cell.ink, FILLED, follows)


def _usual(cell: _Cell, examples: Sequence[Example]) -> Iterator[Example]:
    """The usual deadlines with the figures of a cell that the plan does not say itself."""
    known = {example.keys for example in examples}
    forms = (*timeless_forms(), *dated_forms(cell.words))
    return (form for form in forms if form.keys not in known)


def _like(cell: _Cell, example: Example) -> Like:
    alike = fuzz.ratio("".join(w.key for w in cell.words), example.letters) / 100
    return Like(example.text, cell.ink, alike, tuple(example.places[:SHOWN]))


def _whole(words: Sequence[CellWord], offered: Sequence[Example], year: str | None) -> Example | None:
    """The one clean cell that the ink supports, if it is one."""
    said, sound = ink_key(words), "".join(w.key for w in words if not w.doubtful)
    shown = "".join(w.key for w in words)
    priced: list[tuple[float, Example]] = []
    total = sum(len(e.places) or 1 for e in offered)
    for example in offered:
        letters = example.letters
        most = math.floor(MOST_EDITS * len(letters)) + 2 * example.dated
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
