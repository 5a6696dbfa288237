"""Rendered tables with known truth, as the trainer of the column model sees them.

Reads what ``python -m training tables`` writes: per line of the OCR text the true words under it and the
``segments`` (start, end, row, column kind) that say to which cell its words belong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from planparse.recognise.tables.chunks import BLANK_LINE, NEW_PAGE, SAME_BLOCK, Chunk, heard
from planparse.recognise.tables.cuts import cut_line
from planparse.recognise.tables.head_names import ROLE_KINDS
from planparse.recognise.tables.kinds import Kind
from planparse.recognise.tables.language import ColumnLanguage
from planparse.recognise.tables.specks import without_specks
from planparse.recognise.tables.tags import N_TAGS
from planparse.recognise.tables.untangle import column_width
from planparse.recognise.tables.words import Word, split_words, words_of
from planparse.restore.restorer import restorer

Place = tuple[int, int] | None
"""Row and column of a word; column -1 for a row that spans the table; None for a shred."""


@dataclass
class TableLine:
    """A line inside the table: its words, where each belongs, and what stands before the line."""

    words: list[Word]
    places: list[Place]
    before: int


@dataclass
class Example:
    """One rendered table."""

    name: str
    columns: list[Kind]
    rows: list[dict[str, object]]
    tasks: list[dict[str, str | None]]
    lines: list[TableLine] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    setting: dict[str, object] = field(default_factory=dict)

    def widths(self) -> list[float]:
        """Widths of the columns; 0 for a column without text."""
        found: list[list[float]] = [[] for _ in self.columns]
        for line in self.lines:
            for place, words in segments(line):
                if place and place[1] >= 0:
                    found[place[1]].append(sum(w.width for w in words) + 0.25 * (len(words) - 1))
        return [column_width(f) or max(f, default=0.0) for f in found]


def segments(line: TableLine) -> Iterator[tuple[Place, list[Word]]]:
    """Runs of words of one place."""
    run: list[Word] = []
    last: Place = None
    for word, place in zip(line.words, line.places, strict=True):
        if run and place != last:
            yield last, run
            run = []
        run.append(word)
        last = place
    if run:
        yield last, run


def _restored(read: list[Word], truth: str) -> list[Word]:
    """The words with the true text in place of what was read, where both count the same number of words."""
    true = truth.split()
    if len(true) != len(read):
        return read
    made = []
    for word, text in zip(read, true, strict=True):
        new = split_words(word.line, text)
        made.append(
            Word(word.line, word.start, word.end, new[0].text, new[0].key, new[0].width, word.ruled) if new else word
        )
    return made


RAW, RESTORED, TRUE = "raw", "restored", "true"
"""What an example's words are: as OCR read them, as the restorer mends them, or as they were printed."""


def load(path: Path, state: str = RESTORED) -> Example:
    """One example from NAME.json and NAME.txt, its words in one of the states above."""
    data = json.loads(path.read_text(encoding="utf-8"))
    texts = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n")
    mended = restorer().restore([t.replace("\f", " ") for t in texts])[0] if state == RESTORED else None
    names = [c["kind"] for c in data["columns"]]
    example = Example(
        path.stem,
        [ROLE_KINDS.get(n, Kind.NOTE) for n in names],
        data["rows"],
        data["tasks"],
        [],
        names,
        data.get("setting", {}),
    )
    spans = {i for i, row in enumerate(data["rows"]) if row["span"]}
    labelled = [i for i, line in enumerate(data["lines"]) if any(s[2] >= 0 for s in line["segments"])]
    before = NEW_PAGE
    for number in range(labelled[0], labelled[-1] + 1):
        text, truth = texts[number], data["lines"][number]
        found = truth["segments"]
        if "\f" in text:
            before = NEW_PAGE
        if not text.strip():
            before = max(before, BLANK_LINE)
            continue
        if any(s[2] < 0 for s in found) or (not found and truth["truth"]):
            before = NEW_PAGE
            continue
        words = words_of(mended[number]) if mended else split_words(number + 1, text)
        places: list[Place] = []
        for word in words:
            left, right = mended[number].ink_range(word.start, word.end) if mended else (word.start, word.end)
            middle = (left + right) / 2
            place: Place = None
            for start, end, row, kind in found:
                if start <= middle <= end:
                    place = (row, -1) if row in spans else (row, names.index(kind))
            places.append(place)
        if state == TRUE:
            kept = [i for i, p in enumerate(places) if p is not None]
            true = _restored([words[i] for i in kept], truth["truth"])
            for i, word in zip(kept, true, strict=True):
                words[i] = word
        if words:
            example.lines.append(TableLine(words, places, before))
            before = SAME_BLOCK
    return example


def cut(example: Example, language: ColumnLanguage) -> Iterator[tuple[Chunk, list[Place], list[Word]]]:
    """The chunks of an example with the places of their words."""
    offset = 0
    for row, line in enumerate(example.lines):
        words = without_specks(language, line.words)
        place_of = {id(w): p for w, p in zip(line.words, line.places, strict=True)}
        # the moves are learned as if there were no tagger: it has seen these tables
        answers = np.zeros((len(words), N_TAGS + 3))
        answers[:, :N_TAGS] = -np.log(N_TAGS)  # all alike: one that is sure of everything would count for more
        silent = heard(answers, range(len(example.columns)))
        for chunk in cut_line(language, words, silent, offset, row, line.before) if words else ():
            inside = words[chunk.first - offset : chunk.last - offset + 1]
            yield chunk, [place_of[id(w)] for w in inside], inside
        offset += len(words)
