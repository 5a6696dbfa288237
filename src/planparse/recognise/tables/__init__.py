"""Task tables of annexes, in whatever shape OCR left them.

:mod:`head` finds the table and names its columns, :mod:`regions` its lines. :mod:`exact` reads tables with
separators; :mod:`untangle` reads the rest: a learned :mod:`tagger` judges every word by its :mod:`signs`,
:mod:`settling` holds the head against what stands below it, lines are cut into pieces (:mod:`words`,
:mod:`chunks`), and a beam search (:mod:`search`) over moves between cells (:mod:`moves`) finds the best joint
reading by learned weights (:mod:`language`). Either gives a :mod:`grid`; :mod:`numbering`, :mod:`sections`,
:mod:`mend`, :mod:`reassign`, :mod:`likes` and :mod:`strays` make it whole, and :mod:`assemble` turns it into records.
"""

from __future__ import annotations

from collections.abc import Sequence

from planparse.recognise.bodies import Bodies, name_key, plain_name
from planparse.recognise.notes import Notebook
from planparse.recognise.tables.assemble import Assembler
from planparse.recognise.tables.exact import read_exact
from planparse.recognise.tables.grid import Grid
from planparse.recognise.tables.language import column_language
from planparse.recognise.tables.likes import figures_as_written, find_likes
from planparse.recognise.tables.lost_heads import with_lost
from planparse.recognise.tables.mend import mend_cells
from planparse.recognise.tables.reassign import reassign, reassign_judge
from planparse.recognise.tables.regions import find_regions
from planparse.recognise.tables.ruled import ruled_grids
from planparse.recognise.tables.strays import find_strays, stray_judge
from planparse.recognise.tables.tagger import tagger
from planparse.recognise.tables.taken_back import take_back
from planparse.recognise.tables.untangle import untangle
from planparse.records import Task
from planparse.restore.text import RestoredText


def load_tables() -> None:
    """Load now what is learned of tables, which otherwise waits for the first of them."""
    column_language()
    tagger()
    stray_judge()
    reassign_judge()


def find_tasks(text: RestoredText, notes: Notebook) -> list[Task]:
    """The rows of all task tables of a document, in order."""
    grids = read_grids(text)
    mended = mend_cells(text, grids)
    reassign(text, grids, mended)
    strays = find_strays(text, grids, mended)
    likes = find_likes(grids, mended)
    strays.leave_out(mended, likes)
    likes |= figures_as_written(grids, mended, likes)
    assembler = Assembler(notes, mended, likes)
    for grid in grids:
        assembler.add(grid)
    return resolve_bodies(assembler.tasks, notes)


def read_grids(text: RestoredText) -> list[Grid]:
    """Rows and cells of all task tables of a document, in order."""
    ruled = ruled_grids(text)
    seen = {line for table in ruled for line in table.lines}
    tables = [(min(table.lines), table.grid) for table in ruled]
    tables += [
        (region.head.first, read_exact(text, region) or untangle(text, region))
        for region in with_lost(text, find_regions(text), frozenset(seen))
        if region.head.first not in seen
    ]
    grids = [grid for _, grid in sorted(tables, key=lambda table: table[0])]
    take_back(text, grids)
    return grids


def resolve_bodies(tasks: Sequence[Task], notes: Notebook) -> list[Task]:
    """The tasks with one name for each body; what a name was read from is told where letters changed."""
    named = [name for task in tasks for name in (*task.lead_agencies, *task.supporting_agencies)]
    bodies = Bodies(named, notes.text)
    resolved = []
    for place, task in enumerate(tasks):
        lead = _resolved(bodies, task.lead_agencies, f"/tasks/{place}/lead_agencies", notes)
        support = _resolved(bodies, task.supporting_agencies, f"/tasks/{place}/supporting_agencies", notes)
        others = [name for name in support if name not in lead]
        resolved.append(task.model_copy(update={"lead_agencies": lead, "supporting_agencies": others}))
    return resolved


def _resolved(bodies: Bodies, names: Sequence[str], pointer: str, notes: Notebook) -> list[str]:
    found: list[str] = []
    for name in names:
        body = bodies.resolve(name)
        if body is None or name_key(body) != name_key(plain_name(name)):
            said = f"taken for «{body}»" if body else "is no name of a body"
            notes.diagnose("PP207", "info", f"«{name}» {said}", pointer)
        if body and body not in found:
            found.append(body)
    return found
