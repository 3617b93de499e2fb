"""One whole build: ``python -m benchmarks.archive.whole SIZE FOLDER`` prints its seconds.

The files of every thousand documents are dropped when they are written, so that the disk does
not have to hold them all.
"""

import shutil
import sys
import time
from pathlib import Path

from benchmarks.archive.section import many
from kirjaamo.archive.building import Built, Maker
from kirjaamo.archive.building.running import made, put
from kirjaamo.archive.checking import Means
from tests.archive import material

DROPPED = 1000


def main() -> None:
    """Build, check and write."""
    size, place = int(sys.argv[1]), Path(sys.argv[2])
    maker = Maker(material.ground(), Means())
    started, done = time.perf_counter(), 0
    for chunk in made(many(size), maker, 1):
        for _, _, found in chunk:
            assert isinstance(found, Built), "the samples are sound"  # noqa: S101 - of the benchmark itself
            put(place, found)
            done += 1
            if not done % DROPPED:
                shutil.rmtree(place)
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main()
