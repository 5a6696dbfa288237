"""The usual forms of deadlines: nearly a closed set, so a cell that is one of them but for a stray is that one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

import yaml

from planparse.lexicon import agencies, strip_marks
from planparse.recognise.tables.alignment import likeness
from planparse.recognise.tables.doubts import CellWord, word_key

STRAYS, STRAY_LETTERS = 2, 7
"""Words and letters that may stand around a form without being of it."""
SHORTEST = 7
"""Letters of a form at least for it to be known among strays, or by its beginning."""
CUT_OFF = 2
"""Words that may be missing at the end of a form."""
ALIKE = 0.5
"""How alike a word that is none of deadlines and the word that it is taken for must be."""
KNOWN = 2
"""Cells that must say the same before it counts as a form of this plan."""


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

    @property
    def letters(self) -> str:
        return "".join(self.keys)


_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS = {"year": r"\b20\d\d\b", "date": r"\b\d{1,2}/\d{1,2}/20\d\d\b", "month": r"\b\d{1,2}/20\d\d\b",
          "quarter": r"\bI{1,3}\b|\bIV\b"}  # fmt: skip
_YEAR_AT_END = re.compile(r"20\d\d$")
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


def usual_forms(words: Sequence[CellWord], examples: Sequence[Example]) -> Iterator[Example]:
    """The usual forms of deadlines with the figures of this ink, but for those that a clean cell has already."""
    ink = " ".join(w.ink for w in words if not (w.doubtful and _ODD_YEAR.fullmatch(w.key)))
    known = {e.keys for e in examples}
    figures = {slot: re.findall(pattern, ink) for slot, pattern in _SLOTS.items()}
    for form, slots, ready in _forms():
        if any(len(figures[slot]) != slots.count(slot) for slot in slots):
            continue
        if ready is None:
            left = {slot: iter(figures[slot]) for slot in slots}
            ready = _example(_SLOT.sub(lambda slot, left=left: next(left[slot[1]]), form))
        if ready.keys not in known:
            yield ready


_STROKES = r"(?:[1IilL|\[\]]{1,3}|['’]?[1IilL|\[\]]['’]?[Vv]|[1-4])"
_QUARTER = re.compile(
    rf"\b[Qq]u[ýỹỳyỵ]\s?(?P<first>{_STROKES})(?P<more>(?:\s?(?:,|và)\s?{_STROKES})*)(?=\s?/|,|\s+năm\b|\s+và\b|\s*-)"
)
"""Quarters where a deadline names them: ``Quý 111/2025``, ``Quỹ I, 1I năm 2025``."""
_STROKE = re.compile(_STROKES)


def roman_quarters(texts: Sequence[str]) -> list[str]:
    """The deadlines of a plan with the Roman figures of their quarters, where OCR made strokes or ones of them.

    ``Quý 11/2025`` can be the second quarter only. ``Quý 1/2025`` is the first, whichever way it is printed; it is
    left alone unless other deadlines show that the plan writes Roman figures, and none that it writes Arabic ones.
    """
    seen = [label for text in texts for found in _QUARTER.finditer(text) for label in _STROKE.findall(found[0][3:])]
    roman = any(set(label) & set("IV") for label in seen) and not any(label in {"2", "3", "4"} for label in seen)

    def strokes(found: re.Match[str]) -> str:
        label = found[0]
        if label.isdigit() and len(label) == 1 and not (label == "1" and roman):
            return label
        return re.sub(r"[1ilL|\[\]]", "I", label).replace("v", "V").replace("'", "").replace("’", "")

    def read(found: re.Match[str]) -> str:
        return f"{found[0][0]}uý {_STROKE.sub(strokes, found['first'])}{_STROKE.sub(strokes, found['more'])}"

    return [_QUARTER.sub(read, text) for text in texts]


def plain_form(words: Sequence[CellWord], examples: Sequence[Example]) -> Example | None:
    """The usual deadline that a cell is but for marks that its ink lacks, or for a stray word at one end.

    Usual are the forms of the lexicon and what this plan says in other cells. Words of deadlines are no strays but
    where they lead nowhere (``Thường xuyên theo``), and neither is anything with a figure in it.
    """
    keyed = [w for w in words if w.key]
    keys = tuple(w.key for w in keyed)
    offered = [*usual_forms(words, ()), *(e for e in examples if len(e.places) >= KNOWN)]
    found: list[Example] = []
    for form in offered:
        size = len(form.keys)
        for first in {0, len(keys) - size} if size <= len(keys) else ():
            if keys[first : first + size] != form.keys or len(form.letters) < SHORTEST:
                continue
            before, after = keyed[:first], keyed[first + size :]
            if after and any(other.keys[: size + 1] == (*form.keys, after[0].key) for other in offered):
                continue  # it goes on
            if _unmarked(keyed[first : first + size], form) and _strays(before) and _strays(after[::-1], form):
                found.append(form)
    best = max(found, key=lambda form: len(form.keys), default=None) or _completed(keys, offered)
    return (_misread(keyed, offered) or best) if best is not None and len(best.keys) < len(keys) else best


def _misread(words: Sequence[CellWord], forms: Sequence[Example]) -> Example | None:
    """The one form that a cell is but for a word that OCR read as a like one: ``fong năm 2027``, no stray at all."""
    alike = [
        form
        for form in forms
        if len(form.keys) == len(words)
        and sum(word.key == key for word, key in zip(words, form.keys, strict=True)) == len(words) - 1
        and all(likeness(word, key) >= ALIKE for word, key in zip(words, form.keys, strict=True))
    ]
    return alike[0] if len({form.keys for form in alike}) == 1 else None


def _completed(keys: tuple[str, ...], forms: Sequence[Example]) -> Example | None:
    """The one form whose last word or two a cell lacks, where it ends as no form does: ``Theo quy``."""
    if len("".join(keys)) < SHORTEST or keys[-2:] in {form.keys[-2:] for form in forms}:
        return None
    longer = [
        form
        for form in forms
        if form.keys[: len(keys)] == keys
        and 0 < len(form.keys) - len(keys) <= CUT_OFF
        and not any(c.isdigit() for key in form.keys for c in key)
    ]
    return longer[0] if len({form.keys for form in longer}) == 1 else None


def _unmarked(words: Sequence[CellWord], form: Example) -> bool:
    """Whether words differ from those of a form only where their ink has no marks that could tell."""
    meant = form.text.split()
    return len(meant) == len(words) and all(
        word.text.lower().strip(".;,") == other.lower().strip(".;,") or strip_marks(word.ink) == word.ink
        for word, other in zip(words, meant, strict=True)
    )


def _strays(words: Sequence[CellWord], before: Example | None = None) -> bool:
    """Whether words beside a form, the outermost first, are of no deadline; ``before``: the form, if they follow it."""
    if len(words) > STRAYS or sum(len(w.key) for w in words) > STRAY_LETTERS:
        return False
    dated = before is not None and any(_YEAR_AT_END.search(key) for key in before.keys)  # a second year has no place
    return all(
        not any(c.isdigit() for c in word.ink)
        and (word.key not in form_words() or (not at and (word.key in _DANGLING or (dated and word.key == "nam"))))
        for at, word in enumerate(words)
    )


_DANGLING = frozenset(
    {"theo", "den", "cua", "va", "tu", "truoc", "trong", "sau", "khi", "duoc", "ke", "tien", "huong", "trung"}
)
"""Words after which more must come."""


def begins_deadline(text: str) -> bool:
    """Whether usual deadlines go on from a text: ``Hoàn thành``."""
    said = text.strip().lower() + " "
    return any(form.lower().startswith(said) for form in _form_texts())


@lru_cache(maxsize=1)
def form_words() -> frozenset[str]:
    """The words that usual deadlines are made of, bodies aside."""
    return frozenset(word_key(word) for form in _form_texts() for word in _SLOT.sub("", form).split())
