"""Deadlines that are usual ones but for a little: a mark that the ink lacks, a stray word, a word cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from planparse.lexicon import strip_marks
from planparse.recognise.tables.alignment import likeness
from planparse.recognise.tables.deadline_forms import Example, Forms, dated_forms, form_words, timeless_forms
from planparse.recognise.tables.doubts import CellWord

STRAYS, STRAY_LETTERS, STRAY = 2, 8, 7
"""Words and letters that may stand around a form without being of it, and letters of each."""
SHORTEST = 7
"""Letters of a form at least for it to be known among strays, or by its beginning or end."""
UNSURE = 0.9
"""Confidence below which a word may be none of the cell, or stand for another."""
LONG_ENOUGH = 3
"""Letters of a word at least, but for ``i`` and ``v`` at its ends, that cannot be a figure."""
CUT_OFF = 2
"""Words that may be missing at an end of a form."""
ALIKE = 0.5
"""How alike a word that is none of deadlines and the word that it is taken for must be."""
KNOWN = 2
"""Cells that must say the same before it counts as a form of this plan."""
_YEAR_AT_END = re.compile(r"20\d\d$")
_UNITS = frozenset({"ngay", "tuan", "thang", "quy", "nam", "lan"})
"""What figures count: ``Định kỳ 6 tháng``."""
_MORE = frozenset({*_UNITS, "hang", "moi", "dau", "cuoi"})
"""Words that say more after a deadline, or before it: ``Hằng quý, năm``. Others lead nowhere by themselves."""


def plain_form(words: Sequence[CellWord], said: Forms) -> Example | None:
    """The usual deadline that a cell is but for marks that its ink lacks, or for a stray word at one end.

    Usual are the forms of the lexicon and what the plan says in other cells (``said``, those that come
    :data:`KNOWN` times). Words of deadlines are no strays but where they lead nowhere (``Thường xuyên theo``), and
    neither is anything with a figure in it.
    """
    keyed = [w for w in words if w.key]
    keys = tuple(w.key for w in keyed)
    usual = (timeless_forms(), Forms(dated_forms(words)))
    offered = (*usual, said)
    sizes = range(len(keys), 0, -1)
    best = next((form for size in sizes if (form := _beside_strays(keyed, keys, size, offered))), None)
    best = best or _completed(keys, offered) or _but_for_a_word(keyed, usual) or _misread_beside_ruins(keyed, offered)
    return (_misread(keyed, offered) or best) if best is not None and len(best.keys) < len(keys) else best


def _beside_strays(
    words: Sequence[CellWord], keys: tuple[str, ...], size: int, offered: Sequence[Forms]
) -> Example | None:
    """A form of ``size`` words at one end of a cell of which the rest are strays."""
    for forms in offered:
        for first in dict.fromkeys((0, len(keys) - size)):
            form = forms.whole.get(keys[first : first + size])
            if form is None or len(form.letters) < SHORTEST:
                continue
            before, after = words[:first], words[first + size :]
            if after and any(other.go_on((*form.keys, after[0].key)) for other in offered):
                continue
            if _unmarked(words[first : first + size], form) and _strays(before) and _strays(after[::-1], form):
                return form
    return None


def _misread(words: Sequence[CellWord], offered: Sequence[Forms]) -> Example | None:
    """The one form that a cell is but for a word that OCR read as a like one: ``fong năm 2027``, no stray at all."""

    def like(word: CellWord, key: str) -> bool:
        return likeness(word, key) >= ALIKE and not any(c.isdigit() for c in word.key + key)

    return _only(_with_another_word(words, offered, like))


def _with_another_word(
    words: Sequence[CellWord], offered: Sequence[Forms], may_be: Callable[[CellWord, str], bool]
) -> dict[tuple[str, ...], Example]:
    """The forms that a cell is but for one word, which ``may_be`` theirs."""
    return {
        form.keys: form
        for forms in offered
        for form in forms
        if len(form.keys) == len(words)
        and sum(word.key != key for word, key in zip(words, form.keys, strict=True)) == 1
        and all(word.key == key or may_be(word, key) for word, key in zip(words, form.keys, strict=True))
    }


def _only(forms: Mapping[tuple[str, ...], Example]) -> Example | None:
    """The one form, if it is one."""
    return next(iter(forms.values())) if len(forms) == 1 else None


def _misread_beside_ruins(words: Sequence[CellWord], offered: Sequence[Forms]) -> Example | None:
    """The one form that a cell is but for a misread word and some in doubt at one end: ``Nói của Thiên xuyên``."""
    for count in range(1, min(STRAYS, len(words) - 2) + 1):
        for rest, others in ((words[count:], words[:count]), (words[:-count], words[-count:])):
            form = _misread(rest, offered) if all(word.doubtful for word in others) else None
            if form is not None and len(form.letters) >= SHORTEST:
                return form
    return None


def _but_for_a_word(words: Sequence[CellWord], offered: Sequence[Forms]) -> Example | None:
    """The one usual form that a cell is but for a word of which the restorer is not sure and that no form has: one
    too many (``Quý I, II Luật năm 2027``), or, where there are no figures, one in the place of another (``Khi mẹ yêu
    cầu``). Words in doubt at its ends do not count, and amid figures one may be a figure."""
    sound = [at for at, word in enumerate(words) if not word.doubtful]
    words = words[sound[0] : sound[-1] + 1] if sound else ()
    counts = any(one.key.isdigit() and other.key in _UNITS for one, other in pairwise(words))
    if len(words) <= CUT_OFF or counts:
        return None

    def odd(word: CellWord) -> bool:
        return word.doubtful or word.key.isdigit() or (word.sure < UNSURE and word.key not in form_words())

    keys = tuple(word.key for word in words)
    alike = {
        form.keys: form
        for forms in offered
        for at, word in enumerate(words)
        if odd(word)
        and (form := forms.whole.get(keys[:at] + keys[at + 1 :])) is not None
        and len(form.letters) >= SHORTEST
        and not (form.dated and (word.doubtful or len(word.key.strip("iv")) < LONG_ENOUGH))
        and not any(c.isdigit() for c in word.key)
    }
    if not alike:
        others = _with_another_word(words, offered, lambda word, _: odd(word))
        alike = {keys: form for keys, form in others.items() if not form.dated}
    return _only(alike)


def _completed(keys: tuple[str, ...], offered: Sequence[Forms]) -> Example | None:
    """The one form whose last word or two a cell lacks, where it ends as no form does: ``Theo quy``; or whose first,
    where it begins as none does: ``hoạch của Bộ Y tế``."""
    if len("".join(keys)) < SHORTEST:
        return None
    longer: list[Example] = []
    if not any(keys[-2:] in forms.ends for forms in offered):
        longer = [form for forms in offered for form in forms.begun.get(keys, ())]
    elif not any(keys[:2] in forms.starts for forms in offered):
        longer = [form for forms in offered for form in forms.ending_in(keys)]
    whole = {form.keys: form for form in longer if len(form.keys) - len(keys) <= CUT_OFF and not form.dated}
    return _only(whole)


def _unmarked(words: Sequence[CellWord], form: Example) -> bool:
    """Whether words differ from those of a form only where their ink has no marks that could tell."""
    return len(form.words) == len(words) and all(
        word.text.lower().strip(".;,") == other.lower().strip(".;,") or strip_marks(word.ink) == word.ink
        for word, other in zip(words, form.words, strict=True)
    )


def _strays(words: Sequence[CellWord], form: Example | None = None) -> bool:
    """Whether words beside a form, the outermost first, are of no deadline; ``form``: the one that they follow."""
    sizes = [len(word.key) for word in words]
    if len(words) > STRAYS or sum(sizes) > STRAY_LETTERS or max(sizes, default=0) > STRAY:
        return False
    dated = form is not None and any(_YEAR_AT_END.search(key) for key in form.keys)  # a second year has no place
    return all(
        not any(c.isdigit() for c in word.ink)
        and (word.key not in form_words() or (not at and (word.key not in _MORE or (dated and word.key == "nam"))))
        for at, word in enumerate(words)
    )
