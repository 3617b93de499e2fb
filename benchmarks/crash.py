"""``make crash``: runs of a migration killed at random instants, resumed and compared.

Each round starts a migration of a small sample in a new place, kills it with SIGKILL again and
again, lets it end, and compares target and ledger with those of a run that was never killed: the
bytes must be the same.  Some kills strike between the writing of a batch and the commit of its
ledger.  Then the same with a full disk, a lost connection, a second process and a clock set back.

``python -m benchmarks.crash [KILLS]`` prints a table and writes ``build/measures/crash.json``.
"""

import datetime as dt
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.crash_worker import desk_of
from benchmarks.measuring import record
from kirjaamo import log, samples
from kirjaamo.migration import planning, steps
from kirjaamo.migration.ledger import verifying
from kirjaamo.urls import without_password

KILLS = 200
CLIENTS, BATCH = 60, 25
AS_OF = dt.date(2026, 1, 1)
SETTINGS = (files("kirjaamo.samples") / "data" / "workspace.toml").read_text("utf-8")
"""The settings of the sample region."""


@dataclass(slots=True)
class Figures:
    """What all rounds came to."""

    kills: int = 0
    between: int = 0
    lost: int = 0
    duplicated: int = 0
    different_bytes: int = 0
    rounds: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kind of round keeps its ledger and its documents."""

    name: str
    target: str
    ledger: Callable[[Path], str]
    clear: Callable[[], None] = lambda: None


def content(folder: Path, target: str) -> tuple[dict[str, bytes], bytes]:
    """Return the bytes of the target and what the ledger says."""
    desk = desk_of(folder)
    with desk.ledger() as book:
        faults = verifying.verify(book)
        said = verifying.content(book)
    assert not faults, faults  # noqa: S101 - the round failed
    if "://" in target:
        wanted = steps.options(as_of=AS_OF, target=target)
        with desk.target(wanted) as opened:
            return dict(opened.held()), said
    root = folder / "migration/test"
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}, said


def prepare(folder: Path, exports: Path, place: Place) -> None:
    """Make a workspace with a plan in a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    place.clear()
    folder.mkdir(parents=True)
    (folder / "exports").symlink_to(exports)
    (folder / "kirjaamo.toml").write_text(
        f'{SETTINGS}\n[ledger]\nurl = "{place.ledger(folder)}"\n'
    )
    wanted = steps.options(as_of=AS_OF, stage="test", batch=BATCH, target=place.target)
    planning.store(folder / "plan.json", steps.make_plan(desk_of(folder), wanted))


def start(folder: Path, **env: object) -> "subprocess.Popen[str]":
    """Start a worker and wait until it begins to write, or ends."""
    command = [sys.executable, "-m", "benchmarks.crash_worker", str(folder)]
    more = {key: str(value) for key, value in env.items()}
    with (folder / "said.txt").open("w") as said:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=said, text=True, env={**os.environ, **more}
        )
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    process.stdout.readline()
    return process


def ended(process: "subprocess.Popen[str]") -> int:
    """Wait for a worker, close its pipe, and return how it ended."""
    with process:
        return process.wait()


def finish(folder: Path) -> float:
    """Let a worker end, and return how long it wrote."""
    process = start(folder)
    began = time.perf_counter()
    ended(process)
    if process.returncode:
        said = (folder / "said.txt").read_text()
        message = f"a worker that was not killed ended with {process.returncode}: {said}"
        raise SystemExit(message)
    return time.perf_counter() - began


def killed(folder: Path, chance: random.Random, wall: float, figures: Figures) -> None:
    """Start a worker and kill it at a random instant, or let it kill itself after a batch."""
    strikes = chance.random() < 0.3
    process = start(folder, CRASH_AFTER=chance.randint(1, 12) if strikes else 0)
    if strikes:
        ended(process)
    else:
        time.sleep(chance.uniform(0, wall))
        process.send_signal(signal.SIGKILL)
        ended(process)
    if process.returncode == -signal.SIGKILL:
        figures.kills += 1
        figures.between += strikes


def compare(figures: Figures, name: str, kills: int, found: object, wanted: object) -> None:
    """Count what differs from the run that was never killed."""
    (files, said), (good, told) = found, wanted  # type: ignore[misc]  # two pairs of `content`
    figures.lost += len(good.keys() - files.keys())
    figures.duplicated += len(files.keys() - good.keys())
    different = sum(files[key] != good[key] for key in files.keys() & good.keys())
    figures.different_bytes += different + (said != told)
    figures.rounds.append((name, kills, different + (said != told)))


def rounds(work: Path, exports: Path, place: Place, kills: int, figures: Figures) -> None:
    """Run rounds in one kind of place until there were so many kills."""
    chance, folder = random.Random(f"{place.name}{kills}"), work / "round"  # noqa: S311 - no secret
    prepare(folder, exports, place)
    wall = finish(folder)
    wanted = content(folder, place.target)
    before = figures.kills
    while figures.kills - before < kills:
        prepare(folder, exports, place)
        at = figures.kills
        for _ in range(min(12, kills - (at - before))):
            killed(folder, chance, wall, figures)
        finish(folder)
        compare(figures, place.name, figures.kills - at, content(folder, place.target), wanted)
        print(f"{place.name}: {figures.kills} kills", file=sys.stderr)


def troubles(work: Path, exports: Path, places: Sequence[Place], figures: Figures) -> None:
    """Run one round with every other trouble in every kind of place."""
    folder = work / "round"
    for place in places:
        prepare(folder, exports, place)
        finish(folder)
        wanted = content(folder, place.target)
        kinds = {"full disk": _full, "second process": _second, "clock set back": _back}
        if "://" in place.target:
            kinds["lost connection"] = _lost(place)
        for name, trouble in kinds.items():
            prepare(folder, exports, place)
            trouble(folder)
            finish(folder)
            compare(figures, f"{place.name}, {name}", 0, content(folder, place.target), wanted)


def _full(folder: Path) -> None:
    for limit in (500, 40_000, 120_000):
        ended(start(folder, CRASH_LIMIT=limit))


def _second(folder: Path) -> None:
    first, second = start(folder), start(folder)
    codes = sorted([ended(first), ended(second)])
    if codes not in ([0, 0], [0, 4]):
        message = f"two processes at once ended with {codes}"
        raise SystemExit(message)


def _back(folder: Path) -> None:
    ended(start(folder, CRASH_CLOCK="back"))


def _lost(place: Place) -> Callable[[Path], None]:
    def trouble(folder: Path) -> None:
        process = start(folder)
        time.sleep(0.2)
        place.clear.terminate()  # type: ignore[attr-defined]  # the server of the place
        ended(process)

    return trouble


class Server:
    """A PostgreSQL database that can be cleared and whose connections can be cut."""

    def __init__(self, url: str) -> None:
        import sqlalchemy as sa

        plain = url.replace("postgresql://", "postgresql+psycopg://")
        self.engine = sa.create_engine(plain, poolclass=sa.NullPool)

    def __call__(self) -> None:
        """Drop every table."""
        self._run("DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    def terminate(self) -> None:
        """Cut every connection but this one."""
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )

    def _run(self, statement: str) -> None:
        with self.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def places(stack: ExitStack) -> list[Place]:
    """Return the kinds of places, with PostgreSQL where it can be started."""
    import pytest
    from sqlalchemy.engine import make_url

    from tests.postgres import server

    def sqlite(folder: Path) -> str:
        return f"sqlite:///{folder}/ledger.sqlite"

    found = [Place(f"SQLite, {form}", form, sqlite) for form in ("folder", "jsonl", "zip")]
    try:
        url = stack.enter_context(server())
    except pytest.skip.Exception as reason:
        print(f"without PostgreSQL: {reason}")
        return found
    os.environ["PGPASSWORD"] = str(make_url(url).password)
    bare = without_password(url)
    return [*found, Place("PostgreSQL, load tables", bare, lambda _: bare, Server(url))]


def run(kills: int = KILLS) -> Figures:
    """Run every round and return the figures."""
    figures = Figures()
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kirjaamo-crash-")))
        exports = work / "exports"
        region = samples.generate(CLIENTS, seed=1, defects=0.02)
        for system in ("A", "C"):
            samples.export(region, system, exports)
        known = places(stack)
        for place in known:
            rounds(work, exports, place, -(-kills // len(known)), figures)
        troubles(work, exports, known, figures)
    return figures


def show(figures: Figures) -> None:
    """Print the rounds, and record the sums."""
    table = Table("round", "kills", "different", title="killed and resumed")
    for name, kills, different in figures.rounds:
        table.add_row(name, str(kills), str(different))
    Console().print(table)
    sums = {
        name: getattr(figures, name)
        for name in ("kills", "lost", "duplicated", "different_bytes")
    }
    path = record("crash", sums | {"kills_between_write_and_commit": figures.between})
    print(f"{path}: {sums}, {figures.between} between write and commit")


if __name__ == "__main__":
    log.start(verbose=False)
    show(run(int(sys.argv[1]) if sys.argv[1:] else KILLS))
