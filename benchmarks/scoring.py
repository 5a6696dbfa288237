"""How right a restored text and a record are, in counts that add up over documents.

Every figure is a :class:`Tally` of right, given and wanted items; its F1 says how good it is. The rules: words are
aligned by edit distance, so that a lost or an invented word is an error; a table cell is close when it is at least
95 % similar to the truth; rows are paired by their content; letter case, end punctuation and spacing do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

EDGE = ".,;:()[]\"“”‘’'…?!*/-–— "
CELLS = ("content", "responsible", "deadline", "result")
NUMBERS = ("rank", "score", "max_score", "expected_increase", "target")
HEADER = ("doc_type", "number_symbol", "date", "place", "issuer", "parent_issuer", "subject")
SIGNATURE = ("authority", "position", "name")

CLOSE = 95
"""Similarity in percent from which a cell counts as read."""

PAIRED = 60
"""Similarity of content in percent from which two rows can be the same row."""

Record = dict[str, Any]


@dataclass(frozen=True)
class Tally:
    """Items right, given by the program, and wanted by the truth."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.given + other.given, self.wanted + other.wanted)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1.0 where nothing was wanted and nothing given."""
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 1.0


def fold(value: object) -> str:
    """A value in the form that is compared: NFC, no case, one kind of space and dash, no end punctuation."""
    text = unicodedata.normalize("NFC", str(value if value is not None else "")).casefold()
    return re.sub(r"\s+", " ", text.replace("–", "-").replace("—", "-")).strip(EDGE)


def words(line: str) -> list[str]:
    """The words of a line that hold a letter, folded."""
    found = (word.strip(EDGE).casefold() for word in unicodedata.normalize("NFC", line).split())
    return [word for word in found if re.search(r"[^\W\d_]", word)]


def tally_text(truth: list[str], said: list[str]) -> Tally:
    """Words right, line by line; lines for which the truth is silent are not scored."""
    right = total = 0
    for number, line in enumerate(truth):
        want = words(line)
        if not want:
            continue
        have = words(said[number]) if number < len(said) else []
        longest = max(len(want), len(have))
        right += longest - Levenshtein.distance(want, have)
        total += longest
    return Tally(right, total, total)


def tally_figures(truth: list[str], said: list[str]) -> Tally:
    """Tokens that hold a digit (numbers and symbols of documents, dates, percentages), letter for letter."""
    total = Tally()
    for number, line in enumerate(truth):
        want = Counter(_figures(line))
        have = Counter(_figures(said[number])) if want and number < len(said) else Counter()
        total += Tally(sum((want & have).values()), sum(have.values()), sum(want.values()))
    return total


def _figures(line: str) -> list[str]:
    stripped = (word.strip(EDGE) for word in unicodedata.normalize("NFC", line).split())
    return [word for word in stripped if any(c.isdigit() for c in word)]


def tally_header(truth: Record, said: Record) -> Tally:
    """Fields of the header and the signature; a null that ought to be a null is right."""
    pairs = [(truth["header"].get(k), said["header"].get(k)) for k in HEADER]
    pairs += [(truth["signature"].get(k), said["signature"].get(k)) for k in SIGNATURE]
    right = sum(_office(want) == _office(have) for want, have in pairs)
    return Tally(right, len(pairs), len(pairs))


def _office(value: object) -> str:
    return re.sub(r"\bubnd\b", "ủy ban nhân dân", fold(value))


def pair_rows(truth: list[Record], said: list[Record]) -> list[tuple[Record, Record]]:
    """Rows that are the same row, most similar content first; each row is used once."""
    contents = [[_cell(row["content"]) for row in rows] for rows in (truth, said)]
    alike = ((fuzz.ratio(a, b), i, j) for i, a in enumerate(contents[0]) for j, b in enumerate(contents[1]))
    ranked = sorted(alike, reverse=True)
    used_truth: set[int] = set()
    used_said: set[int] = set()
    pairs = []
    for similarity, i, j in ranked:
        if similarity < PAIRED:
            break
        if i not in used_truth and j not in used_said:
            used_truth.add(i)
            used_said.add(j)
            pairs.append((truth[i], said[j]))
    return pairs


def tally_tasks(truth: list[Record], said: list[Record]) -> dict[str, Tally]:
    """Cells close to the truth (``tasks``), cells exactly right (``strict``), row numbers (``numbers``)."""
    pairs = pair_rows(truth, said)
    given, wanted = len(CELLS) * len(said), len(CELLS) * len(truth)
    cells = [(_cell(t[name]), _cell(s[name])) for t, s in pairs for name in CELLS]
    return {
        "tasks": Tally(sum(fuzz.ratio(a, b) >= CLOSE for a, b in cells), given, wanted),
        "strict": Tally(sum(a == b for a, b in cells), given, wanted),
        "numbers": Tally(sum(fold(t["number"]) == fold(s["number"]) for t, s in pairs), len(said), len(truth)),
    }


def _cell(value: object) -> str:
    return re.sub(r"\s*-\s+", " ", fold(value)).strip()


def tally_scores(truth: list[Record], said: list[Record]) -> Tally:
    """Numbers of the indicator tables, keyed by row and column."""
    rows = [row for table in said for row in table["rows"]]
    given = sum(_number(row[name]) is not None for row in rows for name in NUMBERS)
    right = wanted = 0
    for row in (row for table in truth for row in table["rows"]):
        wanted += sum(_number(row[name]) is not None for name in NUMBERS)
        alike = max(rows, key=lambda r: _alike(row, r), default=None)
        if alike is None or _alike(row, alike) < 70:
            continue
        rows.remove(alike)
        for name in NUMBERS:
            want, have = _number(row[name]), _number(alike[name])
            right += want is not None and have is not None and abs(want - have) < 1e-9
    return Tally(right, given, wanted)


def _alike(truth: Record, said: Record) -> float:
    strange = truth["parent"] and said["parent"] and fold(truth["parent"]) != fold(said["parent"])
    return fuzz.ratio(fold(truth["name"]), fold(said["name"])) - (30 if strange else 0)


def _number(value: object) -> float | None:
    if value is None or isinstance(value, (int, float)):
        return value
    found = re.search(r"[-+]?\s*\d+(?:[.,]\d+)?", str(value))
    return float(re.sub(r"\s", "", found.group()).replace(",", ".")) if found else None


def _tally_keys(truth: Iterable[Hashable], said: Iterable[Hashable]) -> Tally:
    want, have = Counter(truth), Counter(said)
    return Tally(sum((want & have).values()), sum(have.values()), sum(want.values()))


def tally_prose(truth: list[Record], said: list[Record]) -> Tally:
    """Scores that the running text states, keyed by value and rank."""

    def keys(scores: list[Record]) -> list[Hashable]:
        prose = (s for s in scores if s.get("origin", "prose") == "prose")
        return [(_number(s.get("value")), s.get("rank")) for s in prose]

    return _tally_keys(keys(truth), keys(said))


def tally_citations(truth: list[Record], said: list[Record]) -> Tally:
    """Cited documents, keyed by number and date."""

    def keys(citations: list[Record]) -> list[Hashable]:
        numbered = (c for c in citations if c.get("number_symbol"))
        return [(re.sub(r"\s+", "", fold(c["number_symbol"])), c.get("date")) for c in numbered]

    return _tally_keys(keys(truth), keys(said))


def tally_deadlines(truth: list[Record], said: list[Record]) -> Tally:
    """Deadlines in the running text, keyed by date and recurrence."""

    def keys(deadlines: list[Record]) -> list[Hashable]:
        return [(d.get("date"), d.get("recurrence")) for d in deadlines]

    return _tally_keys(keys(truth), keys(said))


def tally_outline(truth: list[Record], said: list[Record]) -> Tally:
    """Headings that must be found: label right, title close; further items are not held against the program."""
    left = list(said)
    right = 0
    for item in truth:
        title = fold(item["title"])
        found = (
            s
            for s in left
            if fold(s["label"]) == fold(item["label"]) and fuzz.ratio(fold(s["title"]), title) >= CLOSE
        )
        match = next(found, None)
        if match is not None:
            left.remove(match)
            right += 1
    return Tally(right, len(truth), len(truth))


def tally_record(truth: Record, said: Record) -> dict[str, Tally]:
    """Every figure of one record."""
    return {
        "header": tally_header(truth, said),
        "outline": tally_outline(truth["outline"], said["outline"]),
        **tally_tasks(truth["tasks"], said["tasks"]),
        "scores": tally_scores(truth["indicator_tables"], said["indicator_tables"]),
        "prose": tally_prose(truth["indicator_scores"], said["indicator_scores"]),
        "citations": tally_citations(truth["citations"], said["citations"]),
        "deadlines": tally_deadlines(truth["deadlines"], said["deadlines"]),
    }
