"""The section ``migrate``: documents a second, against the lower bound, for growing exports.

The lower bound serialises the same documents and writes the same bytes as JSON lines, with one
wait for the disk, and checks nothing.  The cost of a decision is that of the whole run, reading
of the exports and the ledger included, whether it moves or is held; it is told in processor
seconds of one process, which do not depend on what else the machine does.
"""

import datetime as dt
import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from kirjaamo import log, samples
from kirjaamo.cli.inputs import inputs
from kirjaamo.cli.memory import peak_mb
from kirjaamo.migration import steps
from kirjaamo.migration.desk import Desk
from kirjaamo.workspace import find

WORK = Path("build/bench/migrate")
SIZES = (12_000, 60_000, 240_000)
"""Decisions; of the three systems those two whose exports may grow without limit."""

CLIENTS_PER_DECISION = 1 / 4
TIMES = 3


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the wall and of the processor."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Run:
    """A run: what it took, decisions read and decisions moved."""

    took: Took
    read: int
    moved: int

    @property
    def cost(self) -> float:
        """Return processor seconds for each decision."""
        return self.took.cpu / self.read


class Watch:
    """Measures from its making on."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def took(self) -> Took:
        """Return what it took until now."""
        return Took(time.perf_counter() - self.wall, time.process_time() - self.cpu)


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, float]:
    """Run the section and return its figures."""
    log.start(verbose=False)
    table = Table(
        "decisions", "run s", "cpu s", "cpu µs/decision", "moved", "moved/s", "bound cpu s", "MB",
        title="migration",
    )  # fmt: skip
    runs: list[Run] = []
    figures: dict[str, float] = {}
    _migrated(_workspace(sizes[0]))  # rules and structures are compiled before anything counts
    for size in sizes:
        folder = _workspace(size)
        one, bound = _migrated(folder), _bound(folder)
        runs.append(one)
        if size == sizes[0]:
            figures["migrate_vs_bound"] = one.took.cpu / bound.cpu
            figures["migrate_documents_per_s"] = one.moved / one.took.wall
        table.add_row(
            f"{one.read:,}", f"{one.took.wall:.1f}", f"{one.took.cpu:.1f}", f"{one.cost * 1e6:.0f}",
            f"{one.moved:,}", f"{one.moved / one.took.wall:,.0f}", f"{bound.cpu:.3f}",
            str(peak_mb()),
        )  # fmt: skip
    Console().print(table)
    figures["migrate_cost_240k_over_12k"] = runs[-1].cost / runs[0].cost
    return figures


def _workspace(size: int) -> Path:
    """Return a workspace with exports of about so many decisions, and nothing moved."""
    folder = WORK / str(size)
    if not (folder / "kirjaamo.toml").exists():
        region = samples.generate(round(size * CLIENTS_PER_DECISION) * 3 // 2, 1, 0.02)
        for system in ("A", "C"):
            samples.export(region, system, folder / "exports")
        samples.workspace(folder)
    shutil.rmtree(folder / "migration", ignore_errors=True)
    for left in folder.glob("ledger.sqlite*"):
        left.unlink()
    return folder


def _migrated(folder: Path) -> Run:
    """Plan and run a migration, and measure the run."""
    workspace = find(folder)
    if workspace is None:
        raise SystemExit(f"{folder} is no workspace")
    desk = Desk(
        workspace, lambda: inputs((), None, workspace).tables,
        lambda: dt.datetime.now(dt.UTC), "bench",
    )  # fmt: skip
    wanted = steps.options(
        as_of=dt.date(2026, 1, 1), stage="test", target="jsonl", only=["kind=decision"]
    )
    plan = steps.make_plan(desk, wanted)
    watch = Watch()
    steps.carry_out(desk, plan)
    return Run(watch.took(), plan.total(), plan.total(outcome="moved"))


def _bound(folder: Path) -> Took:
    """Return what serialising and writing the same bytes takes, the quickest of three."""
    lines = (folder / "migration/test/documents.jsonl").read_bytes().splitlines()
    trees = [json.loads(line) for line in lines]
    every = [_written(folder / "bound.jsonl", trees) for _ in range(TIMES)]
    return min(every, key=lambda one: one.cpu)


def _written(path: Path, trees: list[object]) -> Took:
    encode = msgspec.json.Encoder().encode
    watch = Watch()
    with path.open("wb") as stream:
        for tree in trees:
            stream.write(encode(tree) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    return watch.took()
