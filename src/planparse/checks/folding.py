"""Letters without their marks, for comparing a value with the garbled ink that it was read from."""

from __future__ import annotations

import re
import unicodedata

_LOWER = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz0123456789"


def _base(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]


_TABLE: dict[int, str | None] = {ord(form): _base(c) for c in _LOWER for form in {c, c.upper()}}
_TABLE |= dict.fromkeys(map(ord, " \n\t!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~–—…“”‘’"))
_DIGITS = re.compile(r"\d+")


def fold(text: str) -> str:
    """Letters and digits only, lower case, no marks: ``Kế hoạch số 5`` is ``kehoachso5``."""
    return text.translate(_TABLE)


def digits(text: str) -> list[str]:
    """Every run of digits in a text."""
    return _DIGITS.findall(text)
