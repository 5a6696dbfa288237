"""The restorer: a document's lines through the channel, the language model and the decoder."""

from __future__ import annotations

import re
import unicodedata

from planparse.restore.text import RestoredLine, RestoredText, Token
from planparse.source import SourceText

_TOKEN = re.compile(r"\S+")


def restore(source: SourceText) -> RestoredText:
    """Restore a document; the result has exactly the source's lines."""
    lines = []
    for line in source.lines:
        text, tokens, at = "", [], 0
        for match in _TOKEN.finditer(line.text):
            text += line.text[at : match.start()]
            word = unicodedata.normalize("NFC", match.group())
            tokens.append(Token(word, len(text), len(text) + len(word), match.start(), match.end()))
            text, at = text + word, match.end()
        lines.append(RestoredLine(line.number, text + line.text[at:], tuple(tokens)))
    return RestoredText(source, tuple(lines))
