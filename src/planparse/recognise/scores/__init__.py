"""Indicator scores (PAR INDEX, SIPAS, PAPI and their like): stated in running text, or set out in tables."""

from __future__ import annotations

from decimal import Decimal

from planparse.recognise.layout import Layout, Role
from planparse.recognise.notes import Notebook
from planparse.recognise.plain import plain
from planparse.recognise.running import running_text
from planparse.recognise.scores.anchors import find_anchors
from planparse.recognise.scores.drafts import Draft
from planparse.recognise.scores.prose import Scope, find_prose_scores
from planparse.recognise.scores.tables import Totals, build_tables, find_raw_tables
from planparse.records import Header, IndicatorScore, IndicatorTable
from planparse.restore.text import RestoredText

__all__ = ["find_indicators"]

_FIELDS = ("value", "unit", "max", "rank", "rank_total", "change", "change_unit", "change_since", "rank_change")


def find_indicators(
    text: RestoredText, layout: Layout, notes: Notebook, header: Header | None = None
) -> tuple[list[IndicatorTable], list[IndicatorScore]]:
    """Tables of scores, and scores that the running text states."""
    raws = find_raw_tables(text, layout)
    in_tables = frozenset(line for raw in raws for line in raw.lines)
    home = _home(header)
    scope = Scope(subject=home)
    drafts: list[Draft] = []
    for passage in running_text(text, layout, in_tables):
        drafts += find_prose_scores(passage, scope)
    drafts = [d for i, d in enumerate(drafts) if not any(_said_before(d, other) for other in drafts[:i])]
    tables = build_tables(raws, notes, _totals(drafts))
    scores = [_score(draft, f"/indicator_scores/{i}", notes) for i, draft in enumerate(drafts)]
    _note_carried_years(drafts, notes)
    _note_borrowed(drafts, notes)
    _note_home(drafts, home, text, layout, notes)
    return tables, scores


def _home(header: Header | None) -> str | None:
    """The province that issued the document: whose scores they are where the text just says ``của tỉnh``."""
    if header is None or header.issuer is None:
        return None
    named = [anchor.value for anchor in find_anchors(header.issuer) if anchor.kind == "subject"]
    return named[-1] if named else None


def _note_home(drafts: list[Draft], home: str | None, text: RestoredText, layout: Layout, notes: Notebook) -> None:
    """Say that a subject was taken from the issuer, where no sentence before names it."""
    shown = plain(home) if home else ""
    first = min((line for draft in drafts if draft.subject == home for line in _lines(draft)), default=0)
    body = (line for line in text.lines[:first] if layout.role(line.number) is not Role.HEAD)
    if home and first and not any(shown in plain(line.text) for line in body):
        message = f"scores of {home} are those that the text gives as the province's own; the issuer says which it is"
        notes.diagnose("PP303", "info", message, "/indicator_scores", [first])


def _totals(drafts: list[Draft]) -> Totals:
    """Totals in points that the prose states; of two for one index and year neither."""
    found: dict[tuple[str, int | None], set[Decimal]] = {}
    for draft in drafts:
        if draft.index and draft.component is None and draft.unit == "điểm" and draft.kind == "result":
            found.setdefault((draft.index, draft.year), set()).add(Decimal(str(draft.value)))
    return {key: values.pop() for key, values in found.items() if len(values) == 1}


def _score(draft: Draft, pointer: str, notes: Notebook) -> IndicatorScore:
    """The record of one draft, with its evidence."""
    assert draft.passage is not None
    for name, at in draft.at.items():
        notes.found(f"{pointer}/{name}", draft.passage.ranges(*at))
    _check_percent(draft, pointer, notes)
    return IndicatorScore(
        index=draft.index,
        component=draft.component,
        subject=draft.subject,
        year=draft.year,
        kind=draft.kind,
        origin="prose",
        **{name: getattr(draft, name) for name in _FIELDS},
    )


def _said_before(draft: Draft, other: Draft) -> bool:
    """A target stated twice is one target, even where only one statement gives its year."""
    if draft.kind != "target" or other.kind != "target":
        return False
    same = all(getattr(draft, f) == getattr(other, f) for f in ("index", "component", "value", "unit", "rank"))
    return same and (draft.year is None or other.year is None or draft.year == other.year)


def _check_percent(draft: Draft, pointer: str, notes: Notebook) -> None:
    """Points and percent of one statement must say the same: ``57,51/61,50 điểm, tương ứng 93,52 %``."""
    if draft.percent is None or draft.value is None or not draft.max:
        return
    if abs(draft.value / draft.max * 100 - draft.percent) > 0.05:
        message = f"{draft.value:g} out of {draft.max:g} is not the {draft.percent:g} % that the text gives for it"
        notes.diagnose("PP302", "warning", message, f"{pointer}/value", _lines(draft))


def _note_carried_years(drafts: list[Draft], notes: Notebook) -> None:
    """One note for all scores whose year stands in a sentence before."""
    carried = [i for i, draft in enumerate(drafts) if draft.carried_from is not None]
    if carried:
        first = drafts[carried[0]]
        years = ", ".join(map(str, sorted({drafts[i].year or 0 for i in carried})))
        message = f"{len(carried)} scores take their year ({years}) from a sentence before"
        lines = [line for i in carried for line in _lines(drafts[i])]
        notes.diagnose("PP301", "info", message, f"/indicator_scores/{carried[0]}/year", [*lines, *_from(first)])


def _note_borrowed(drafts: list[Draft], notes: Notebook) -> None:
    for i, draft in enumerate(drafts):
        if draft.borrowed:
            message = f"the target names no index; {draft.index} is the one spoken of before"
            notes.diagnose("PP304", "info", message, f"/indicator_scores/{i}/index", _lines(draft))


def _from(draft: Draft) -> list[int]:
    return [draft.carried_from] if draft.carried_from is not None else []


def _lines(draft: Draft) -> list[int]:
    return [draft.passage.line_at(start) for start, _ in draft.at.values()] if draft.passage else []
