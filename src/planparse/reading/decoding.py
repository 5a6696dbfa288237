"""Bytes to text: Unicode first, then the two encodings that Vietnamese offices used before it.

TCVN3 (TCVN 5712:1993, "ABC" fonts) gives each accented letter a byte of its own; VNI writes the accent
as a second byte after the letter. Neither says so in the file, so the reading that holds the most
everyday Vietnamese words wins, and only by a clear margin.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from planparse.errors import BinaryInputError, UndecodableInputError

# TCVN 5712:1993, table VN3, upper half. Capitals with a tone have no byte: fonts ending in "H" drew them.
TCVN3 = {
    code: letter
    for codes, letters in (
        (range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ"),
        (range(0xB5, 0xBA), "àảãáạ"),
        (range(0xBB, 0xBF), "ằẳẵắ"),
        (range(0xC6, 0xCD), "ặầẩẫấậè"),
        (range(0xCE, 0xD9), "ẻẽéẹềểễếệìỉ"),
        (range(0xDC, 0xE0), "ĩíịò"),
        (range(0xE1, 0xF0), "ỏõóọồổỗốộờởỡớợù"),
        (range(0xF1, 0xFF), "ủũúụừửữứựỳỷỹýỵ"),
    )
    for code, letter in zip(codes, letters, strict=True)
}

# VNI: the byte after a vowel, as Windows-1252 shows it → the combining marks that it stands for.
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
VNI_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _CIRCUMFLEX, "á": _CIRCUMFLEX + _ACUTE, "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK, "ã": _CIRCUMFLEX + _TILDE, "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
VNI_LETTERS = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_VNI_PAIR = re.compile(f"([aeouyôö])([{''.join(VNI_MARKS)}])", re.IGNORECASE)

EVERYDAY = frozenset("và của các có được trong cho không là với năm số về ngày theo cơ quan thực hiện tỉnh".split())
"""Words so common that any page of real Vietnamese holds some; the measure of a right decoding."""

_WORD = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


def from_tcvn3(data: bytes) -> str:
    """Decode TCVN3 bytes; bytes without a letter come out as Windows-1252 has them."""
    return data.decode("latin-1").translate(TCVN3)


def from_vni(data: bytes) -> str:
    """Decode VNI bytes into composed Unicode letters."""

    def compose(pair: re.Match[str]) -> str:
        base, mark = pair.group(1), pair.group(2)
        letter = VNI_LETTERS.get(base.lower(), base.lower())
        made = unicodedata.normalize("NFC", letter + VNI_MARKS[mark.lower()])
        return made.upper() if base.isupper() else made

    shown = _VNI_PAIR.sub(compose, data.decode("cp1252", "replace"))
    table = {ord(k): v for k, v in VNI_LETTERS.items()} | {ord(k.upper()): v.upper() for k, v in VNI_LETTERS.items()}
    return shown.translate(table)


def vietnamese_share(text: str) -> float:
    """Share of the words of ``text`` that are everyday Vietnamese, 0 to about 0.3 for real pages."""
    found = _WORD.findall(text.lower())
    return sum(word in EVERYDAY for word in found) / len(found) if found else 0.0


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of ``data`` and the encoding it was in.

    Raises :class:`BinaryInputError` for what is no text, :class:`UndecodableInputError` for text in an
    encoding that can't be told.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise UndecodableInputError(
                    name, f"is damaged {encoding} at byte {error.start}", "save it again as UTF-8"
                ) from None
    sample = data[:65536]
    if (wide := _utf16_without_mark(data, sample)) is not None:
        return wide
    if len(_CONTROL.findall(sample)) > len(sample) // 200:
        raise BinaryInputError(name, "is not a text file", "give the OCR text of the plan, UTF-8 if you can")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, name, error)
    return text, "utf-8"


def _utf16_without_mark(data: bytes, sample: bytes) -> tuple[str, str] | None:
    """UTF-16 without a byte order mark: every second byte of its spaces and line ends is zero."""
    if b"\0" not in sample:  # as in nearly all text: it holds no such space
        return None
    pairs = [sample[i : i + 2] for i in range(0, len(sample) - 1, 2)]
    for encoding, space in (("utf-16-le", b" \0"), ("utf-16-be", b"\0 ")):
        if len(data) % 2 == 0 and len(pairs) >= 4 and pairs.count(space) > len(pairs) // 30:
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                return None
    return None


def _legacy(data: bytes, name: str, error: UnicodeDecodeError) -> tuple[str, str]:
    readings = [
        (from_tcvn3(data), "tcvn3"),
        (from_vni(data), "vni"),
        (data.decode("cp1258", "replace"), "cp1258"),
    ]
    ranked = sorted(((vietnamese_share(text), text, encoding) for text, encoding in readings), reverse=True)
    best, runner_up = ranked[0], ranked[1]
    if best[0] >= 0.05 and best[0] >= 1.5 * runner_up[0]:
        return unicodedata.normalize("NFC", best[1]) if best[2] == "cp1258" else best[1], best[2]
    # A few stray bytes in good UTF-8 (a cut-off end, a stamp) must not lose the document.
    damaged = data.decode("utf-8", "replace")
    if damaged.count("\ufffd") <= max(2, len(damaged) // 1000):
        return damaged, "utf-8"
    line = data.count(b"\n", 0, error.start) + 1
    raise UndecodableInputError(
        name, f"line {line} is neither UTF-8, UTF-16, TCVN3 nor VNI", "save it as UTF-8 and try again"
    )
