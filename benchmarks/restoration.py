"""Restoration, measured: accuracy, confidence, speed, memory; beside pyvi and Tesseract's Vietnamese model.

    python benchmarks/restoration.py                      everything on ../shared/ocr_pairs (held-out documents)
    python benchmarks/restoration.py --only speed growth  parts of it
    python benchmarks/restoration.py --pyvi /opt/pyvi/bin/python    with pyvi from another interpreter

``benchmarks/README.md`` tells how to read the tables.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from unidecode import unidecode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from training.restoration.alignments import Pair, pieces, read, sound  # noqa: E402

from benchmarks.scoring import words  # noqa: E402
from planparse.restore import readings as readings_module  # noqa: E402
from planparse.restore import runs as runs_module  # noqa: E402
from planparse.restore.model import load  # noqa: E402
from planparse.restore.readings import CLEAN, ENG, STRIPPED, VIE, Profile  # noqa: E402
from planparse.restore.restorer import Restorer  # noqa: E402

_DIGIT = re.compile(r"\d")
_EDGE = ".,;:()[]|\"“”'‘’-–…"
Document = list[Pair]


@dataclass
class Score:
    """Words right and wanted, numbers right and wanted, and confidence against truth in ten bins."""

    right: int = 0
    total: int = 0
    numbers_right: int = 0
    numbers_in_ink: int = 0
    numbers: int = 0
    bins: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, truth: str, ink: str, said: str) -> None:
        """Score one line as ``tools/score.py`` does: aligned by edit distance."""
        want, got = words(truth), words(said)
        most = max(len(want), len(got))
        self.total += most
        self.right += most - Levenshtein.distance(want, got)
        there, seen = _numbers(said), set(_numbers(ink))
        for number in _numbers(truth):
            self.numbers += 1
            self.numbers_right += number in there
            self.numbers_in_ink += number in seen

    @property
    def accuracy(self) -> float:
        """Share of words right."""
        return self.right / max(1, self.total)


def _numbers(line: str) -> list[str]:
    return [word.strip(_EDGE) for word in line.split() if _DIGIT.search(word)]


def held_out(path: Path) -> list[Document]:
    """Held-out documents of a file of pairs, lines whose two sides speak of the same line."""
    documents: dict[str, Document] = defaultdict(list)
    for pair in read(path):
        if pair.held_out and sound(pair):
            documents[pair.doc].append(pair)
    return list(documents.values())


def measure(documents: Sequence[Document], profile: Profile, ink_of: Callable[[Pair], str]) -> tuple[Score, float]:
    """Score of a profile over documents, and words a second of processor time."""
    restorer, score, seconds = Restorer(load()), Score(), 0.0
    for document in documents:
        ink = [ink_of(pair) for pair in document]
        begun = time.process_time()
        lines, _ = restorer.restore(ink, profile)
        seconds += time.process_time() - begun
        for pair, noisy, line in zip(document, ink, lines, strict=True):
            score.add(pair.truth, noisy, line.text)
            left = [word.lower() for _, word, _ in pieces(pair.truth)]
            for token in line.tokens:
                for word in token.text.lower().split():
                    if not any(letter.isalnum() for letter in word):
                        continue
                    right = word in left
                    if right:
                        left.remove(word)
                    entry = score.bins[min(int(token.confidence * 20), 19)]
                    entry[0] += 1
                    entry[1] += right
    return score, score.total / max(seconds, 1e-9)


CASES: tuple[tuple[str, Profile, str], ...] = (
    ("eng_fast", ENG, "ink"),
    ("eng_tessdata", ENG, "ink"),
    ("eng_render", ENG, "ink"),
    ("vie_fast", VIE, "ink"),
    ("vie_fast", STRIPPED, "stripped"),
    ("vie_fast", CLEAN, "truth"),
)
INK: dict[str, Callable[[Pair], str]] = {
    "ink": lambda pair: pair.ink,
    "stripped": lambda pair: unidecode(pair.truth),
    "truth": lambda pair: pair.truth,
}


def accuracy(data: dict[str, list[Document]]) -> None:
    """Accuracy, numbers and calibration per file and kind of input."""
    print("\n## Accuracy on held-out documents\n")
    print(
        "| pairs | input | documents | words | right | numbers and codes right | in the ink | ≥ 0.95: share | right |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    bins: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for name, profile, kind in CASES:
        score, _ = measure(data[name], profile, INK[kind])
        sure, tokens = score.bins[19], sum(n for n, _ in score.bins.values())
        print(
            f"| {name} | {kind} | {len(data[name])} | {score.total:,} | {score.accuracy:.4f} "
            f"| {score.numbers_right / score.numbers:.4f} | {score.numbers_in_ink / score.numbers:.4f} "
            f"| {sure[0] / tokens:.3f} | {sure[1] / sure[0]:.4f} |"
        )
        if kind == "ink":
            for at, (n, right) in score.bins.items():
                bins[at][0] += n
                bins[at][1] += right
    print("\n## Reliability (all OCR inputs together)\n\n| confidence | tokens | right |\n|---|---|---|")
    for at in sorted(bins):
        print(f"| {at / 20:.2f}-{(at + 1) / 20:.2f} | {bins[at][0]:,} | {bins[at][1] / max(1, bins[at][0]):.3f} |")


def comparison(data: dict[str, list[Document]], pyvi: str | None) -> None:
    """The same lines (same truth, same document) read with both models, and what each program makes of them."""
    vie = {(pair.doc, pair.truth): pair for document in data["vie_fast"] for pair in document}
    shared = [[p for p in document if (p.doc, p.truth) in vie] for document in data["eng_fast"]]
    shared = [document for document in shared if document]
    again = [[vie[p.doc, p.truth] for p in document] for document in shared]
    print(
        f"\n## The same {sum(map(len, shared)):,} lines\n\n| program | input | right | words/s |\n|---|---|---|---|"
    )
    for label, documents in (("eng", shared), ("vie", again)):
        raw = Score()
        for document in documents:
            for pair in document:
                raw.add(pair.truth, pair.ink, pair.ink)
        print(f"| Tesseract {label} alone | page images | {raw.accuracy:.4f} | |")
    for profile, documents in ((ENG, shared), (VIE, again)):
        score, speed = measure(documents, profile, INK["ink"])
        print(f"| planparse | Tesseract {profile.name} | {score.accuracy:.4f} | {speed:,.0f} |")
    score, speed = measure(shared, STRIPPED, INK["stripped"])
    print(f"| planparse | truth without marks | {score.accuracy:.4f} | {speed:,.0f} |")
    if pyvi is None:
        print("| pyvi add_accents | | not measured: give --pyvi PYTHON | |")
        return
    for label, kind in (("Tesseract eng", "ink"), ("truth without marks", "stripped")):
        lines = [unidecode(INK[kind](pair)) for document in shared for pair in document]
        said, speed = _pyvi(pyvi, lines)
        score = Score()
        for pair, line in zip((p for d in shared for p in d), said, strict=True):
            score.add(pair.truth, pair.ink, line)
        print(f"| pyvi add_accents | {label} | {score.accuracy:.4f} | {speed:,.0f} |")


_PYVI = """
import json, sys, time
from pyvi import ViUtils
lines = json.load(sys.stdin)
begun = time.process_time()
said = []
for line in lines:
    try:
        said.append(ViUtils.add_accents(line))
    except Exception:  # it refuses lines without words
        said.append(line)
print(json.dumps([said, time.process_time() - begun]))
"""


def _pyvi(python: str, lines: list[str]) -> tuple[list[str], float]:
    done = subprocess.run(
        [python, "-c", _PYVI], input=json.dumps(lines), capture_output=True, text=True, check=True, timeout=3600
    )
    said, seconds = json.loads(done.stdout.splitlines()[-1])
    return said, sum(len(line.split()) for line in lines) / seconds


def ablations(data: dict[str, list[Document]]) -> None:
    """What each part is worth: accuracy without it."""
    print(
        "\n## Ablations (words right)\n\n"
        "| without | eng_fast | eng_tessdata | eng_render | vie_fast |\n|---|---|---|---|---|"
    )
    names = ("eng_fast", "eng_tessdata", "eng_render", "vie_fast")

    def row(label: str, change: Callable[[Profile], Profile] = lambda profile: profile) -> None:
        scores = [measure(data[n], change(VIE if n.startswith("vie") else ENG), INK["ink"])[0] for n in names]
        print(f"| {label} | " + " | ".join(f"{score.accuracy:.4f}" for score in scores) + " |")

    row("nothing")
    row("the document's own readings (cache)", lambda p: replace(p, cache=0.0))
    row("wide candidate lists (9 nats)", lambda p: replace(p, width=9.0))
    row("narrow candidate lists (6 nats)", lambda p: replace(p, width=6.0))
    row("language model at full weight (1.1)", lambda p: replace(p, language_weight=1.1))
    row("language model at low weight (0.6)", lambda p: replace(p, language_weight=0.6))
    for label, module, name, value in (
        ("forms one letter off", readings_module, "NEAR_PRICE", -99.0),
        ("split words", runs_module, "MISSING_SPACE", -99.0),
        ("abbreviations kept among small letters", readings_module, "LONELY_SYLLABLE", 0.0),
    ):
        kept = getattr(module, name)
        setattr(module, name, value)
        row(label)
        setattr(module, name, kept)


_FRESH = """
import sys, time, resource
begun = time.perf_counter()
from planparse.restore.restorer import restorer
lines = open(sys.argv[1], encoding="utf-8").read().split("\\n")
restorer().restore(lines[:30])
first = time.perf_counter() - begun
restorer().restore(lines)
print(first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def speed(data: dict[str, list[Document]], scratch: Path) -> None:
    """Words a second on a 20-page document (median of 5), start-up, memory, size of the model."""
    lines = [pair.ink for document in data["eng_fast"] for pair in document][: 20 * 40]
    count = sum(len(line.split()) for line in lines)
    restorer = Restorer(load())
    rates = []
    for _ in range(5):
        begun = time.process_time()
        restorer.restore(lines, ENG)
        rates.append(count / (time.process_time() - begun))
    page = scratch / "page.txt"
    page.write_text("\n".join(lines), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    starts = []
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", _FRESH, str(page)], capture_output=True, text=True, check=True, env=environment
        )
        starts.append([float(value) for value in done.stdout.split()])
    size = (ROOT / "src/planparse/data/restoration.bin").stat().st_size
    print("\n## Speed and size\n")
    print(
        f"- words a second on one core, {count:,} words: "
        f"median of 5 {statistics.median(rates):,.0f}, first {rates[0]:,.0f}"
    )
    print(
        "- first result after process start (beyond Python's own): "
        f"{statistics.median(s[0] for s in starts) * 1000:.0f} ms"
    )
    print(f"- resident memory: {max(s[1] for s in starts):.0f} MB; model file {size / 1e6:.1f} MB")


def growth(data: dict[str, list[Document]]) -> None:
    """Seconds by pages: linear or not."""
    lines = [pair.ink for document in data["eng_fast"] for pair in document]
    restorer = Restorer(load())
    restorer.restore(lines, ENG)
    print("\n## Growth\n\n| pages (40 lines) | seconds | ms a page |\n|---|---|---|")
    for pages in (1, 10, 100, 1000):
        many = (lines * (pages * 40 // len(lines) + 1))[: pages * 40]
        begun = time.process_time()
        restorer.restore(many, ENG)
        seconds = time.process_time() - begun
        print(f"| {pages} | {seconds:.3f} | {seconds / pages * 1000:.2f} |")


PARTS = ("accuracy", "comparison", "ablations", "speed", "growth")


def main(argv: Iterable[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=ROOT.parent / "shared" / "ocr_pairs")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--pyvi", help="a Python interpreter that has pyvi")
    parser.add_argument("--scratch", type=Path, default=Path("/tmp"))
    options = parser.parse_args(None if argv is None else list(argv))
    if not options.pairs.is_dir():
        print(f"{options.pairs}: no pairs there; give --pairs DIR (docs/adapting-to-your-scanner.md makes some)")
        return 2
    data = {name: held_out(_find(options.pairs, name)) for name in sorted({name for name, _, _ in CASES})}
    print(f"model {load().version}; Python {sys.version.split()[0]}; {os.cpu_count()} cores")
    for part in options.only:
        if part == "comparison":
            comparison(data, options.pyvi)
        elif part == "speed":
            speed(data, options.scratch)
        else:
            globals()[part](data)
    return 0


def _find(folder: Path, name: str) -> Path:
    return next(path for path in (folder / f"{name}.jsonl.xz", folder / f"{name}.jsonl") if path.exists())


if __name__ == "__main__":
    sys.exit(main())
