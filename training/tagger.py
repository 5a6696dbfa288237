"""``python -m training tagger``: learns which column and row each word of a table belongs to.

Reads folders that ``python -m training tables`` made. Needs PyTorch (extra ``planparse[tagger]``); what it writes is
read with numpy alone.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from planparse.recognise.tables.forms import HASHES
from planparse.recognise.tables.head_names import USUAL_ORDER as ROLES
from planparse.recognise.tables.language import column_language
from planparse.recognise.tables.signs import HEAD_SIGNS, N_SIGNS, NEIGHBOURS, RULE_SIGNS, Signs, read_signs
from planparse.recognise.tables.tags import JUNK, N_TAGS, SPAN
from training.column_examples import Example, load

WIDTH, INNER, NAME = 80, 96, 48
LAYERS = (1, 2, 0, 4, 0, 1, 0, 8, 0, 16, 0, 1, 0)
"""What each layer looks at: words so far off before and after in reading order, or (0) the neighbours on the page."""
PARTS = 6
"""Files of simulated tables that an epoch takes."""
BATCH = 3
"""Tables of a step."""
ANSWERS = N_TAGS + 3
"""Tags, and whether a word begins its cell, opens a row, belongs to an earlier row than the last one opened."""


class Tagger(nn.Module):
    def __init__(self, words: int) -> None:
        super().__init__()
        self.name = nn.Embedding(words, NAME)
        self.parts = nn.EmbeddingBag(HASHES + 1, NAME, mode="sum", padding_idx=HASHES)
        self.enter = nn.Linear(2 * NAME + N_SIGNS, WIDTH)
        self.blocks = nn.ModuleList(
            nn.ModuleDict(
                {
                    "norm": nn.LayerNorm(WIDTH),
                    "up": nn.Linear(WIDTH * (3 if step else 1 + NEIGHBOURS), INNER),
                    "down": nn.Linear(INNER, WIDTH),
                }
            )
            for step in LAYERS
        )
        self.norm = nn.LayerNorm(WIDTH)
        self.answer = nn.Linear(WIDTH, ANSWERS)
        nn.init.normal_(self.name.weight, std=0.05)
        nn.init.normal_(self.parts.weight, std=0.05)

    def forward(self, names, hashes, signs, near, p=0.0):  # type: ignore[no-untyped-def]
        drop = lambda x: functional.dropout(x, p, self.training)  # noqa: E731
        n = len(names)
        x = self.enter(drop(torch.cat([self.name(names), self.parts(hashes), signs], -1)))
        flat = near.flatten()
        for step, block in zip(LAYERS, self.blocks, strict=True):
            y = block["norm"](x)
            if step:
                none = y.new_zeros(step, WIDTH)
                y = torch.cat([torch.cat([none, y[:-step]]), y, torch.cat([y[step:], none])], -1)
            else:
                around = torch.cat([y, y.new_zeros(1, WIDTH)]).index_select(0, flat).view(n, -1)
                y = torch.cat([y, around], -1)
            x = x + drop(block["down"](functional.relu(block["up"](y))))
        return self.answer(self.norm(x))


Lesson = tuple[Signs, np.ndarray, np.ndarray]
"""A table's signs, its tags (n), and the three yes/no answers (n, 3)."""


def learnable(example: Example) -> Lesson:
    """What is to be learned from an example."""
    tags, marks = [], []
    seen: set[tuple[int, int]] = set()
    latest = -1
    for line in example.lines:
        for place in line.places:
            if place is None:
                tags.append(JUNK)
                marks.append((0, 0, 0))
                continue
            row, column = place
            tags.append(SPAN if column < 0 else ROLES.index(example.roles[column]))
            marks.append((place not in seen, row > latest, row < latest))
            seen.add(place)
            latest = max(latest, row)
    words, before = [line.words for line in example.lines], [line.before for line in example.lines]
    signs = read_signs(column_language(), words, before).under(example.roles)
    return signs, np.array(tags), np.array(marks, dtype=np.float32)


def lessons(folders: list[Path], cache: Path) -> list[Lesson]:
    """The tables of all folders; what was read before is kept in ``cache``."""
    known: dict[str, Lesson] = pickle.loads(cache.read_bytes()) if cache.exists() else {}
    before = len(known)
    for path in (p for folder in folders for p in sorted(folder.glob("*.json"))):
        if str(path) not in known:
            known[str(path)] = learnable(load(path))
    if len(known) > before:
        cache.write_bytes(pickle.dumps(known))
    return [lesson for path, lesson in known.items() if Path(path).parent in folders]


def batch(items, augment: random.Random | None):  # type: ignore[no-untyped-def]
    """Several tables as one long row of words; between them a gap that the wide layers do not see across."""
    parts: list[list[np.ndarray]] = [[] for _ in range(6)]
    offset = 0
    total = sum(len(i[1]) for i in items)
    for s, t, m, *_ in items:
        n = len(t)
        names, hashes, signs = s.names, s.hashes, s.signs
        if augment:
            rng = np.random.default_rng(augment.randrange(1 << 30))
            names = np.where(rng.random(n) < 0.12, 0, names)
            hashes = np.where(rng.random(hashes.shape) < 0.05, HASHES, hashes)
            signs = signs.copy()
            if augment.random() < 0.2:
                signs[:, RULE_SIGNS] = 0
            if augment.random() < 0.15:
                signs[:, HEAD_SIGNS] = 0
        near = np.where(s.near == n, total, s.near + offset)
        for into, array in zip(parts, (names, hashes, signs, near, t, m), strict=True):
            into.append(array)
        offset += n
    kinds = (np.int64, np.int64, np.float32, np.int64, np.int64, np.float32)
    return [torch.from_numpy(np.concatenate(p).astype(k)) for p, k in zip(parts, kinds, strict=True)]


def losses(answer, tags, marks):  # type: ignore[no-untyped-def]
    one = functional.cross_entropy(answer[:, :N_TAGS], tags)
    two = functional.binary_cross_entropy_with_logits(answer[:, N_TAGS:], marks)
    return one, two


def evaluate(model, examples):  # type: ignore[no-untyped-def]
    model.eval()
    right = total = 0
    tp, fp, fn = np.zeros((3, 3))
    with torch.no_grad():
        for i in range(0, len(examples), 8):
            *inputs, tags, marks = batch(examples[i : i + 8], None)
            answer = model(*inputs)
            right += (answer[:, :N_TAGS].argmax(-1) == tags).sum().item()
            total += len(tags)
            said, true = (answer[:, N_TAGS:] > 0).numpy(), (marks > 0.5).numpy()
            tp += (said & true).sum(0)
            fp += (said & ~true).sum(0)
            fn += (~said & true).sum(0)
    return right / total, 2 * tp / (2 * tp + fp + fn + 1e-9)


def write(model: Tagger, out: Path) -> None:
    """The weights as ``planparse.recognise.tables.tagger`` reads them: matrices transposed, in half precision."""
    arrays: dict[str, np.ndarray] = {"steps": np.array(LAYERS, dtype=np.int8)}
    for key, value in model.state_dict().items():
        array = value.numpy().astype(np.float32).copy()
        name = key.removeprefix("blocks.")
        if name in ("name.weight", "parts.weight"):
            name = name.removesuffix(".weight")
            if name == "parts":
                array[HASHES] = 0  # stands for no trigram
            scale = np.maximum(np.abs(array).max(1), 1e-6) / 127
            arrays[f"{name}.scale"] = scale.astype(np.float32)
            arrays[name] = np.round(array / scale[:, None]).astype(np.int8)
        else:
            arrays[name] = (array.T if array.ndim == 2 else array).astype(np.float16)
    np.savez_compressed(out, **arrays)


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(prog="python -m training tagger", description=__doc__)
    ask.add_argument("--tables", type=Path, nargs="+", required=True)
    ask.add_argument("--dev", type=Path, required=True)
    ask.add_argument("--simulated", type=Path, help="folder of simulated tables")
    ask.add_argument("--cache", type=Path, default=Path("/tmp/tagger-cache.pickle"))
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--start", type=Path)
    ask.add_argument("--minutes", type=float, default=20)
    ask.add_argument("--rate", type=float, default=1e-3)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=1)
    options = ask.parse_args(argv)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    language = column_language()
    words = len(language.full_index)
    train = lessons(options.tables, options.cache)
    dev = lessons([options.dev], options.cache.with_suffix(".dev"))
    print(len(train), "tables", sum(len(e[1]) for e in train), "words; dev", len(dev), flush=True)
    model = Tagger(words)
    if options.start:
        model.load_state_dict(torch.load(options.start))
    print(sum(p.numel() for p in model.parameters()), "parameters", flush=True)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.02)
    began, step, epoch = time.time(), 0, 0
    end = options.minutes * 60
    while time.time() - began < end:
        epoch += 1
        train = lessons(options.tables, options.cache)  # those that were rendered meanwhile too
        model.train()
        items = list(train)
        parts = sorted(options.simulated.glob("*.pickle")) if options.simulated else []
        for part in rng.sample(parts, min(PARTS, len(parts))):
            items += pickle.loads(part.read_bytes())
        rng.shuffle(items)
        sums = np.zeros(2)
        count = 0
        for i in range(0, len(items), BATCH):
            share = (time.time() - began) / end
            if share >= 1:
                break
            rate = options.rate * min(1, (step + 1) / 100) * (0.5 * (1 + np.cos(np.pi * share)) * 0.98 + 0.02)
            for group in optimiser.param_groups:
                group["lr"] = rate
            *inputs, tags, marks = batch(items[i : i + BATCH], rng)
            one, two = losses(model(*inputs, p=0.15), tags, marks)
            optimiser.zero_grad()
            (one + 2 * two).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            sums += one.item(), two.item()
            count += 1
            step += 1
        shown, f1 = evaluate(model, dev)
        print(
            f"{epoch} {time.time() - began:.0f}s loss {sums / max(count, 1)} dev tags {shown:.4f}"
            f" begins, opens, back F1 {f1.round(4)}",
            flush=True,
        )
        torch.save(model.state_dict(), options.out.with_suffix(".pt"))
        write(model, options.out)
    return 0
