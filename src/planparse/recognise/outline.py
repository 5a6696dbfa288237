"""The headings of a document, with their level and title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from planparse.lexicon import agencies
from planparse.recognise.layout import Layout, Role
from planparse.recognise.notes import Notebook
from planparse.recognise.outline_labels import Kind, Label, read_labels, renumbered, stroke_apart
from planparse.recognise.outline_row import Row
from planparse.recognise.passage import Range, join
from planparse.recognise.phrases import capitals, opens_any, trim
from planparse.recognise.plain import plain
from planparse.records import OutlineItem
from planparse.restore.text import RestoredText

LONGEST_TITLE = 45
"""Words of a title; what is longer is running text behind a label."""

NARROW = 58
"""A line that ends before this column was ended by its author, not by the margin."""

_ANNEX = re.compile(r"[\s*_]*(?P<word>ph[uy] l[uy]c)\s*(?P<number>(?:[ivx]{1,5}|\d{1,2})?)[\s.:*_]*$")
_BULLET = re.compile(r"\s*[-–—+•]\s*\S")


@dataclass(frozen=True)
class Heading:
    """A label in its place and the ranges of its title."""

    label: Label
    line: int
    level: int
    jumps: bool
    title: list[Range]


def find_outline(text: RestoredText, layout: Layout, notes: Notebook) -> list[OutlineItem]:
    """Headings in reading order, those of the annexes last."""
    headings = [*_headings(text, layout.lines(Role.BODY)), *_annexes(text, layout.lines(Role.APPENDIX))]
    return [_item(text, heading, at, notes) for at, heading in enumerate(headings)]


def _annexes(text: RestoredText, lines: list[int]) -> list[Heading]:
    """Titles of annexes, each with the headings in its text (a plan that a decision puts in force is an annex)."""
    starts = [at for at, number in enumerate(lines) if _annex_label(text.line(number).text)]
    found: list[Heading] = []
    for at, after in pairwise([*starts, len(lines)]):
        label = _annex_label(text.line(lines[at]).text)
        if label is None:
            continue
        found.append(Heading(label, lines[at], 1, False, _capitals_below(text, lines, at)))
        inner = _headings(text, lines[at + 1 : after])
        found += [replace(heading, level=heading.level + 1) for heading in inner]
    return found if starts else _headings(text, lines)


def _annex_label(line: str) -> Label | None:
    """``Phụ lục``, ``PHỤ LỤC II``: a line that says nothing else."""
    match = _ANNEX.match(plain(line))
    if match is None or not line.strip()[:1].isupper():
        return None
    number = " ".join(line[match.start("number") : match.end("number")].split())
    text = f"Phụ lục {number}".strip()
    ink = " ".join(line[match.start("word") : match.end("number")].split())
    return Label(Kind.ANNEX, 1, text, match.start("word"), match.end("number"), ink.casefold() != text.casefold())


def _headings(text: RestoredText, lines: list[int]) -> list[Heading]:
    row = Row()
    found: list[Heading] = []
    for at, number in enumerate(lines):
        line = text.line(number).text
        fresh = at == 0 or number - lines[at - 1] > 1 or _ended(text.line(lines[at - 1]).text)
        labels = read_labels(line)
        chosen = _settled(row, labels, text, lines, at, found) if fresh else None
        chosen = chosen or row.place(labels, fresh)
        if chosen is None:
            continue
        label, jumps = chosen
        found.append(Heading(label, number, row.level, jumps, _title(text, lines, at, label)))
    return found


def _settled(
    row: Row, labels: list[Label], text: RestoredText, lines: list[int], at: int, found: list[Heading]
) -> tuple[Label, bool] | None:
    """A Roman number before a title in capitals that does not count on: its neighbours say what it is.

    ``II. … II. …`` is II and III, ``II. … I. …`` too unless a second ``II.`` shows that the numbers begin anew. After
    ``III. … V. …`` a second ``V.`` says that the first was IV; ``found`` is then put right.
    """
    label, last = row.behind(labels)
    if label is None or last is None or not _shouts(text.line(lines[at]).text, label):
        return None
    before = max(i for i, heading in enumerate(found) if heading.label.kind is Kind.ROMAN)
    anew = label.value == 1 < last and _next_roman(text, lines[at + 1 :]) == 2
    if label.value == last and found[before].jumps and stroke_apart(last, last - 1):
        found[before] = replace(found[before], label=renumbered(found[before].label, last - 1), jumps=False)
    elif (label.value == last and stroke_apart(last, last + 1)) or (last < STROKES and not anew):
        label = renumbered(label, last + 1)
    elif not anew:
        return None
    row.put(label)
    return label, False


STROKES = 3
"""The numbers up to III are strokes alone, of which OCR loses one or two."""


def _shouts(line: str, label: Label) -> bool:
    """Whether a title of two words and more in capitals follows on a label."""
    title = line[label.end :]
    return capitals(title) >= 0.75 and len(re.findall(r"[^\W\d_]{2,}", title)) > 1


def _next_roman(text: RestoredText, lines: list[int]) -> int | None:
    """The next Roman number before a title in capitals."""
    for number in lines:
        line = text.line(number).text
        for label in read_labels(line):
            if label.kind is Kind.ROMAN and _shouts(line, label):
                return label.value
    return None


def _ended(line: str) -> bool:
    """Whether a line ends its paragraph: by a mark, or short of the margin."""
    shown = line.rstrip(" *_")
    return shown[-1:] in ".;:!?”" or len(shown) < NARROW


def _title(text: RestoredText, lines: list[int], at: int, label: Label) -> list[Range]:
    """The title behind a label; empty where running text follows at once."""
    number = lines[at]
    first = text.line(number).text
    pieces = [(number, label.end, len(first))] if first[label.end :].strip(" *_.") else []
    if label.kind is Kind.CHAPTER and not pieces:
        return _capitals_below(text, lines, at)
    for following in range(at + 1, min(at + 5, len(lines))):
        if not pieces or not _wraps(text, lines, following, pieces):
            break
        pieces.append((lines[following], 0, len(text.line(lines[following]).text)))
    return _told_from_text(text, [trim(text, piece, " *_|'\"~") for piece in pieces])


def _capitals_below(text: RestoredText, lines: list[int], at: int) -> list[Range]:
    """The title of a chapter: the lines in capitals below its label."""
    pieces = []
    for number in lines[at + 1 : at + 4]:
        line = text.line(number).text
        if capitals(line) < 0.75 or read_labels(line):
            break
        pieces.append((number, 0, len(line)))
    return [trim(text, piece) for piece in pieces]


def _wraps(text: RestoredText, lines: list[int], following: int, pieces: list[Range]) -> bool:
    """Whether a line goes on with the paragraph above it."""
    number = lines[following]
    above, line = text.line(lines[following - 1]).text, text.line(number).text
    if _BULLET.match(line) or above.rstrip(" *_")[-1:] in ".;:":
        return False
    if number - lines[following - 1] > 1 and not line.lstrip()[:1].islower():
        return False  # after a blank line only a small letter goes on
    in_capitals = capitals(text.line(pieces[0][0]).text[pieces[0][1] :]) > 0.75
    if in_capitals:
        return capitals(line) > 0.75 and not read_labels(line)
    if read_labels(line):
        return False
    return line.lstrip()[:1].islower() or len(above.rstrip()) >= NARROW


def _told_from_text(text: RestoredText, pieces: list[Range]) -> list[Range]:
    """The pieces that are title: all of a short paragraph without a point, or what stands before a colon."""
    passage = join(text, pieces)
    words = passage.text.rstrip(" *_")
    if not words:
        return []
    colon = len(words) - 1 if words.endswith(":") else words.find(":")
    if colon > 0 and len(words[:colon].split()) <= LONGEST_TITLE and "." not in words[:colon]:
        return passage.ranges(0, colon)
    if words[-1] in ".;," or len(words.split()) > LONGEST_TITLE or opens_any("recital", words, 0.85):
        return []
    return passage.ranges(0, len(words))


_DEPARTMENT = re.compile(r"[S5$8][6o]\s(?=[^\W\d_])")
"""``Sở`` as digits: ``9.56 Y tế`` is ``9. Sở Y tế``."""


def _department(title: str) -> str:
    """A title with ``Sở`` put back where the body is one that the lexicon knows."""
    match = _DEPARTMENT.match(title)
    name = f"Sở {title[match.end() :]}" if match else title
    return name if match and name in agencies().by_name else title


def _item(text: RestoredText, heading: Heading, at: int, notes: Notebook) -> OutlineItem:
    label, pointer = heading.label, f"/outline/{at}"
    ink = text.line(heading.line).text[label.start : label.end].rstrip()
    notes.found(
        f"{pointer}/label", [(heading.line, label.start, label.start + len(ink))], 0.8 if label.changed else 0.97
    )
    if label.changed:
        message = f"{ink!r} was read as {label.text}"
        notes.diagnose("PP130", "info", message, f"{pointer}/label", [heading.line])
    if heading.jumps:
        message = f"{label.text} does not follow on the label before it"
        notes.diagnose("PP131", "warning", message, pointer, [heading.line])
    title = join(text, heading.title).text.strip(" *_.") or None
    if title:
        printed, title = title, _department(title)
        notes.found(f"{pointer}/title", heading.title, 0.9, printed if printed != title else None)
    return OutlineItem(label=label.text, title=title, level=heading.level, line=heading.line)
