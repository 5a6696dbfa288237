"""``planparse.validate`` and rules of third parties."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint

import planparse
from planparse.checks import Context, Problem, check, make_rule
from planparse.records import Header, PlanRecord, SourceInfo
from planparse.validation.plugins import load_rules
from validation.making import make


def record(**header: str) -> PlanRecord:
    source = SourceInfo(name="a.txt", sha256="0" * 64, media_type="text/plain", lines=3)
    return PlanRecord(source=source, header=Header(**header))


def test_a_record_in_memory_is_checked() -> None:
    assert planparse.validate(record(place="Huế")) == []
    (found,) = planparse.validate(record(number="607", symbol="KH-UBND", number_symbol="601/KH-UBND"))
    assert (found.code, found.pointer, found.severity) == ("PP152", "/header/number_symbol", "error")


def test_with_the_document_its_ink_is_compared() -> None:
    made = make(5)
    valid = PlanRecord.model_validate(made.record)
    document = planparse.read(made.text.encode(), name=made.name)
    assert planparse.validate(valid, source=document) == []
    other = planparse.read(b"x" + made.text.encode(), name=made.name)
    assert {"PP571", "PP572"} <= {found.code for found in planparse.validate(valid, source=other)}


# What an entry point of the group planparse.rules may lead to


def no_hue(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The document is of Huế."""
    if record.header.place == "Huế":
        yield Problem("/header/place", "we keep no documents of Huế")


def fails(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Whatever it is, it fails."""
    raise KeyError("oops")


NO_HUE = make_rule("ACME100", "warning", no_hue, "file it elsewhere")
RULES = [NO_HUE, make_rule("ACME101", "error", fails)]
TAKEN = make_rule("PP150", "error", no_hue)
NOT_A_RULE = [42]


def points(*names: str) -> list[EntryPoint]:
    return [EntryPoint(name, f"{__name__}:{name}", "planparse.rules") for name in names]


def test_rules_of_third_parties_run_beside_ours() -> None:
    rules, faults = load_rules(points("NO_HUE"))
    assert faults == ()
    (found,) = check(record(place="Huế"), rules=rules)
    assert (found.code, found.remedy, found.severity) == ("ACME100", "file it elsewhere", "warning")


def test_a_rule_that_fails_is_reported_and_the_others_run() -> None:
    rules, _ = load_rules(points("RULES"))
    assert [found.code for found in check(record(place="Huế"), rules=rules)] == ["ACME100", "PP090"]


def test_an_entry_point_that_cannot_be_used_is_reported_and_the_others_are() -> None:
    rules, faults = load_rules(points("MISSING", "NOT_A_RULE", "TAKEN", "NO_HUE"))
    assert [rule.code for rule in rules] == ["ACME100"]
    assert [fault.code for fault in faults] == ["PP092"] * 3
    assert "AttributeError" in faults[0].message
    assert "planparse's own" in faults[2].message
