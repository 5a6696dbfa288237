"""From the lines of a table's body to rows and cells: judge the words, measure the columns, cut, search.

How wide a column is tells better than anything else where a cell's line ends, but nobody writes it down.
So it is measured first: on the segments that the tagger sees, word for word, then on those of a quick reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any

from planparse.recognise.tables.chunks import heard
from planparse.recognise.tables.columnwise import TableLine, by_rows
from planparse.recognise.tables.cuts import Chunks, cut_lines
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.language import ColumnLanguage, column_language
from planparse.recognise.tables.moves import BEGIN, CONTINUE, GO_ON, NEW_ROW, SPAN, SPAN_ON, Frame, Judge
from planparse.recognise.tables.order import in_order
from planparse.recognise.tables.prices import Said
from planparse.recognise.tables.regions import Region
from planparse.recognise.tables.search import Reading, search
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
    import numpy as np

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
    words = [word for line in lines for word in line.words]
    grid = Grid(roles, judged=Judged(words, answers))
    told = heard(answers, [USUAL_ORDER.index(role) for role in roles])
    stray = speck_flags(language, [line.words for line in lines]) | (answers[:, JUNK] > SURELY_JUNK)
    flags = stray.tolist()
    grid.loose += [(w.line, w.start, w.end) for w in compress(words, flags)]
    words = [w for w, gone in zip(words, flags, strict=True) if not gone]
    if not words:
        return grid
    rows = np.repeat(np.arange(len(lines)), [len(line.words) for line in lines])[~stray]
    chunks = cut_lines(language, words, rows, [line.before for line in lines], told.of(~stray))
    widths, steps = read_chunks(language, grid, chunks, words)
    lines_of, before = chunks.table["row"].tolist(), chunks.table["before"].tolist()
    odds = (chunks.table["row_opens"] @ np.array([1.0, -1.0])).tolist()
    _collect(grid, widths, chunks, words, in_order(lines_of, before, steps, roles, odds))
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
    language: ColumnLanguage, grid: Grid, chunks: Chunks, words: Sequence[Word]
) -> tuple[tuple[float, ...], Reading]:
    """The column widths found, and a step for each chunk."""
    labels = {at: words[at].text for at in chunks.first[chunks.table["label"] > 0].tolist()}
    kinds = grid.kinds()
    sample = chunks.until(SAMPLE)
    said: dict[int, Said] = {}
    frame = Frame(kinds, _widths(len(kinds), sample, _tagged(sample)))
    steps = search(Judge(language, frame, labels), sample, SAMPLE_BEAM, SAMPLE_MARGIN, said)
    frame = Frame(kinds, _widths(len(kinds), sample, [step for step, _ in steps]))
    return frame.widths, search(Judge(language, frame, labels), chunks, said=said)


def _tagged(chunks: Chunks) -> Iterator[tuple[int, int]]:
    """Where the tagger would put each chunk by itself: deed and column."""
    columns = chunks.tags.shape[1] - 1  # the last is a row that spans the table
    row = before = -1
    for line, column in zip(chunks.table["row"].tolist(), chunks.tags.argmax(1).tolist(), strict=True):
        column = column if column < columns else -1
        yield GO_ON if line == row and column == before else CONTINUE, column
        row, before = line, column


def _widths(columns: int, chunks: Chunks, steps: Iterable[tuple[int, int]]) -> tuple[float, ...]:
    """Widths of the columns in ems, as the segments of a reading show them."""
    seen: list[list[float]] = [[] for _ in range(columns)]
    for width, (deed, column) in zip(chunks.table["width"].tolist(), steps, strict=True):
        if column < 0:
            continue
        if deed == GO_ON:
            seen[column][-1] += SPACE_WIDTH + width
        else:
            seen[column].append(width)
    return tuple(column_width(s) for s in seen)


def column_width(segments: Sequence[float]) -> float:
    """The width that explains the most segments; 0 where there are too few to tell.

    Lines of wrapped text end less than a word short of the column's edge, so widths crowd just below it; segments
    that were read wrong spread over all widths, and those far beyond the edge speak against it.
    """
    import numpy as np

    if len(segments) < 3:
        return 0.0
    edges = np.sort(np.array(segments))
    near = np.searchsorted(edges, 1.005 * edges, "right") - np.searchsorted(edges, 0.85 * edges, "left")
    beyond = len(edges) - np.searchsorted(edges, 1.04 * edges, "right")
    explained = near - 0.3 * beyond
    return float(edges[explained == explained.max()][-1])


def _collect(grid: Grid, widths: Sequence[float], chunks: Chunks, words: Sequence[Word], steps: Reading) -> None:
    """Build rows and cells from the steps."""
    row: GridRow | None = None
    used = 0.0
    places = zip(chunks.first.tolist(), chunks.last.tolist(), chunks.table["width"].tolist(), strict=True)
    for (at, to, broad), (step, sure) in zip(places, steps, strict=True):
        first, last = words[at], words[to]
        piece = (first.line, first.start, last.end)
        if step.deed in (NEW_ROW, SPAN):
            row = GridRow(section=step.deed == SPAN)
            grid.rows.append(row)
        assert row is not None
        role = "content" if step.column < 0 else grid.roles[step.column]
        if role not in row.cells:
            row.cells[role] = GridCell()
        cell = row.cells[role]
        cell.certainty = min(cell.certainty, sure)
        same_line = bool(cell.pieces) and cell.pieces[-1][0] == piece[0]
        if step.deed in (GO_ON, SPAN_ON) and same_line:
            used += SPACE_WIDTH + broad
            line, start, _ = before = cell.pieces[-1]
            piece = cell.pieces[-1] = (line, start, piece[2])
            sure = min(sure, grid.sure.pop(before))
        else:
            used = broad
            cell.pieces.append(piece)
            cell.full_lines.append(False)
        grid.sure[piece] = sure
        if step.deed in (GO_ON, CONTINUE, BEGIN, NEW_ROW):
            width = widths[step.column]
            cell.full_lines[-1] = width <= 0 or used > 0.75 * width
        else:
            cell.full_lines[-1] = True
