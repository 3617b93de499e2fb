"""One whole build: ``python -m benchmarks.archive.whole SIZE`` prints its seconds.

Documents are built and checked as a build does it, some at a time, and dropped; what the disk
adds depends on the disk.  Seconds are those of the wall and of the processor.
"""

import sys
import time

from benchmarks.archive.section import many
from kirjaamo.archive.building import Built, Maker
from kirjaamo.archive.building.running import made
from kirjaamo.archive.checking import Means
from tests.archive import material


def main() -> None:
    """Build and check."""
    size = int(sys.argv[1])
    maker = Maker(material.ground(), Means())
    started, worked, count = time.perf_counter(), time.process_time(), 0
    for chunk in made(many(size), maker, 1):
        count += sum(isinstance(found, Built) for _, _, found in chunk)
    assert count == size, "the samples are sound"  # noqa: S101 - of the benchmark itself
    print(time.perf_counter() - started, time.process_time() - worked)


if __name__ == "__main__":
    main()
