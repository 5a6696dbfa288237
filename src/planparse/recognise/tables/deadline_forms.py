"""The usual forms of deadlines: nearly a closed set, so a cell that is one of them but for a stray is that one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from typing import NamedTuple

import yaml

from planparse.lexicon import agencies, fold
from planparse.recognise.tables.doubts import CellWord, word_key


@dataclass
class Example:
    """A clean cell text: its words' keys, how often it comes and where."""

    keys: tuple[str, ...]
    words: tuple[str, ...]
    texts: Counter[str] = field(default_factory=Counter)
    places: list[int] = field(default_factory=list)
    sure: float = 1.0
    """Confidence of the worst word, in the cell where it was read best."""
    settled: float = 1.0
    """How sure the table is of the loosest piece, in the cell where it is surest."""

    @property
    def text(self) -> str:
        """As it is written most often."""
        return self.texts.most_common(1)[0][0]

    @cached_property
    def letters(self) -> str:
        """Of all its words."""
        return "".join(self.keys)

    @cached_property
    def look(self) -> str:
        """The same as ink is compared: look-alike letters are one."""
        return fold(self.letters).replace(" ", "")

    @cached_property
    def dated(self) -> bool:
        """Whether there are figures in it."""
        return any(c.isdigit() for c in self.letters)


_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS = {"year": r"\b20\d\d\b", "date": r"\b\d{1,2}/\d{1,2}/20\d\d\b", "month": r"\b\d{1,2}/20\d\d\b",
          "quarter": r"\bI{1,3}\b|\bIV\b"}  # fmt: skip
_QUARTER = re.compile(_SLOTS["quarter"])
_STROKES = re.compile(r"[1IilLHT|\[\]vV'’]")
_ODD_YEAR = re.compile(r"20\d\d")
"""A whole year is in doubt only where the plan cannot mean it."""


@lru_cache(maxsize=1)
def _form_texts() -> tuple[str, ...]:
    raw = yaml.safe_load((resources.files("planparse") / "data" / "deadline_forms.yaml").read_text(encoding="utf-8"))
    return tuple(entry["form"] for entry in raw["entries"])


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[str, tuple[str, ...], Example | None], ...]:
    """Each form, the slots in it, and the example that it is where it has none."""
    found = []
    for form in _form_texts():
        for text in [form.replace("{body}", body) for body in _bodies()] if "{body}" in form else [form]:
            slots = tuple(_SLOT.findall(text))
            found.append((text, slots, None if slots else _example(text)))
    return tuple(found)


def _bodies() -> list[str]:
    """Bodies whose plans, guidance and requests deadlines wait for."""
    named = [agency.name for agency in agencies() if agency.name.startswith(("Bộ ", "Sở "))]
    return [*named, "Chính phủ", "Thủ tướng Chính phủ", "Văn phòng Chính phủ", "Trung ương", "UBND tỉnh"]


def _example(text: str) -> Example:
    parts = tuple(part for part in text.split() if word_key(part))
    return Example(tuple(word_key(p) for p in parts), parts, Counter([text]))


def _with_figures(word: CellWord) -> str:
    """A word's ink; or the word itself, where only strokes of its ink were read as the quarter that they are."""
    strokes = _QUARTER.search(word.text) and _STROKES.sub("", word.ink) == _STROKES.sub("", word.text)
    return word.text if strokes else word.ink


class Forms:
    """Texts of cells by their words: whole, by how they begin and how they end."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.whole: dict[tuple[str, ...], Example] = {}
        self.begun: dict[tuple[str, ...], list[Example]] = defaultdict(list)
        for example in examples:
            self.whole.setdefault(example.keys, example)
            for size in range(1, len(example.keys)):
                self.begun[example.keys[:size]].append(example)
        self.ends = {keys[-2:] for keys in self.whole}

    def __iter__(self) -> Iterator[Example]:
        return iter(self.whole.values())

    @cached_property
    def starts(self) -> set[tuple[str, ...]]:
        """The two words that each begins with, and usual deadlines with figures."""
        return {keys[:2] for keys in self.whole} | form_starts()

    def ending_in(self, keys: tuple[str, ...]) -> list[Example]:
        """Those that end in these words, and are longer."""
        return [form for form in self if len(form.keys) > len(keys) and form.keys[-len(keys) :] == keys]

    def go_on(self, keys: tuple[str, ...]) -> bool:
        """Whether a text is, or begins, with these words."""
        return keys in self.whole or keys in self.begun


@lru_cache(maxsize=1)
def timeless_forms() -> Forms:
    """The usual forms of deadlines that have no figures."""
    return Forms(ready for _, _, ready in _forms() if ready is not None)


def dated_forms(words: Sequence[CellWord]) -> Iterator[Example]:
    """The usual forms of deadlines with the figures of this ink."""
    ink = " ".join(_with_figures(w) for w in words if not (w.doubtful and _ODD_YEAR.fullmatch(w.key)))
    figures = {slot: re.findall(pattern, ink) for slot, pattern in _SLOTS.items()}
    if any(figures.values()):
        for form, slots, ready in _forms():
            if ready is None and all(len(figures[slot]) == slots.count(slot) for slot in slots):
                left = {slot: iter(figures[slot]) for slot in slots}
                yield _example(_SLOT.sub(lambda slot, left=left: next(left[slot[1]]), form))  # type: ignore[misc]


@lru_cache(maxsize=1)
def form_starts() -> frozenset[tuple[str, ...]]:
    """The two words that each usual deadline begins with, figures left out: ``Trong năm`` is one."""
    return frozenset(tuple(word_key(word) for word in _SLOT.sub("", form).split()[:2]) for form in _form_texts())


def begins_deadline(text: str) -> bool:
    """Whether usual deadlines go on from a text: ``Hoàn thành``."""
    said = text.strip().lower() + " "
    return any(form.lower().startswith(said) for form in _form_texts())


@lru_cache(maxsize=1)
def form_words() -> frozenset[str]:
    """The words that usual deadlines are made of, bodies aside."""
    return frozenset(word_key(word) for form in _form_texts() for word in _SLOT.sub("", form).split())


_FIGURE, _ROMAN = re.compile(r"\d+"), re.compile(r"\b(?:i{1,3}|iv)\b(?=/|$)")
_SHAPES = {"year": "2025", "date": "5/12/2025", "month": "12/2025", "quarter": "IV"}


def shape(keys: Iterable[str]) -> str:
    """Words of a deadline, one figure like another: ``quy I/2025`` and ``quy IV/2027`` are the same."""
    return " ".join(_ROMAN.sub("i", _FIGURE.sub("0", key)) for key in keys)


class Shapes(NamedTuple):
    """Shapes of the usual deadlines, and of what they begin with."""

    whole: frozenset[str]
    begun: frozenset[str]


@lru_cache(maxsize=1)
def form_shapes() -> Shapes:
    """The shapes of all usual deadlines."""
    whole, begun = set(), set()
    for text, _, _ in _forms():
        keys = [key for word in _SLOT.sub(lambda slot: _SHAPES[slot[1]], text).split() if (key := word_key(word))]
        whole.add(shape(keys))
        begun |= {shape(keys[:size]) for size in range(1, len(keys))}
    return Shapes(frozenset(whole), frozenset(begun))
