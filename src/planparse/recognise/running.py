"""The running text of a document as few long strings, so that what breaks over lines can be found whole."""

from __future__ import annotations

from planparse.recognise.layout import Layout, Role
from planparse.recognise.passage import Passage, join
from planparse.restore.text import RestoredText

_RUNNING = (Role.BODY, Role.APPENDIX, Role.TABLE)  # no set: to hash a member takes longer than to compare three


def running_text(text: RestoredText, layout: Layout, without: frozenset[int] = frozenset()) -> list[Passage]:
    """The document's text without head, closing and furniture, then its footnotes.

    Footnotes stand apart because a sentence that runs on over the page's end runs on behind them. ``without``
    are further lines to leave out.
    """
    main = [n for n in range(1, len(text.lines) + 1) if layout.role(n) in _RUNNING and n not in without]
    notes = layout.lines(Role.FOOTNOTE)
    passages = (join(text, [(n, 0, len(text.line(n).text)) for n in numbers]) for numbers in (main, notes))
    return [passage for passage in passages if passage.text]
