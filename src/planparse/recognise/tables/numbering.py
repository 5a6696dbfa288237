"""What every row of a table is called: one best joint reading of all its labels.

Parts (A, B), sections (I, II), groups (2) and rows (1, 2, 2.1) form one sequence, and OCR leaves only pieces of it.
No row can be judged alone: whether ``23`` is 2.3 depends on what comes after it. So the table is read as a walk over
states (part, section, number), whose steps cost what they cost in plans (the next number nothing, a number left out
much) and whose labels cost what it takes OCR to leave the ink that is there (:mod:`label_ink`); the cheapest walk is
found by dynamic programming, in time linear in the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import itemgetter
from typing import Literal, NamedTuple

from planparse.recognise.tables.label_ink import (
    LETTER,
    NUMBER,
    ROMAN,
    ROMANS,
    bare_label,
    looks_like_label,
    parse_number,
    price,
    roman,
)

Label = tuple[int, ...]
Level = Literal["row", "part", "section", "group", "loose"]
Mode = Literal["plain", "opened", "bare"]

BEAM = 16
"""States kept after each row. Those that differ by more than a few misreadings never win."""

# What the steps cost, in nats; a misread sign costs 1.6 to 3.2, a lost one 1.5 (data/label_inks.yaml).
SKIP, SKIP_MORE = 3.4, 0.6  # a number left out: the plan's own slip, or a row that no one found
AGAIN = 4.0  # the number of the row above once more
LEAP = 5.0  # to any number that is printed
UP = 0.3  # from 2.3 to 3
DOWN = 1.6  # from 2 to 2.1 without a title that opens the group
SIDE = 1.8  # from a title straight to its own sibling
BARE_INSIDE, BARE_NEXT, BARE_ELSEWHERE = 4.5, 1.2, 5.0  # a row without number, below a title or anywhere
RUN_ON, CHANGE_STYLE = 1.2, 2.5  # numbers go on over sections (or sections over parts), and only here and there
NEW_LEVEL = {"part": 1.0, "section": 0.2, "group": 1.8}
SMALL_PART, CAPITAL_TITLE = 4.0, 0.8  # titles of parts are set in capitals where they have no label
BARE_ROW, TITLE_OF_ROW, UNMARKED = 1.2, 0.5, 4.0  # a row whose cells are empty; such a row as a title, without label
LOST_GROUP = 1.5  # a spanning row without label is more often a section
LOOSE = 6.0  # a spanning row that is no title: lines of a neighbour, or of nothing
NO_LABEL_WORD, LABEL_FROM_WORD = 3.5, 3.0  # a label-like first word that is none; a label before a small letter


class Item(NamedTuple):
    """A row, or a row that spans the table, as its number is judged.

    ``ink`` is what the number cell shows, or the first word of a spanning row (``None`` for nothing).
    ``bare`` marks a row with nothing but its task, as titles look where they do not span the table.
    ``small`` tells that the title goes on in lower case after that word, ``capitals`` that it is set in capitals.
    """

    ink: str | None
    span: bool = False
    small: bool = False
    capitals: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Reading:
    """What an item is: its level, the label as it is written, and where in the plan it stands."""

    level: Level
    label: str | None
    part: int
    section: int
    number: Label
    inferred: bool
    """The label is not simply what was printed (``None`` beside ink: what is printed was taken for a shred)."""
    took_ink: bool
    """The first word of a spanning row is its label (and no part of its title)."""
    skipped: int = 0
    """Labels of this level that the table leaves out before this one; -1 if it comes again or goes back."""


class _State(NamedTuple):
    part: int
    section: int
    number: Label
    mode: Mode
    rows_run_on: bool | None
    sections_run_on: bool | None


class _Step(NamedTuple):
    state: _State
    cost: float
    level: Level
    label: str | None
    kind: str
    skipped: int = 0


class _Node(NamedTuple):
    cost: float
    state: _State
    step: _Step | None
    took: bool
    back: _Node | None


_COST = itemgetter(0)
_node = partial(tuple.__new__, _Node)
"""A node from a tuple of its fields, which costs half of naming them."""


def show_label(label: Label) -> str:
    """(2, 1) → ``2.1``."""
    return ".".join(map(str, label))


def is_numbered(items: Sequence[Item]) -> bool:
    """Whether the rows of a table are numbered: a stray figure at the start of a line does not make them so."""
    rows = [item for item in items if not item.span]
    return sum(parse_number(row.ink) is not None for row in rows) > len(rows) / 8


def read_labels(items: Sequence[Item], numbered: bool = True) -> list[Reading]:
    """The cheapest joint reading of a table's labels, one for each item.

    ``numbered`` tells whether the rows have numbers at all; titles are read in any case.
    """
    beam = [_Node(0.0, _State(0, 0, (), "plain", None, None), None, False, None)]
    for item in items:
        best: dict[_State, _Node] = {}
        inks: dict[tuple[str, str | None, str], tuple[float, bool]] = {}  # steps of rivals often say the same
        for node in beam:
            before = node.cost
            for step in _steps(node.state, item, numbered):
                state, price_of, level, label, kind, _ = step
                said = (level, label, kind)
                found = inks.get(said)
                if found is None:
                    found = inks[said] = _ink_price(item, step, numbered)
                ink, took = found
                cost = before + price_of + ink
                known = best.get(state)
                if known is None or cost < known[0]:
                    best[state] = _node((cost, state, step, took, node))
        beam = sorted(best.values(), key=_COST)[:BEAM]
    readings: list[Reading] = []
    at: _Node | None = min(beam, key=_COST)
    for item in reversed(items):
        assert at is not None
        readings.append(_reading(item, at, numbered))
        at = at.back
    return readings[::-1]


def _reading(item: Item, node: _Node, numbered: bool) -> Reading:
    step, state = node.step, node.state
    assert step is not None
    printed = bare_label(item.ink) if node.took or (numbered and step.level == "row") else ""
    if step.kind == NUMBER:
        printed = printed.replace(",", ".")
    return Reading(
        step.level, step.label, state.part, state.section, state.number,
        (step.label or "") != printed, node.took, step.skipped,
    )  # fmt: skip


def _ink_price(item: Item, step: _Step, numbered: bool) -> tuple[float, bool]:
    """What the ink costs under a step, and whether it was taken for the label."""
    if step.level == "loose":
        return (0.0 if item.ink is None or not looks_like_label(item.ink) else NO_LABEL_WORD), False
    if step.label is None and step.level == "row":
        # a row without number: any ink in its cell is then a shred
        shred = 0.0 if not item.ink or not numbered else 6.0 if parse_number(item.ink) else 2.0
        return shred, False
    assert step.label is not None
    if step.level == "row":
        return price(item.ink, step.label, step.kind), item.ink is not None
    unlike = 0.0
    if step.level == "part" and not item.capitals:
        unlike = SMALL_PART
    elif step.level != "part" and item.capitals:
        unlike = CAPITAL_TITLE
    if step.level == "group":
        unlike += LOST_GROUP if item.span and (item.ink is None or not looks_like_label(item.ink)) else 0.0
    lost = price(None, step.label, step.kind) + unlike
    if item.ink is None or not looks_like_label(item.ink):
        return (lost, False) if item.span or item.ink is None else (price(item.ink, step.label, step.kind), True)
    read = price(item.ink, step.label, step.kind) + unlike / 2 + (LABEL_FROM_WORD if item.small else 0.0)
    passed = lost + (NO_LABEL_WORD if any(c.isalnum() for c in item.ink) and not item.small else 0.5)
    return (read, True) if read <= passed else (passed, False)


@lru_cache(maxsize=16384)
def _steps(state: _State, item: Item, numbered: bool) -> Sequence[_Step]:
    """Steps to an item; a row that is bare may be a title, and a task, but for its empty cells."""
    if item.span:
        return _title_steps(state, item)
    steps = _row_steps(state, item.ink, numbered)
    if not item.bare:
        return steps
    cost = TITLE_OF_ROW if item.ink else TITLE_OF_ROW + UNMARKED
    titles = [step._replace(cost=step.cost + cost) for step in _title_steps(state, item) if step.level != "loose"]
    return [step._replace(cost=step.cost + BARE_ROW) for step in steps] + titles


def _row_steps(state: _State, ink: str | None, numbered: bool) -> list[_Step]:
    """Steps to a row that is a task."""
    if not numbered:
        return [_Step(state, 0.0, "row", None, NUMBER)]
    bare = {"opened": BARE_INSIDE, "bare": BARE_NEXT, "plain": BARE_ELSEWHERE}[state.mode]
    kept: Mode = "plain" if state.mode == "plain" else "bare"
    steps = [_Step(state._replace(mode=kept), bare, "row", None, NUMBER)]
    return steps + [
        _Step(_at(state, label, "plain"), cost, "row", show_label(label), NUMBER, skipped)
        for label, cost, skipped in _next_numbers(state, ink)
    ]


def _at(state: _State, number: Label, mode: Mode) -> _State:
    """A state at another number; ``_replace`` would take three times as long."""
    part, section, _, _, rows_run_on, sections_run_on = state
    return _State(part, section, number, mode, rows_run_on, sections_run_on)


def _next_numbers(state: _State, ink: str | None) -> list[tuple[Label, float, int]]:
    """Numbers that may come next, what each costs, and how many it leaves out."""
    label, mode = state.number, state.mode
    found: list[tuple[Label, float, int]]
    if not label:
        found = [((1,), 0.0, 0), ((2,), SKIP, 1)]
    else:
        side, down = {"plain": (0.0, DOWN), "opened": (SIDE, 0.0), "bare": (0.0, 3.0)}[mode]
        parent, last = label[:-1], label[-1]
        found = [
            ((*parent, last + 1), side, 0),
            ((*label, 1), down, 0),
            ((*parent, last + 2), side + SKIP, 1),
            ((*parent, last + 3), side + SKIP + SKIP_MORE, 2),
        ]
        if mode == "plain":
            found.append((label, AGAIN, -1))
        if mode == "opened":
            found.append(((*label, 2), SKIP, 1))
        for depth in range(1, len(label)):
            above = label[:depth]
            found.append(((*above[:-1], above[-1] + 1), UP, 0))
            found.append(((*above[:-1], above[-1] + 2), UP + SKIP, 1))
    printed = parse_number(ink)
    if printed and all(printed != known for known, _, _ in found):
        skipped = printed[-1] - label[-1] - 1 if label and printed[:-1] == label[:-1] else printed[-1] - 1
        found.append((printed, LEAP, skipped if printed > label and skipped > 0 else -1))
    return found


def _title_steps(state: _State, item: Item) -> list[_Step]:
    """Steps to a row that spans the table: the title of a part, a section or a group."""
    loose = _Step(state, LOOSE, "loose", None, NUMBER)
    return [*_part_steps(state), *_section_steps(state, item.ink), *_group_steps(state, item.ink), loose]


def _part_steps(state: _State) -> list[_Step]:
    steps = []
    for skipped in (0, 1):
        part = state.part + 1 + skipped
        cost = NEW_LEVEL["part"] + skipped * SKIP
        label = chr(64 + part) if part <= 26 else None
        if label is None:
            continue
        for runs, price_of in _styles(state.sections_run_on, state.part > 0 and state.section > 0):
            section = state.section if runs else 0
            # a part may hold rows without sections; whether their numbers run on is then the sections' question
            number: Label = state.number if state.rows_run_on else ()
            steps.append(
                _Step(
                    _State(part, section, number, "plain", state.rows_run_on, runs), cost + price_of, "part", label,
                    LETTER, skipped,
                )
            )  # fmt: skip
    return steps


def _section_steps(state: _State, ink: str | None) -> list[_Step]:
    wanted = {state.section + 1: (0.0, 0), state.section + 2: (SKIP, 1)}
    printed = ROMANS.get(bare_label(ink))
    if printed and printed not in wanted:
        ahead = printed - state.section - 1
        wanted[printed] = (LEAP, ahead if ahead > 0 else -1)
    steps = []
    for section, (cost, skipped) in wanted.items():
        for runs, price_of in _styles(state.rows_run_on, bool(state.number)):
            number: Label = state.number[:1] if runs else ()
            steps.append(
                _Step(
                    _State(state.part, section, number, "plain", runs, state.sections_run_on),
                    NEW_LEVEL["section"] + cost + price_of, "section", roman(section), ROMAN, skipped,
                )
            )  # fmt: skip
    return steps


def _group_steps(state: _State, ink: str | None) -> list[_Step]:
    return [
        _Step(_at(state, label, "opened"), NEW_LEVEL["group"] + cost, "group", show_label(label),
              NUMBER, skipped)
        for label, cost, skipped in _next_numbers(state, ink)
        if label != state.number
    ]  # fmt: skip


def _styles(known: bool | None, asked: bool) -> list[tuple[bool | None, float]]:
    """Whether a count runs on over the titles above it; a plan does it one way throughout."""
    if not asked:
        return [(known, 0.0)]
    if known is None:
        return [(False, 0.0), (True, RUN_ON)]
    return [(known, 0.0), (not known, CHANGE_STYLE)]
