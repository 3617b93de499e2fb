"""What else can befall a run of ``make crash``: each trouble strikes, and the run is resumed.

A trouble that did not strike is an error: what was not tried has not been shown.
"""

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from benchmarks.crash_places import Place, ended, start

Trouble = Callable[[Place], AbstractContextManager[None]]
"""Begins a round anew, lets the trouble strike, and cleans up when the round was compared."""

SPARE = (64, 160, 400)
"""KiB that are left on the disk, one attempt each."""

ROOMY = 256 * 1024
LIMITS = (500, 40_000, 120_000)
"""Bytes of the largest file where no small disk can be made: the system then answers the same way."""

TRIES = 40


def of(place: Place) -> Mapping[str, Trouble]:
    """Return the troubles that can befall a place, by name."""
    found: dict[str, Trouble] = {"second process": second_process, "clock set back": clock_back}
    if "://" not in place.target:
        found["full disk"] = full_disk
    if place.server:
        found["lost connection"] = lost_connection
    return found


@contextmanager
def full_disk(place: Place) -> Iterator[None]:
    """Let the disk be full several times, each time with a little more space."""
    place.folder.mkdir(exist_ok=True)
    if not _mounted(place, ROOMY):
        place.reset()
        _struck("full disk", [ended(start(place.folder, CRASH_LIMIT=n)) for n in LIMITS])
        yield
        return
    try:
        place.reset()
        codes = []
        for spare in SPARE:
            _mounted(place, _used(place) + spare, "remount,")
            codes.append(ended(start(place.folder)))
        _struck("full disk", codes)
        _mounted(place, ROOMY, "remount,")
        yield
    finally:
        subprocess.run(["umount", place.folder], check=True)


def _used(place: Place) -> int:
    """Return the KiB that are used on the disk of a place."""
    return shutil.disk_usage(place.folder).used // 1024


def _mounted(place: Place, size: int, again: str = "") -> bool:
    """Make the folder of a place a disk of so many KiB; False when that is not allowed."""
    if os.name != "posix" or shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"{again}size={size}k", "tmpfs", place.folder]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode == 0


@contextmanager
def second_process(place: Place) -> Iterator[None]:
    """Start two processes at once: one is refused, or waits for the other."""
    place.reset()
    first, second = start(place.folder, until="ready"), start(place.folder, until="ready")
    codes = sorted([ended(first), ended(second)])
    if codes not in ([0, 0], [0, 4]):
        raise SystemExit(f"two processes at once ended with {codes}")
    yield


@contextmanager
def clock_back(place: Place) -> Iterator[None]:
    """Set the clock back, second by second, until the run is killed half way."""
    place.reset()
    ended(start(place.folder, CRASH_CLOCK="back", CRASH_AFTER=6))
    yield


@contextmanager
def lost_connection(place: Place) -> Iterator[None]:
    """Cut the connections to the database until a run has ended by that three times."""
    assert place.server is not None  # noqa: S101 - asked for such a place
    place.reset()
    chance, codes = random.Random(place.name), []  # noqa: S311 - no secret
    for _ in range(TRIES):
        process = start(place.folder)
        time.sleep(chance.uniform(0, 0.15))
        place.server.cut()
        codes.append(ended(process))
        if codes.count(0) or len(codes) - codes.count(0) >= len(SPARE):
            break
    _struck("lost connection", codes)
    yield


def _struck(name: str, codes: list[int]) -> None:
    if not any(codes):
        raise SystemExit(f"{name} did not strike: {codes}")
