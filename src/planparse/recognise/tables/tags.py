"""The tagger's answers: places in its rows of numbers."""

from __future__ import annotations

from planparse.recognise.tables.head_names import USUAL_ORDER

SPAN, JUNK = len(USUAL_ORDER), len(USUAL_ORDER) + 1
"""The roles of columns in their order, then these two: a row that spans the table, and specks."""
N_TAGS = len(USUAL_ORDER) + 2
BEGINS, OPENS = N_TAGS, N_TAGS + 1
"""Yes/no answers, as log odds: the word begins its cell, or opens a row. A third, that it is of an earlier row, is
learned beside them and not asked."""
