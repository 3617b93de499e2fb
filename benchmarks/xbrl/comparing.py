"""One semantic comparison, measured: ``python -m benchmarks.xbrl.comparing OLD NEW TIMES``.

Prints the seconds of the fastest of TIMES runs, reading included, and the differences found.
"""

import sys
import time
from pathlib import Path

from kirjaamo.finance.instances import read
from kirjaamo.finance.instances.difference import difference


def main(old: str, new: str, times: str) -> None:
    """Compare two instances."""
    took, found = [], 0
    for _ in range(int(times)):
        start = time.perf_counter()
        found = difference(read(Path(old)), read(Path(new))).height
        took.append(time.perf_counter() - start)
    print(min(took), found)


if __name__ == "__main__":
    main(*sys.argv[1:])
