"""How well attributed claims are proposed, and how fast: `make bench-suggester DATA=file.jsonl`.

`DATA` is a file with one article a line, `{text, attributions: [{source, cue, content}]}`, each a
list of `[start, end]` in code points; `TRAIN` another one, on which the learned engine is trained
before it reads `DATA` (`CURVE=1`: on fewer articles first). Prints the figures that
`claims/suggester/scores.py` defines, and of the suggestions shown with a probability, how many are
right. Times are CPU time of one core. Ends with one line of JSON; `RESULTS.md` keeps the figures.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from claims.suggester.learned.model import LearnedModel
from claims.suggester.learned.train import Example, train
from claims.suggester.scores import Scores, right, score
from claims.suggester.shapes import Attribution, Piece
from claims.suggester.suggest import suggest

NO_DATA = """\
There is no data: make bench-suggester DATA=file.jsonl (and TRAIN=file.jsonl to train on).
A line of the file is an article in JSON: {"text": "...", "attributions": [{"source": [[0, 8]],
"cue": [[9, 13]], "content": [[14, 40]]}]}, offsets in code points. PolNeAR, political news with
such attributions, is at github.com/networkdynamics/PolNeAR; a desk's own claims do as well."""
BANDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
CURVE = (25, 50, 100, 200)  # articles; all of them come after
LONG = 100_000  # words of the longest text
OF_AN_ARTICLE = 400  # words of the article in which speed is told

Read = Callable[[str], Sequence[Attribution]]


@dataclass(frozen=True)
class Gold:
    """An attribution that a person marked: pieces of the text, in code points."""

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]


def article(row: dict[str, Any]) -> Example:
    """An article as a line of a data file gives it. `KeyError` where a part is missing."""
    return Example(
        row["text"],
        tuple(
            Gold(*(tuple((s, e) for s, e in one[role]) for role in ("source", "cue", "content")))
            for one in row["attributions"]
        ),
    )


def articles(path: str) -> list[Example]:
    """The articles of a file; a message and exit 2 where it can't be read as one."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            return [article(json.loads(line)) for line in file if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        print(f"{path} can't be read as articles: {wrong!r}", file=sys.stderr)
        raise SystemExit(2) from None


def measured(name: str, data: Sequence[Example], read: Read) -> tuple[dict[str, float], float]:
    """The figures of an engine, printed too, and how many articles it reads a second."""
    total = Scores()
    shown: list[tuple[float, bool]] = []
    took = 0.0
    for one in data:
        start = time.process_time()
        found = read(one.text)
        took += time.process_time() - start
        total = total.plus(score(one.text, one.attributions, found))
        good = right(one.text, one.attributions, found)
        shown += zip((each.score for each in found), good, strict=True)
    figures = {
        "attr@.5": total.attribution.f1,
        "full@.5": total.full.f1,
        "content": total.content.f1,
        "cue": total.cue.f1,
    }
    words = sum(len(one.text.split()) for one in data)
    speed = words / OF_AN_ARTICLE / took
    print(f"\n{name}: {len(data)} articles, {words:,} words, {total.attribution.there} marked,")
    print(f"{total.attribution.found} proposed, {speed:.0f} articles of 400 words a second")
    for figure, value in figures.items():
        print(f"  {figure:8} F1 {100 * value:5.1f}")
    print_reliability(shown)
    return figures, speed


def print_reliability(shown: Iterable[tuple[float, bool]]) -> None:
    """Of the suggestions shown with a probability, the share whose content is right."""
    rows = list(shown)
    print("  shown as      how many   mean   right")
    for low, high in pairwise(BANDS):
        band = [(score, right) for score, right in rows if low <= score < high]
        if band:
            mean = sum(score for score, _ in band) / len(band)
            share = sum(right for _, right in band) / len(band)
            print(f"  {low:.2f}-{min(high, 1):.2f} {len(band):11} {mean:6.2f} {share:7.2f}")


def long_text(data: Sequence[Example], read: Read) -> float:
    """Seconds for a text of 100,000 words, made of the articles."""
    parts: list[str] = []
    words = 0
    while words < LONG:
        parts.append(data[len(parts) % len(data)].text)
        words += len(parts[-1].split())
    text = "\n\n".join(parts)
    start = time.process_time()
    read(text)
    return time.process_time() - start


def trained(examples: Sequence[Example]) -> LearnedModel:
    """What is learned from articles; says how long that took and how large it is."""
    start = time.process_time()
    model = train(examples)
    took = time.process_time() - start
    size = len(model.to_bytes()) / 1e6
    print(f"\nlearned from {len(examples)} articles in {took:.0f} s, {size:.1f} MB")
    return model


def curve(examples: Sequence[Example], data: Sequence[Example]) -> dict[int, float]:
    """The attr@.5 after ever more articles, evenly taken from all."""
    told = {}
    for size in CURVE:
        few = [examples[at * len(examples) // size] for at in range(size)]
        found, _ = measured(f"after {size}", data, partial(suggest, model=trained(few)))
        told[size] = round(found["attr@.5"], 3)
    return told


def main() -> None:
    """Measure the rules, and what was trained where there is something to train on."""
    data_path, train_path = os.environ.get("DATA", ""), os.environ.get("TRAIN", "")
    if not data_path:
        print(NO_DATA, file=sys.stderr)
        raise SystemExit(2)
    data = articles(data_path)
    figures, speed = measured("rules", data, suggest)
    result: dict[str, Any] = {"rules": rounded(figures), "articles_per_s": round(speed)}
    print(f"  a text of {LONG:,} words: {long_text(data, suggest):.1f} s")
    if train_path:
        examples = articles(train_path)
        if os.environ.get("CURVE"):
            result["curve"] = curve(examples, data)
        model = trained(examples)
        learned, speed = measured("learned", data, partial(suggest, model=model))
        result |= {"learned": rounded(learned), "learned_articles_per_s": round(speed)}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  memory: {memory} MB at most")
    print(json.dumps(result))


def rounded(figures: dict[str, float]) -> dict[str, float]:
    """The figures as the last line gives them."""
    return {name: round(value, 3) for name, value in figures.items()}


if __name__ == "__main__":
    main()
