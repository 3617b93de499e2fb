"""Timing a function over the documents of a file; runs in every environment, needs nothing."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

BEST_OF = 15
SIZES = ("small", "median", "largest")


def documents(size: str) -> list[bytes]:
    """Return the documents of a size in the folder that the command line names."""
    return (Path(sys.argv[1]) / f"{size}.jsonl").read_bytes().splitlines()


def best(judge: Callable[[bytes], object], size: str) -> float:
    """Return the seconds per document of the best of many passes."""
    found = documents(size)
    passes = max(1, int(sys.argv[2]))
    fastest = float("inf")
    for _ in range(BEST_OF):
        started = time.perf_counter()
        for _ in range(passes):
            for content in found:
                judge(content)
        fastest = min(fastest, (time.perf_counter() - started) / passes / len(found))
    return fastest
