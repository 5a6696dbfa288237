"""Task tables of annexes, in whatever shape OCR left them.

:mod:`head` finds the table and names its columns, :mod:`regions` its lines. :mod:`exact` reads tables with
separators; :mod:`untangle` reads the rest: lines are cut into pieces (:mod:`words`, :mod:`chunks`) and a beam
search (:mod:`search`) over moves between cells (:mod:`moves`) finds the best joint reading by learned weights
(:mod:`language`). Either gives a :mod:`grid`; :mod:`numbering`, :mod:`sections` and :mod:`joins` make it whole, and
:mod:`assemble` turns it into records.
"""

from __future__ import annotations

from planparse.recognise.notes import Notebook
from planparse.recognise.tables.assemble import Assembler
from planparse.recognise.tables.regions import find_regions
from planparse.recognise.tables.untangle import untangle
from planparse.records import Task
from planparse.restore.text import RestoredText


def find_tasks(text: RestoredText, notes: Notebook) -> list[Task]:
    """The rows of all task tables of a document, in order."""
    assembler = Assembler(notes)
    for region in find_regions(text):
        assembler.add(untangle(text, region))
    return assembler.tasks
