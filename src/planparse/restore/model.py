"""The model file: named arrays behind a JSON header, mapped into memory and shared between processes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from planparse.errors import PlanparseError
from planparse.restore.by_letters import LetterReader
from planparse.restore.channel import FREQUENCY, NO_SYLLABLE, PartTables, Scores
from planparse.restore.language import LanguageModel
from planparse.restore.near import Near

Array = npt.NDArray[Any]

MAGIC = b"planparse model 1\n"
_ALIGN = 64
_PRICES = [byte / -16 for byte in range(256)]
"""What the bytes of prices stand for (log probabilities)."""
_COMMON = -14.0
"""Rarer syllables (log probability) are not looked for in broken ink."""


def write(path: Path, header: dict[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write a model file; the same header and arrays give the same bytes."""
    described, at = {}, 0
    for name in sorted(arrays):
        array = arrays[name]
        described[name] = {"dtype": array.dtype.str, "shape": list(array.shape), "offset": at}
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    text = json.dumps(
        {**header, "arrays": described, "sha256": digest.hexdigest()}, ensure_ascii=False, sort_keys=True
    )
    head = MAGIC + text.encode() + b"\n"
    head += b" " * (-len(head) % _ALIGN)
    with path.open("wb") as file:
        file.write(head)
        for name in sorted(arrays):
            data = np.ascontiguousarray(arrays[name]).tobytes()
            file.write(data + b"\0" * (-len(data) % _ALIGN))


class Remembered:
    """Forms seen in pairs; what each was seen for is unpacked when it is asked for."""

    def __init__(self, forms: list[str], ends: Array, words: Array, prices: Array) -> None:
        self.forms = {form: index for index, form in enumerate(forms)}
        self._ends, self._words, self._prices = ends.data, words.data, prices.data

    def __contains__(self, form: str) -> bool:
        return form in self.forms

    def get(self, form: str) -> Scores | None:
        """Word number → log P(form | word); None for a form never seen."""
        index = self.forms.get(form)
        if index is None:
            return None
        start, end = self._ends[index - 1] if index else 0, self._ends[index]
        # forms have a few words each: sliced as memory, for arrays cost more to make than to read
        prices = map(_PRICES.__getitem__, self._prices[start:end])
        return dict(zip(self._words[start:end], prices, strict=True))


class Model:
    """Language model and channels of a model file."""

    def __init__(self, path: Path) -> None:
        mapped = np.memmap(path, dtype=np.uint8, mode="r")
        if mapped[: len(MAGIC)].tobytes() != MAGIC:
            raise PlanparseError(str(path), "not a restoration model of this version", "reinstall planparse")
        # The header is one line of JSON, padded; read on until its line feed.
        size = 1 << 16
        while (end := mapped[:size].tobytes().find(b"\n", len(MAGIC))) < 0:
            size *= 4
        self.header: dict[str, Any] = json.loads(mapped[len(MAGIC) : end].tobytes())
        start = -(-(end + 1) // _ALIGN) * _ALIGN
        self._arrays: dict[str, npt.NDArray[Any]] = {}
        for name, entry in self.header["arrays"].items():
            dtype, shape = np.dtype(entry["dtype"]), entry["shape"]
            at = start + entry["offset"]
            size = int(np.prod(shape)) * dtype.itemsize
            self._arrays[name] = np.asarray(mapped[at : at + size]).view(dtype).reshape(shape)

    @property
    def version(self) -> str:
        """Digest of the model's content, short."""
        return str(self.header["sha256"])[:12]

    def text(self, name: str) -> str:
        """A text array."""
        return self._arrays[name].tobytes().decode("utf-8")

    @cached_property
    def words(self) -> list[str]:
        """Word list; index = word number."""
        return self.text("words").split("\n")

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Word → word number."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def language(self) -> LanguageModel:
        """The n-gram model."""
        return LanguageModel(self._arrays, self.header["language"])

    @cached_property
    def onset_lengths(self) -> list[int]:
        """For every word the letters of its onset; ``NO_SYLLABLE`` where it is no Vietnamese syllable."""
        lengths: list[int] = self._arrays["onset_lengths"].tolist()
        return lengths

    @cache  # noqa: B019 - one model lives as long as the process
    def by_letters(self, noise: str) -> LetterReader:
        """What ink may be read as, letter by letter, under a noise of ``data/letters.json``."""
        common = self.language.unigram > _COMMON
        syllables = (n for n, length in enumerate(self.onset_lengths) if length != NO_SYLLABLE and common[n])
        return LetterReader([(n, self.words[n]) for n in syllables], noise, FREQUENCY * self.language.unigram)

    @cache  # noqa: B019 - one model lives as long as the process
    def remembered(self, channel: str) -> Remembered:
        """Whole forms of a channel with the words they were seen for."""
        forms = self.text(f"{channel}.forms").split("\n")
        return Remembered(forms, *(self._arrays[f"{channel}.{name}"] for name in ("ends", "words", "prices")))

    @cache  # noqa: B019
    def near(self, channel: str) -> Near:
        """Finds the remembered forms of a channel that are one edit away from another form."""
        return Near(self.remembered(channel).forms)

    @cache  # noqa: B019
    def parts(self, channel: str) -> PartTables:
        """Onset and rime tables of a channel."""
        tables = json.loads(self.text(f"{channel}.parts"))
        return PartTables(tables["onsets"], tables["rimes"], self.words, self.onset_lengths)


@cache
def load() -> Model:
    """The installed model, mapped once a process."""
    with as_file(files("planparse") / "data" / "restoration.bin") as path:
        return Model(path)
