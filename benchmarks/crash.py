"""``make crash``: runs of a migration killed at random instants, resumed and compared.

Each round starts a migration of a small sample in a new place, kills it with SIGKILL again and
again, lets it end, and compares target and ledger with those of a run that was never killed: the
bytes must be the same.  Some kills strike while the sources are read, some between the writing
of a batch and the commit of its ledger.  Then the same with a full disk, a lost connection, a
second process and a clock set back.

``python -m benchmarks.crash [KILLS]`` prints a table and writes ``build/measures/crash.json``.
"""

import random
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import crash_troubles
from benchmarks.crash_places import Place, Round, ended, finish, places, prepared, start
from kirjaamo import log, samples

KILLS = 200
CLIENTS = 24
A_ROUND = 12
"""Kills after which a round may end, so that many rounds are compared."""

AT_ONCE = 2
"""Places that are worked in at the same time."""

_READING, _BETWEEN = 0.15, 0.45
"""Chance below which a kill strikes while the sources are read, and below which between a batch
and its ledger; any other strikes at any instant of the writing."""


@dataclass(slots=True)
class Figures:
    """What rounds came to.

    Attributes:
        kills: Processes that died by SIGKILL.
        between: Those that had written a batch and not yet its ledger.
        lost: Documents that the run that was never killed has and another lacks.
        duplicated: Documents that only the other has.
        different_bytes: Documents that differ, and ledgers that say something else.
        troubles: Rounds of other troubles.
        rounds: Name, kills and differences of every round.
    """

    kills: int = 0
    between: int = 0
    lost: int = 0
    duplicated: int = 0
    different_bytes: int = 0
    troubles: int = 0
    rounds: list[tuple[str, int, int]] = field(default_factory=list)

    def compare(self, name: str, kills: int, found: Round, wanted: Round) -> None:
        """Count what differs from the run that was never killed."""
        shared = found.files.keys() & wanted.files.keys()
        lost, more = (len(wanted.files) - len(shared), len(found.files) - len(shared))
        different = sum(found.files[key] != wanted.files[key] for key in shared)
        different += found.ledger != wanted.ledger
        self.lost += lost
        self.duplicated += more
        self.different_bytes += different
        self.rounds.append((name, kills, lost + more + different))

    def add(self, other: "Figures") -> None:
        """Add the figures of another place."""
        for name in ("kills", "between", "lost", "duplicated", "different_bytes", "troubles"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rounds += other.rounds


def killed(place: Place, chance: random.Random, wall: float, figures: Figures) -> bool:
    """Start a worker and kill it; False when it was quicker and all is done."""
    draw = chance.random()
    between = _READING <= draw < _BETWEEN
    reading = draw < _READING
    strike = {"CRASH_AFTER": chance.randint(1, 3)} if between else {}
    process = start(place.folder, until="ready" if reading else "go", **strike)
    if not between:
        time.sleep(chance.uniform(0, wall / 2))
        process.send_signal(signal.SIGKILL)
    if ended(process) == -signal.SIGKILL:
        figures.kills += 1
        figures.between += between
        return True
    return False


def rounds(place: Place, kills: int) -> Figures:
    """Run rounds in one kind of place until there were so many kills, then the other troubles."""
    chance, figures = random.Random(f"{place.name}{kills}"), Figures()  # noqa: S311 - no secret
    place.reset()
    wall = finish(place.folder)
    wanted = place.content()
    while figures.kills < kills:
        place.reset()
        before, wants = figures.kills, min(A_ROUND, kills - figures.kills)
        while figures.kills - before < wants and killed(place, chance, wall, figures):
            pass
        finish(place.folder)
        figures.compare(place.name, figures.kills - before, place.content(), wanted)
        print(f"{place.name}: {figures.kills} kills", file=sys.stderr)
    for name, trouble in crash_troubles.of(place).items():
        with trouble(place):
            finish(place.folder)
            figures.compare(f"{place.name}, {name}", 0, place.content(), wanted)
            figures.troubles += 1
    return figures


def run(kills: int = KILLS) -> Figures:
    """Run every round and return the figures."""
    figures = Figures()
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kirjaamo-crash-")))
        exports = work / "exports"
        region = samples.generate(CLIENTS, seed=1, defects=0.02)
        for system in ("A", "C"):
            samples.export(region, system, exports)
        known = [prepared(place, exports) for place in places(work, stack)]
        each = -(-kills // len(known))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for found in pool.map(lambda place: rounds(place, each), known):
                figures.add(found)
    return figures


def sums(figures: Figures) -> Mapping[str, int]:
    """Return the figures that are recorded."""
    names = ("kills", "lost", "duplicated", "different_bytes")
    return {name: getattr(figures, name) for name in names} | {
        "kills_between_write_and_commit": figures.between,
        "rounds_killed": sum(kills > 0 for _, kills, _ in figures.rounds),
        "rounds_of_other_troubles": figures.troubles,
    }


def show(figures: Figures, seconds: float) -> None:
    """Print the rounds, and record the sums."""
    from benchmarks.measuring import record

    table = Table("round", "kills", "different", title="killed and resumed")
    for name, kills, different in figures.rounds:
        table.add_row(name, str(kills), str(different))
    Console().print(table)
    print(f"{record('crash', sums(figures))}: {sums(figures)} in {seconds:.0f} s")


if __name__ == "__main__":
    log.start(verbose=False)
    began = time.perf_counter()
    show(run(int(sys.argv[1]) if sys.argv[1:] else KILLS), time.perf_counter() - began)
