"""Names of bodies, signers and places as the records of a folder write them: readings of one ink, set against
one another.

A reading that more records give than the doubted one, that differs from it as OCR differs, and whose words in
question the lexicon knows, is proven. A reading that only contradicts is an open conflict. Names that the law
changed (``Sở Giao thông vận tải`` → ``Sở Xây dựng``, ``tỉnh Phú Yên`` → ``tỉnh Đắk Lắk``) are no conflict but
aliases with their last day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from planparse.lexicon import fold
from planparse.reconciliation.bodies import plainly, province_in, province_of
from planparse.reconciliation.finding import Finding, Kind, Reading, lines_at
from planparse.reconciliation.spelled import (
    Spelled,
    begins_body,
    damaged,
    differing,
    is_family,
    known,
    mended,
    same_thing,
    spelled,
)
from planparse.records import PlanRecord

Words = tuple[str, ...]


@dataclass
class Variant:
    """One way in which records read a name: where, and in which provinces."""

    words: Words
    readings: list[tuple[Reading, Spelled]] = field(default_factory=list)
    homes: set[str | None] = field(default_factory=set)

    @property
    def records(self) -> set[str]:
        """The records that say so."""
        return {reading.name for reading, _ in self.readings}


Group = dict[Words, Variant]


def name_conflicts(records: Sequence[tuple[str, PlanRecord]]) -> Iterator[Finding]:
    """Conflicts and proven repairs among the names of all records."""
    for (kind, _), group in _collect(records).items():
        rivals: dict[Words, list[Words]] = defaultdict(list)
        for a, b in _pairs(group):
            doubted, better = _order(group[a], group[b], kind)
            if better.records - doubted.records and _conflict(kind, doubted, better):
                rivals[doubted.words].append(better.words)
        for words, others in rivals.items():
            # What is itself doubted is no witness: the reading most records give speaks.
            firm = [o for o in others if o not in rivals] or others
            yield from _findings(kind, group[words], [group[o] for o in firm])


def _collect(records: Iterable[tuple[str, PlanRecord]]) -> dict[tuple[Kind, object], Group]:
    """All names, grouped by what may be compared: bodies and provinces all, signers and places of one office."""
    groups: dict[tuple[Kind, object], Group] = defaultdict(dict)
    for name, record in records:
        home = province_of(record)
        for kind, scope, pointer, value in _names(record, home):
            shown = spelled(value)
            if not shown.words:
                continue
            variant = groups[kind, scope].setdefault(shown.words, Variant(shown.words))
            variant.readings.append((Reading(value, name, pointer, lines_at(record, pointer)), shown))
            variant.homes.add(province_in(value) or home)
    return groups


def _names(record: PlanRecord, home: str | None) -> Iterator[tuple[Kind, object, str, str]]:
    """Kind, scope, pointer and text of each name in a record."""
    header, signature = record.header, record.signature
    for key in ("issuer", "parent_issuer"):
        if value := getattr(header, key):
            yield "agency", None, f"/header/{key}", value
    if signature.name:
        office = plainly(signature.position or signature.on_behalf_of or "")
        yield "signer", (home, office, plainly(header.issuer or "")), "/signature/name", signature.name
    if header.place:
        yield "place", None, "/header/place", header.place
    for i, citation in enumerate(record.citations):
        if citation.issuer:
            yield "agency", None, f"/citations/{i}/issuer", citation.issuer
    for i, task in enumerate(record.tasks):
        for key in ("lead_agencies", "supporting_agencies"):
            for j, body in enumerate(getattr(task, key)):
                yield "agency", None, f"/tasks/{i}/{key}/{j}", body
    for i, score in enumerate(record.indicator_scores):
        if score.subject:
            yield "place", None, f"/indicator_scores/{i}/subject", score.subject


def _pairs(group: Group) -> Iterator[tuple[Words, Words]]:
    """Readings that share all folded words but one, or all folded letters; no other can be one ink."""
    buckets: dict[object, list[Words]] = defaultdict(list)
    for words in group:
        folded = [fold(word) for word in words]
        buckets["".join(folded)].append(words)
        for at in range(len(folded)):
            buckets[(*folded[:at], None, *folded[at + 1 :])].append(words)
    seen = set()
    for same in buckets.values():
        for i, a in enumerate(same):
            for b in same[i + 1 :]:
                pair = (min(a, b), max(a, b))
                if pair not in seen:
                    seen.add(pair)
                    if differing(a, b) and same_thing(a, b) is None:
                        yield pair


def _order(a: Variant, b: Variant, kind: Kind) -> tuple[Variant, Variant]:
    """The doubted reading first: the one that fewer records give, then the one that is less known."""

    def weight(variant: Variant) -> tuple[int, int, int, Words]:
        sure = is_family(variant.words[0]) if kind == "signer" else len(known(variant.words).words)
        whole = sum(not damaged(word) for word in variant.words)
        return len(variant.records), int(sure), whole, variant.words

    doubted, better = sorted((a, b), key=weight)
    return doubted, better


def _conflict(kind: Kind, doubted: Variant, better: Variant) -> bool:
    """Whether two readings of like ink speak of one thing, so that one of them must be wrong."""
    if _proves(kind, doubted, better) or _proves(kind, better, doubted):
        return True
    if not doubted.homes & better.homes:
        return False
    if kind == "signer":
        return True  # one office of one body
    apart = differing(doubted.words, better.words) or ()
    if len(doubted.words) == len(better.words) and any(damaged(doubted.words[i]) for i in apart):
        return True
    if kind == "agency" and not begins_body(better.words):
        return False  # half a name, such as "các chủ …"
    # Two villages may be called Tân An and Tân Ân; two offices of one province don't differ by a mark.
    starts = known(better.words).territory_from or known(doubted.words).territory_from
    return kind == "agency" and all(starts is None or i < starts for i in apart)


def _proves(kind: Kind, doubted: Variant, better: Variant) -> bool:
    """Whether the lexicon knows the words in question in one reading and not in the other."""
    apart = differing(doubted.words, better.words) or ()
    if kind == "signer":
        return apart == (0,) and is_family(better.words[0]) and not is_family(doubted.words[0])
    sure, other = known(better.words), known(doubted.words)
    if len(doubted.words) != len(better.words):
        return len(sure.words) == len(better.words)
    return set(apart) <= sure.words and not set(apart) <= other.words


def _findings(kind: Kind, doubted: Variant, others: list[Variant]) -> Iterator[Finding]:
    """A finding for each record that gives the doubted reading, with all its places."""
    better = max(others, key=lambda o: len(o.records))
    proven = (
        len(others) == 1
        and len(better.records) > len(doubted.records)
        and _proves(kind, doubted, better)
        and not _side_by_side(doubted, better)
    )
    if proven:
        why = f"{len(better.records)} records against {len(doubted.records)}, and the lexicon knows it"
    elif len(others) > 1:
        why = "it can be a misreading of either"
    elif _proves(kind, doubted, better):
        why = f"the lexicon knows {better.readings[0][0].value}, but no more records say so"
    else:
        why = f"{len(better.records)} records against {len(doubted.records)}, and the lexicon knows neither"
    for name in sorted(doubted.records):
        own = [(r, s) for r, s in doubted.readings if r.name == name]
        witnesses = [r for variant in (*others, doubted) for r in _first_of_each(variant) if r.name != name]
        for value in dict.fromkeys(r.value for r, _ in own):
            mine = [(r, s) for r, s in own if r.value == value]
            repaired = mended(mine[0][1], better.readings[0][1]) if proven else None
            readings = (*(r for r, _ in mine), *witnesses)
            yield Finding(kind, name, mine[0][0].pointer, readings, why, repaired)


def _side_by_side(doubted: Variant, better: Variant) -> bool:
    """Whether some record gives both readings in lists side by side, so that they are likely two things."""
    listed = {(r.name, r.pointer.rpartition("/")[0]) for r, _ in doubted.readings if "agencies/" in r.pointer}
    return any((r.name, r.pointer.rpartition("/")[0]) in listed for r, _ in better.readings)


def _first_of_each(variant: Variant) -> list[Reading]:
    """One reading of each record, the first."""
    first: dict[str, Reading] = {}
    for reading, _ in variant.readings:
        first.setdefault(reading.name, reading)
    return list(first.values())
