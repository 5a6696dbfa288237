"""One line of a signature: an authority with whom it is for, an office, or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, cast

from planparse import lexicon
from planparse.recognise.body_names import body_name
from planparse.recognise.names import find_name, find_name_at_end
from planparse.recognise.passage import Range, join
from planparse.recognise.phrases import capitals, openings, opens_any
from planparse.records.header import Authority
from planparse.restore.text import RestoredText

_AUTHORITY = re.compile(
    r"(?P<code>T\s?M|K\s?T|T\s?L|T\s?UQ|Q)\s?[.,:/]\s?(?=[^\W\d_])"
    r"|(?P<bare>TM|KT|TL|TUQ)\s+(?=[A-ZĐ]{2})"  # the point was lost
)
Kind = Literal["authority", "office", "name", "more"]


@dataclass(frozen=True)
class Part:
    """What one line (or a line and those that go on with it) says.

    ``mark`` is the place of the authority's letters; ``repaired_from`` what was read where the lexicon put
    letters right.
    """

    kind: Kind
    places: list[Range]
    value: str | None
    confidence: float = 0.97
    authority: Authority | None = None
    mark: Range | None = None
    repaired_from: str | None = None

    def continued(self, text: RestoredText, more: Part) -> Part:
        """This part with one more line."""
        places = [*self.places, *more.places]
        words = join(text, places).text
        named = _office(words) if self.kind == "office" else _body_or_office(words)
        return replace(self, places=places, value=named[0], confidence=named[1], repaired_from=named[2])


def read_part(text: RestoredText, piece: Range) -> Part | None:
    """What a piece of the signature column says; ``None`` for stamps and specks."""
    number, start, end = piece
    words = text.line(number).text[start:end]
    if match := _AUTHORITY.match(words):
        code = re.sub(r"\s", "", match["code"] or match["bare"])
        rest = (number, start + match.end(), end)
        value, sure, repaired = _body_or_office(words[match.end() :])
        mark = (number, start, start + len(match.group().rstrip()))
        return Part("authority", [rest], value, sure, cast(Authority, code), mark, repaired)
    if name := find_name(words) or find_name_at_end(words):
        place = (number, start + name.start, start + name.end)
        ink = text.line(number).text[place[1] : place[2]]
        sure = 0.95 if name.family is None else 0.9 if ink[0].isupper() else 0.7
        printed = text.source.ink(text.span(*place))
        if name.family is None and text.profile == "clean" and name.name.casefold() != printed.casefold():
            # The page was read well, yet restoring gave a person another name: that must be seen.
            return Part("name", [place], name.name, 0.7, repaired_from=printed)
        return Part("name", [place], name.name, sure, repaired_from=ink if name.family else None)
    if capitals(words) < 0.7 or opens_any("signed", words, 0.8):
        return None
    if any(openings((position.name for position in lexicon.positions()), words, 0.82)):
        value, sure, repaired = _office(words)
        return Part("office", [piece], value, sure, repaired_from=repaired)
    return Part("more", [piece], words)


def _body_or_office(words: str) -> tuple[str | None, float, str | None]:
    if not words.strip():
        return None, 0.0, None
    if lexicon.positions().find(words, 0.82):
        return _office(words)
    named = body_name(words)
    return named.name, named.confidence, words if named.repaired else None


def _office(words: str) -> tuple[str, float, str | None]:
    """An office in small letters, with the body that it is of (``GIÁM ĐỐC SỞ NỘI VỤ`` → ``Giám đốc Sở Nội vụ``)."""
    whole = lexicon.positions().find(words, 0.8)
    if whole:
        value, sure = whole.entry.name, whole.score
    else:
        names = (position.name for position in lexicon.positions())
        hits = [(hit, name) for name, hit in openings(names, words, 0.82)]
        if not hits:
            return words, 0.6, None
        found, office = max(hits, key=lambda hit: hit[0].score * (hit[0].end - hit[0].start))
        named = body_name(words[found.end :]) if words[found.end :].strip(" .,") else None
        value, sure = (f"{office} {named.name}", named.confidence) if named else (office, found.score)
    changed = value.casefold() != " ".join(words.split()).casefold()
    return value, min(sure, 0.98), words if changed else None
