"""A thousand corrected articles: how many claims are carried over, and that none stands wrong.

`make bench-reanchor`, or `CASES=10000 make bench-reanchor` for a longer hunt from `SEED` on. Ends
with one line of JSON, and fails where a span was carried to other text.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from collections import Counter

from bench import edits
from claims.anchoring.reanchor import Reanchoring, reanchor

CASES, SEED = int(os.environ.get("CASES", "1000")), int(os.environ.get("SEED", "1"))


def main() -> None:
    """Counts over all cases, and times of long and hostile texts."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    times = []
    for seed in range(SEED, SEED + CASES):
        case = edits.case(seed)
        start = time.process_time()
        placed = reanchor(case.old, case.new, case.spans)
        times.append(time.process_time() - start)
        where = edits.places(case)
        for (begin, end), found in zip(case.spans, placed, strict=True):
            meant = edits.truth(case, (begin, end), where)
            counts["spans"] += 1
            counts["survive"] += meant is not None
            counts["carried"] += found.certain
            counts["carried_of_surviving"] += found.certain and meant is not None
            counts["waiting"] += not found.certain and found.start is not None
            counts["orphaned"] += found.start is None
            if meant is not None and not found.certain:
                reasons[found.reason] += 1
            if found.certain and not edits.stands(case, (begin, end), found, meant):
                counts["on_other_text"] += 1
                print(f"seed {seed}: {begin}-{end} {case.old[begin:end]!r}", file=sys.stderr)
    share = counts["carried_of_surviving"] / counts["survive"]
    told = {
        "edited_articles": CASES,
        **{name: counts[name] for name in ("spans", "survive", "carried", "waiting", "orphaned")},
        "on_other_text": counts["on_other_text"],
        "carried_of_surviving": round(share, 4),
        "why_surviving_wait": dict(reasons.most_common()),
        "cpu_ms_median": round(statistics.median(times) * 1000, 1),
        "long": _long(),
    }
    print(json.dumps(told, ensure_ascii=False))
    if counts["on_other_text"]:
        sys.exit("A span stands on other text.")


def _long() -> dict[str, float]:
    """20,000 words with 1,000 spans; and the same size of what a slow diff would choke on."""
    rng = random.Random(SEED)
    case = edits.case(SEED, words=20_000, edits=200)
    spans = edits.spans(rng, case.old, 1_000)
    hostile = {
        "20000_words_1000_spans": (case.old, case.new, spans),
        "one_word_over_and_over": ("a " * 20_000, "a " * 19_990 + "b", _windows(40_000)),
        "one_long_line": ("x" * 120_000, "x" * 119_000 + "y", _windows(120_000)),
        "lines_in_reverse": (
            "\n".join(f"line {at} of it" for at in range(5_000)),
            "\n".join(f"line {at} of it" for at in reversed(range(5_000))),
            _windows(80_000),
        ),
    }
    taken: dict[str, float] = {}
    for name, (old, new, own) in hostile.items():
        start = time.process_time()
        both = Reanchoring(old, new)
        for begin, end in own:
            both.place(begin, end)
        taken[name] = round((time.process_time() - start) * 1000)
    return taken


def _windows(size: int) -> list[tuple[int, int]]:
    starts = [at * size // 1_000 for at in range(1_000)]
    return [(start, min(start + 1 + at * 37, size)) for at, start in enumerate(starts)]


if __name__ == "__main__":
    main()
