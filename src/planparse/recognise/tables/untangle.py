"""From the lines of a table's body to rows and cells: judge the words, measure the columns, cut, search.

How wide a column is tells better than anything else where a cell's line ends, but nobody writes it down.
So it is measured first: on the segments that the tagger sees, word for word, then on those of a quick reading.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planparse.recognise.tables.chunks import Chunk, cut_line, heard
from planparse.recognise.tables.columnwise import TableLine, by_rows
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.language import ColumnLanguage, column_language
from planparse.recognise.tables.moves import BEGIN, CONTINUE, GO_ON, NEW_ROW, SPAN, SPAN_ON, Frame, Judge, Step
from planparse.recognise.tables.order import in_order
from planparse.recognise.tables.regions import Region
from planparse.recognise.tables.search import Known, Reading, search
from planparse.recognise.tables.settling import WORDS, explains, settle_roles
from planparse.recognise.tables.signs import Signs, read_signs
from planparse.recognise.tables.specks import speck_flags
from planparse.recognise.tables.tagger import Tagger, tagger
from planparse.recognise.tables.tags import JUNK, Judged
from planparse.recognise.tables.torn import mend_torn_rows
from planparse.recognise.tables.words import SPACE_WIDTH, Word, words_of
from planparse.restore.text import RestoredText

if TYPE_CHECKING:
    from numpy.typing import NDArray

SURELY_JUNK = -0.4
"""Log probability from which the tagger's word that something is a speck is taken."""
SAMPLE = 800
"""Pieces from which the widths are measured: the first five pages or so."""
SAMPLE_BEAM, SAMPLE_MARGIN = 8, 7.0


def untangle(
    text: RestoredText, region: Region, language: ColumnLanguage | None = None, judge: Tagger | None = None
) -> Grid:
    """Assign every word of a region to a row and a column."""
    language, judge = language or column_language(), judge or tagger()
    lines = [TableLine(some, line.before) for line in region.lines if (some := words_of(text.line(line.number)))]
    if not lines:
        return Grid(region.roles)
    signs = read_signs(language, *zip(*lines, strict=True))
    roles, answers = _judged(judge, signs, [len(line.words) for line in lines], region)
    turned = by_rows(lines, answers, roles)
    if turned is not None:
        lines = turned
        answers = judge(read_signs(language, *zip(*lines, strict=True)).under(roles))
    grid = Grid(roles, judged=Judged([word for line in lines for word in line.words], answers))
    told = heard(answers, [USUAL_ORDER.index(role) for role in roles])
    junk = (answers[:, JUNK] > SURELY_JUNK).tolist()
    specks = speck_flags(language, [line.words for line in lines])
    strays = [speck or dirt for speck, dirt in zip(specks, junk, strict=True)]
    words: list[Word] = []
    chunks: list[Chunk] = []
    end = 0
    for row, (line, before) in enumerate(lines):
        at, end = end, end + len(line)
        dropped = strays[at:end]
        grid.loose += [(w.line, w.start, w.end) for w, gone in zip(line, dropped, strict=True) if gone]
        found = [w for w, gone in zip(line, dropped, strict=True) if not gone]
        if found:
            said = [word for word, gone in zip(told[at:end], dropped, strict=True) if not gone]
            chunks += cut_line(language, found, said, len(words), row, before)
            words += found
    if not chunks:
        return grid
    widths, steps = read_chunks(language, grid, chunks, words)
    _collect(grid, widths, chunks, words, in_order(chunks, steps, roles))
    mend_torn_rows(text, grid)
    return grid


def _judged(
    judge: Tagger, signs: Signs, counts: Sequence[int], region: Region
) -> tuple[tuple[str, ...], NDArray[Any]]:
    """The columns, by the head and the first lines of the body, and the tagger's answers under them."""
    taken = words = 0
    while taken < len(counts) and words < WORDS:
        words += counts[taken]
        taken += 1
    first, roles = counts[:taken], region.roles
    answers = judge(signs.under(roles))
    if not explains(answers[:words], first, roles):
        roles = settle_roles(judge(signs.first(words)), first, roles, region.head.tidy)
        if roles != region.roles:
            answers = judge(signs.under(roles))
    return roles, answers


def read_chunks(
    language: ColumnLanguage, grid: Grid, chunks: Sequence[Chunk], words: Sequence[Word]
) -> tuple[tuple[float, ...], Reading]:
    """The column widths found, and a step for each chunk."""
    labels = {chunk.first: words[chunk.first].text for chunk in chunks if chunk.label}
    kinds = grid.kinds()
    sample, known = chunks[:SAMPLE], Known()
    frame = Frame(kinds, _widths(len(kinds), sample, _tagged(sample)))
    steps = search(Judge(language, frame, labels), sample, SAMPLE_BEAM, SAMPLE_MARGIN, known)
    frame = Frame(kinds, _widths(len(kinds), sample, [step for step, _ in steps]))
    return frame.widths, search(Judge(language, frame, labels), chunks, known=known)


def _tagged(chunks: Sequence[Chunk]) -> Iterator[Step]:
    """Where the tagger would put each chunk by itself."""
    row = before = -1
    for chunk in chunks:
        column = chunk.tags.index(max(chunk.tags))
        column = column if column < len(chunk.tags) - 1 else -1  # the last is a row that spans the table
        yield Step(GO_ON if chunk.row == row and column == before else CONTINUE, column)
        row, before = chunk.row, column


def _widths(columns: int, chunks: Sequence[Chunk], steps: Iterable[Step]) -> tuple[float, ...]:
    """Widths of the columns in ems, as the segments of a reading show them."""
    seen: list[list[float]] = [[] for _ in range(columns)]
    for chunk, step in zip(chunks, steps, strict=True):
        if step.column < 0:
            continue
        if step.deed == GO_ON:
            seen[step.column][-1] += SPACE_WIDTH + chunk.width
        else:
            seen[step.column].append(chunk.width)
    return tuple(column_width(s) for s in seen)


def column_width(segments: Sequence[float]) -> float:
    """The width that explains the most segments; 0 where there are too few to tell.

    Lines of wrapped text end less than a word short of the column's edge, so widths crowd just below it; segments
    that were read wrong spread over all widths, and those far beyond the edge speak against it.
    """
    if len(segments) < 3:
        return 0.0

    ordered = sorted(segments)

    def explained(edge: float) -> tuple[float, float]:
        near = bisect_right(ordered, 1.005 * edge) - bisect_left(ordered, 0.85 * edge)
        beyond = len(ordered) - bisect_right(ordered, 1.04 * edge)
        return near - 0.3 * beyond, edge

    return max(segments, key=explained)


def _collect(
    grid: Grid, widths: Sequence[float], chunks: Sequence[Chunk], words: Sequence[Word], steps: Reading
) -> None:
    """Build rows and cells from the steps."""
    row: GridRow | None = None
    used = 0.0
    for chunk, (step, sure) in zip(chunks, steps, strict=True):
        first, last = words[chunk.first], words[chunk.last]
        piece = (first.line, first.start, last.end)
        if step.deed in (NEW_ROW, SPAN):
            row = GridRow(section=step.deed == SPAN)
            grid.rows.append(row)
        assert row is not None
        role = "content" if step.column < 0 else grid.roles[step.column]
        cell = row.cells.setdefault(role, GridCell())
        cell.certainty = min(cell.certainty, sure)
        same_line = bool(cell.pieces) and cell.pieces[-1][0] == piece[0]
        if step.deed in (GO_ON, SPAN_ON) and same_line:
            used += SPACE_WIDTH + chunk.width
            line, start, _ = before = cell.pieces[-1]
            piece = cell.pieces[-1] = (line, start, piece[2])
            sure = min(sure, grid.sure.pop(before))
        else:
            used = chunk.width
            cell.pieces.append(piece)
            cell.full_lines.append(False)
        grid.sure[piece] = sure
        if step.deed in (GO_ON, CONTINUE, BEGIN, NEW_ROW):
            width = widths[step.column]
            cell.full_lines[-1] = width <= 0 or used > 0.75 * width
        else:
            cell.full_lines[-1] = True
