"""Labels of rows, groups, sections and parts, read as one sequence."""

import random
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.recognise.tables.label_ink import looks_like_label, price
from planparse.recognise.tables.numbering import Item, read_labels

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "row_labels.yaml").read_text(encoding="utf-8"))


def parse(shown: str) -> tuple[Item, str | None]:
    """``= IL > II`` → a spanning row that shows ``IL``, and its label."""
    found = re.fullmatch(r"(?P<span>=[_^]?)? ?(?P<ink>\S+) > (?P<label>\S+)", shown)
    assert found, shown
    span, ink, label = found.group("span", "ink", "label")
    item = Item(None if ink == "-" else ink, bool(span), small=span == "=_", capitals=span == "=^")
    return item, None if label == "-" else label


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_labels(case: dict[str, Any]) -> None:
    items, labels = zip(*map(parse, case["labels"]), strict=True)
    found = read_labels(items)
    assert [r.label for r in found] == list(labels)
    assert {r.label: r.skipped for r in found if r.skipped} == {str(k): v for k, v in case.get("gaps", {}).items()}


def test_what_is_not_simply_printed_is_marked() -> None:
    found = read_labels([Item("1"), Item(None), Item("3."), Item("A"), Item("5")])
    assert [(r.label, r.inferred) for r in found] == [
        ("1", False), ("2", True), ("3", False), ("4", True), ("5", False),
    ]  # fmt: skip


def test_a_table_without_numbers_keeps_its_titles() -> None:
    found = read_labels([Item("I", True), Item(None), Item("II", True), Item(None)], numbered=False)
    assert [(r.level, r.label, r.inferred) for r in found] == [
        ("section", "I", False), ("row", None, False), ("section", "II", False), ("row", None, False),
    ]  # fmt: skip


def test_prices_follow_what_ocr_does() -> None:
    assert price("2.3", "2.3", "number") < price("23", "2.3", "number") < price("24", "2.3", "number")
    assert price("|", "1", "number") < price("|", "4", "number")
    assert price("Ill", "III", "roman") < price("II", "III", "roman") < price("VI", "III", "roman")
    assert price(None, "3", "number") < price(None, "2.3", "number")  # one sign is lost easily, three are not


@pytest.mark.parametrize(("word", "label"), [("VIII|", True), ("||", True), ("2.1", True), ("Sắp", False)])
def test_first_words_that_may_be_labels(word: str, label: bool) -> None:
    assert looks_like_label(word) is label


def invent(rng: random.Random) -> list[tuple[Item, str]]:
    """A valid sequence: sections of rows, now and then with a group of rows below a title."""
    items: list[tuple[Item, str]] = []
    sections = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][: rng.randint(1, 9)]
    for section in sections:
        items.append((Item(section, True), section))
        for number in range(1, rng.randint(3, 9)):
            label = str(number)
            if rng.random() < 0.15:
                items.append((Item(label, True), label))
                items += [(Item(f"{label}.{sub}"), f"{label}.{sub}") for sub in range(1, rng.randint(3, 5))]
            else:
                items.append((Item(label), label))
    return items


def damage(rng: random.Random, item: Item, label: str) -> Item:
    """Lose every fifth label of one sign, the dot of every fourth, and misread a few."""
    ink: str | None = label
    if len(label) == 1 and label.isdigit() and rng.random() < 0.2:
        ink = None
    elif "." in label and rng.random() < 0.25:
        ink = label.replace(".", "")
    elif rng.random() < 0.08:
        ink = {"1": "|", "2": ")", "3": "5", "9": "g", "II": "Il", "III": "111", "VIII": "VIII|"}.get(label, label)
    return Item(ink, item.span)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_sequence_without_damage_is_read_as_printed(seed: int) -> None:
    truth = invent(random.Random(seed))
    found = read_labels([item for item, _ in truth])
    assert [r.label for r in found] == [label for _, label in truth]
    assert not any(r.inferred or r.skipped for r in found)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_damaged_label_is_restored_or_told(seed: int) -> None:
    """A wrong label is marked as inferred, unless the ink itself says it."""
    rng = random.Random(seed)
    truth = invent(rng)
    items = [damage(rng, item, label) for item, label in truth]
    for reading, item, (_, label) in zip(read_labels(items), items, truth, strict=True):
        assert reading.label == label or reading.inferred or item.ink == reading.label


def test_nearly_all_damaged_labels_are_restored() -> None:
    right = silent = total = 0
    for seed in range(60):
        rng = random.Random(seed)
        truth = invent(rng)
        found = read_labels([damage(rng, item, label) for item, label in truth])
        right += sum(r.label == label for r, (_, label) in zip(found, truth, strict=True))
        silent += sum(r.label != label and not r.inferred for r, (_, label) in zip(found, truth, strict=True))
        total += len(truth)
    assert right / total > 0.985
    assert silent / total < 0.004


def test_time_grows_with_the_rows() -> None:
    def seconds(rows: int) -> float:
        items = [Item("I", True), *(Item(str(n % 30 + 1)) for n in range(rows))]
        taken = []
        for _ in range(3):  # the least of them, since garbage is collected now and then
            started = time.process_time()
            read_labels(items)
            taken.append(time.process_time() - started)
        return min(taken)

    assert seconds(800) < 4 * 3 * seconds(200)
