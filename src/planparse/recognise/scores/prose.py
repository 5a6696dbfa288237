"""Scores stated in running text, put together sentence by sentence.

``Chỉ số PAR INDEX năm 2021 của tỉnh đạt 87,12/100 điểm (tăng 1,30 % so với năm 2020), xếp hạng 21/63`` is one
score. Names and figures are read from left to right: a figure belongs to the last name before it, a rank and a
change to the last value; what stands in brackets speaks of its own subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planparse.recognise.passage import Passage
from planparse.recognise.plain import plain
from planparse.recognise.scores.anchors import Anchor, find_anchors
from planparse.recognise.scores.carried import Context, carried_index
from planparse.recognise.scores.drafts import Draft
from planparse.recognise.scores.figures import COMPARISON, Figure, find_figures
from planparse.recognise.sentences import sentences

_AIM = re.compile(
    r"\b(?:phan dau|muc tieu|du kien|quyet tam|xac dinh den|den nam 20|phai dat|chi tieu|ke hoach dat|dat muc tieu)\b"
)
_OTHER_THINGS = re.compile(
    r"\b(?:ty le|ho so|nhiem vu|giai ngan|tien do|thanh toan|van ban|can bo|phieu|muc do hoan thanh|chi tieu)\b"
)
"""Between a name and a percentage these words say that the percentage is of something else."""

_COMPARED = re.compile(rf"(?:\bhon\b|{COMPARISON})[^,;]*$|\bso v\S{{1,3}} [^,;]*$")
"""Before a name: others that one is compared with."""

_IN_TURN = re.compile(r"\blan lu\w{1,2}t\b")


@dataclass
class Scope:
    """What is being spoken of, carried from sentence to sentence."""

    index: str | None = None
    subject: str | None = None
    year: int | None = None
    year_line: int | None = None
    context: Context = field(default_factory=Context)


@dataclass
class _Sentence:
    """The state of one sentence."""

    passage: Passage
    start: int
    text: str
    folded: str
    scope: Scope
    anchors: list[Anchor]
    figures: list[Figure]
    drafts: list[Draft] = field(default_factory=list)
    group: list[Draft] = field(default_factory=list)
    component: str | None = None
    named: list[Anchor] = field(default_factory=list)
    """Indices and components named since the last value, for values given in turn."""
    in_turn: list[Anchor] = field(default_factory=list)
    last_name: Anchor | None = None
    year_here: bool = False
    since: Anchor | None = None
    part: bool = False
    """Whether the component is a part whose index was not named."""


def find_prose_scores(passage: Passage, scope: Scope | None = None) -> list[Draft]:
    """All scores of a passage, in order."""
    scope = scope or Scope()
    found: list[Draft] = []
    for start, end in sentences(passage):
        text = passage.text[start:end]
        folded = plain(text)
        state = _Sentence(passage, start, text, folded, scope, find_anchors(text), find_figures(text))
        found += _read(state)
        scope.context.passed(folded, state.anchors, bool(state.figures))
    return found


def _read(state: _Sentence) -> list[Draft]:
    events: list[Anchor | Figure | int] = [*state.anchors, *state.figures]
    events += [match.start() for match in re.finditer(r"[()]", state.text)]
    events.sort(key=lambda e: e if isinstance(e, int) else e.start)
    outside: list[_Outside] = []
    for event in events:
        if isinstance(event, int):  # brackets: what they name ends with them
            if state.text[event] == "(":
                scope = state.scope
                outside.append(_Outside(scope.subject, scope.index, scope.year, state.component, state.group))
                if state.since and event - state.since.end < 3:  # `so với năm 2022 (80,08 %)`
                    state.scope.year, state.group = int(state.since.value), []
            elif outside:
                _leave(state, outside.pop())
        elif isinstance(event, Anchor):
            _name(state, event)
        else:
            _figure(state, event)
    return state.drafts


@dataclass(frozen=True)
class _Outside:
    """What was spoken of before a bracket opened."""

    subject: str | None
    index: str | None
    year: int | None
    component: str | None
    group: list[Draft]


def _leave(state: _Sentence, outside: _Outside) -> None:
    """Go on behind a bracket as before it; but ``Chỉ số hài lòng … (SIPAS)`` has named the index in it."""
    state.scope.subject, state.since = outside.subject, None
    state.scope.year = outside.year if outside.year is not None else state.scope.year
    if state.scope.index == outside.index:
        state.component = outside.component
        state.group = outside.group or state.group  # a value in brackets may be ranked behind them


def _name(state: _Sentence, anchor: Anchor) -> None:
    """A name changes what is spoken of."""
    before = state.folded[max(0, anchor.start - 60) : anchor.start]
    compared = _COMPARED.search(before) is not None
    if anchor.kind == "since":
        state.since = anchor
        for draft in state.group:
            if draft.change_since is None and (draft.change is not None or draft.rank_change is not None):
                draft.change_since = int(anchor.value)
                draft.at["change_since"] = _place(state, anchor)
    elif anchor.kind == "year":
        _year(state, anchor)
    elif compared:
        return
    elif anchor.kind == "subject":
        if anchor.value != state.scope.subject:
            if anchor.value == "cả nước" and not re.search(r"\b(?:cua|trung binh|binh quan)\s*$", before):
                return
            state.group = []
        state.scope.subject = anchor.value
    elif anchor.kind == "part":  # `khảo sát ý kiến …`: of which index, only an index named beside it says
        state.component, state.group, state.part = anchor.value, [], True
        state.last_name = anchor
    elif anchor.kind == "index":
        if state.part and state.last_name and anchor.start - state.last_name.end < 30:
            state.part = False  # `kết quả tự đánh giá Chỉ số …`
        elif anchor.value != state.scope.index or state.component is not None:
            state.group, state.component, state.part = [], None, False
        state.scope.index = anchor.value
        state.named.append(anchor)
        state.last_name = anchor
    else:
        if anchor.index is not None:
            state.scope.index = anchor.index
        state.component, state.group, state.part = anchor.value, [], False
        state.named.append(anchor)
        state.last_name = anchor


def _year(state: _Sentence, anchor: Anchor) -> None:
    """A year before a value is the value's; one behind it that no value follows belongs to the value before."""
    behind = state.folded[anchor.end :]
    follows = re.match(r"[^;.()]{0,80}?\b(?:dat|xep|la)\b", behind)
    if state.group and not follows and not state.year_here:
        for draft in state.group:
            draft.year, draft.carried_from = int(anchor.value), None
            draft.at["year"] = _place(state, anchor)
    elif state.group and follows and state.scope.year != int(anchor.value):
        state.group = []
    state.scope.year = int(anchor.value)
    state.scope.year_line = state.passage.line_at(state.start + anchor.start)
    state.year_here = True


def _figure(state: _Sentence, figure: Figure) -> None:
    at = _place(state, figure)
    if figure.role in ("value", "threshold", "group") and (index := _borrowed(state, figure)):
        _draft(state, "target", index).aim(figure, at)
    elif figure.role == "change":
        for draft in state.group:
            draft.set_change(figure, at)
    elif figure.role == "rank":
        _rank(state, figure)
    elif figure.role == "gloss" and any(d.value is not None for d in state.group):
        for draft in state.group:
            draft.percent = figure.number
    elif figure.role in ("value", "gloss"):
        _value(state, figure)
    elif figure.role == "threshold" and _aims(state, figure) and state.last_name is not None:
        if _speaks_of(state, figure) and any(a.kind == "index" for a in state.named):
            _draft(state, "target").set_value(figure, at)
    elif figure.role == "group" and _aims(state, figure):
        _among_first(state, figure)


def _borrowed(state: _Sentence, figure: Figure) -> str | None:
    """The index of an aim that names none, where what was spoken of before is certain."""
    if not _aims(state, figure) or state.named:
        return None
    starts = [s - state.start for s in state.passage.starts if state.start < s < state.start + figure.start]
    return carried_index(state.folded, state.anchors, figure, starts, state.scope.context)


def _aims(state: _Sentence, figure: Figure) -> bool:
    return bool(_AIM.search(state.folded, 0, figure.start))


def _speaks_of(state: _Sentence, figure: Figure) -> bool:
    """Whether nothing between the name and the figure says that the figure is of something else."""
    since = state.last_name.end if state.last_name else 0
    return not _OTHER_THINGS.search(state.folded, since, figure.start)


def _value(state: _Sentence, figure: Figure) -> None:
    points = figure.unit == "điểm"
    if state.last_name is None and not (points and state.scope.index and state.scope.year and figure.out_of):
        return
    if not points and not _speaks_of(state, figure):
        return
    if state.scope.index is None and state.component is None:
        return
    before = state.folded[: figure.start]
    turns = [turn for turn in _IN_TURN.finditer(before) if figure.start - turn.end() < 60]
    if turns and not state.in_turn and len(state.named) > 1:
        components = [a for a in state.named if a.kind == "component"]
        state.in_turn = components if len(components) > 1 else state.named[:]
        state.group = []
    anchor = state.in_turn.pop(0) if state.in_turn else None
    if anchor is not None and anchor.kind == "index":
        state.scope.index, state.component = anchor.value, None
    elif anchor is not None:
        state.component = anchor.value
    kind = "target" if _aims(state, figure) else "result"
    paired = [d for d in state.group if d.value is not None and d.unit != figure.unit and d.kind == kind]
    if anchor is None and not paired and any(d.value is not None for d in state.group):
        state.group = []
    draft = next((d for d in state.group if d.value is None and d.rank is not None and not anchor), None)
    if draft is None:
        draft = _draft(state, kind)
    draft.set_value(figure, _place(state, figure))
    if paired:
        draft.rank, draft.rank_total = paired[0].rank, paired[0].rank_total
    state.group = [*([d for d in state.group if d is not draft] if paired or anchor else []), draft]
    if not state.in_turn:
        state.named = []


def _rank(state: _Sentence, figure: Figure) -> None:
    """A rank belongs to the values before it; a second one (within a region) is a statement of its own."""
    at = _place(state, figure)
    free = [draft for draft in state.group if draft.rank is None]
    if free and len(free) == len(state.group):
        for draft in free:
            draft.set_rank(figure, at)
        return
    if state.last_name is None and not state.group and not (figure.out_of and state.scope.index and state.drafts):
        return
    if state.scope.index is None and state.component is None:
        return
    draft = _draft(state, "target" if _aims(state, figure) and not figure.out_of else "result")
    draft.set_rank(figure, at)
    if not state.group:
        state.group = [draft]


def _among_first(state: _Sentence, figure: Figure) -> None:
    """``nằm trong nhóm 10 tỉnh có Chỉ số … cao nhất``: a target for each index named."""
    top = re.search(r"\bcao nhat\b", state.folded[figure.end : figure.end + 260])
    stop = figure.end + top.start() if top else figure.end
    anchors = [a for a in state.anchors if a.kind == "index"]
    named = [a for a in anchors if figure.end <= a.start < stop]
    if not named:
        opens = max(state.folded.rfind(";", 0, figure.start), state.folded.rfind("phan dau", 0, figure.start), 0)
        named = [a for a in anchors if opens <= a.start < figure.start]
    for index in dict.fromkeys(a.value for a in named):
        draft = _draft(state, "target")
        draft.index, draft.component = index, None
        draft.set_rank(figure, _place(state, figure))


def _draft(state: _Sentence, kind: str, borrowed: str | None = None) -> Draft:
    scope = state.scope
    index, component = (borrowed, None) if borrowed else (None if state.part else scope.index, state.component)
    draft = Draft(index, component, scope.subject, scope.year, passage=state.passage, borrowed=borrowed is not None)
    draft.kind = "target" if kind == "target" else "result"
    if kind == "target" and not state.year_here:
        draft.year = None  # a target's year is never that of the results before it
    elif scope.year is not None and not state.year_here:
        draft.carried_from = scope.year_line
    state.drafts.append(draft)
    return draft


def _place(state: _Sentence, item: Anchor | Figure) -> tuple[int, int]:
    return state.start + item.start, state.start + item.end
