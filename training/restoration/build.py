"""``python -m training build``: corpus and pairs in, ``restoration.bin`` out, the same bytes every time."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from planparse.restore.channel import onset_length
from planparse.restore.model import write
from training.restoration.abbreviations import cased, initials, symbols
from training.restoration.alignments import read
from training.restoration.corpus import choose_vocabulary, collapse, count_chunks, encode, encoder, words_of
from training.restoration.language import pack, train
from training.restoration.learn import channel_arrays, sightings, text

SYLLABLES_FROM, OTHERS_FROM, VOCABULARY = 8, 100, 1 << 14
DOMAIN = Path(__file__).parent / "domain.txt"
"""Phrases of plans that the corpus hardly knows, written by us; every line counts ``DOMAIN_REPEATS`` times 7."""
DOMAIN_REPEATS = 30
PAIR_WEIGHT = 4
"""The true side of the pairs is text too: gazette pages, weighted like the gazette."""


def main(argv: list[str]) -> int:
    """Command line of the build."""
    parser = argparse.ArgumentParser(prog="python -m training build", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of *.txt or *.txt.xz, one clause a line")
    parser.add_argument(
        "--pairs", type=Path, required=True, nargs="+", help="folders of eng_*.jsonl, vie_*.jsonl (.xz)"
    )
    parser.add_argument(
        "--more-pairs", type=Path, nargs="*", default=[], help="folders of pairs for the channel only"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for restoration.bin")
    options = parser.parse_args(argv)
    corpus = files(options.corpus, ".txt")
    pairs = [path for folder in options.pairs for path in files(folder, ".jsonl")]
    if not corpus or not pairs:
        print(f"no *.txt in {options.corpus}, or no *.jsonl in {options.pairs}", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    more = [path for folder in options.more_pairs for path in files(folder, ".jsonl")]
    build(corpus, pairs, more, options.out / "restoration.bin")
    return 0


def files(folder: Path, suffix: str) -> list[Path]:
    """Plain and compressed files of a kind, by name."""
    return sorted(p for p in folder.iterdir() if p.name.removesuffix(".xz").endswith(suffix))


def build(corpus: list[Path], pairs: list[Path], more_pairs: list[Path], out: Path) -> None:
    """Train everything and write the model file; the truths of ``more_pairs`` do not teach the language model."""
    columns = (TextColumn("{task.description:40}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        bars: dict[str, int] = {}

        def step(what: str, share: float) -> None:
            bar = bars.setdefault(what, progress.add_task(what, total=1.0) if what not in bars else 0)
            progress.update(bar, completed=share)  # type: ignore[arg-type]

        chunks, words = count_chunks(corpus, step)
        for chunk in DOMAIN.read_text("utf-8").split():
            for word in words_of(chunk):
                words[word] += OTHERS_FROM
        vocabulary = choose_vocabulary(words, SYLLABLES_FROM, OTHERS_FROM, VOCABULARY)
        blocks = [*encode(corpus, vocabulary, step), (_truths(pairs, vocabulary), PAIR_WEIGHT), _domain(vocabulary)]
        arrays, shapes = pack(train(blocks, len(vocabulary), say=progress.console.print))
        tokens = int(sum(len(ids) for ids, _ in blocks))
        del blocks
        seen = sightings([*pairs, *more_pairs], step)
        for name, sighted in seen.items():
            progress.console.print(f"channel {name}: {sighted.lines:,} lines, {sighted.unsound:,} unsound")
            arrays |= channel_arrays(name, sighted.counts, vocabulary)
        arrays["words"] = text("\n".join(vocabulary))
        arrays["onset_lengths"] = np.array([onset_length(word) for word in vocabulary], dtype=np.uint8)
        arrays["initials"] = text("\n".join(f"{word}\t{count}" for word, count in initials(chunks).items()))
        arrays["symbols"] = text("\n".join(f"{symbol}\t{count}" for symbol, count in symbols(chunks).items()))
        arrays["cased"] = text("\n".join(f"{word}\t{form}" for word, form in cased(chunks, vocabulary).items()))
        header = {
            "language": shapes,
            "trained_on": {
                "corpus": [path.name for path in corpus],
                "pairs": [path.name for path in [*pairs, *more_pairs]],
                "tokens": tokens,
                "vocabulary": len(vocabulary),
                "pair_lines": {name: sighted.lines for name, sighted in seen.items()},
            },
        }
        write(out, header, arrays)
        progress.console.print(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


def _domain(vocabulary: list[str]) -> tuple[np.ndarray, int]:
    look, ids = encoder(vocabulary), [0]
    for line in DOMAIN.read_text("utf-8").splitlines():
        for chunk in line.split():
            ids += look(chunk)
        ids.append(0)
    return collapse(np.array(ids * DOMAIN_REPEATS, dtype=np.uint16)), 7


def _truths(pairs: list[Path], vocabulary: list[str]) -> np.ndarray:
    """The true lines of documents that are not held out, each once."""
    look = encoder(vocabulary)

    def lines() -> Iterator[str]:
        seen: set[str] = set()
        for path in pairs:
            for pair in read(path):
                if not pair.held_out and pair.truth not in seen:
                    seen.add(pair.truth)
                    yield pair.truth

    ids = [0]
    for line in lines():
        for chunk in line.split():
            ids += look(chunk)
    return collapse(np.array(ids, dtype=np.uint16))
