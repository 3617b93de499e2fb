"""The section ``migrate``: documents a second, against the lower bound, for growing exports.

The lower bound serialises the same documents and writes the same bytes as JSON lines, with one
wait for the disk, and checks nothing.  The cost of a record is that of the whole run, reading
of the exports and the ledger included, whether the record moves or is held.
"""

import datetime as dt
import json
import os
import shutil
import time
from importlib.resources import files
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from kirjaamo import log, samples
from kirjaamo.cli.inputs import inputs
from kirjaamo.migration import steps
from kirjaamo.migration.steps import Desk
from kirjaamo.workspace import find

WORK = Path("build/bench/migrate")
SIZES = (12_000, 60_000, 240_000)
"""Decisions; of the three systems those two whose exports may grow without limit."""

CLIENTS_PER_DECISION = 1 / 4
TIMES = 3

SETTINGS = (files("kirjaamo.samples") / "data" / "workspace.toml").read_text("utf-8")
"""The settings of the sample region."""


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, float]:
    """Run the section and return its figures."""
    log.start(verbose=False)
    table = Table(
        "decisions", "run s", "µs/decision", "moved", "moved/s", "bound s", title="migration"
    )
    costs: dict[int, float] = {}
    figures: dict[str, float] = {}
    for size in sizes:
        folder = _workspace(size)
        took, read, moved = _migrated(folder)
        bound = _bound(folder)
        costs[size] = took / read
        if size == sizes[0]:
            figures["migrate_vs_bound"] = took / bound
            figures["migrate_documents_per_s"] = moved / took
        table.add_row(
            f"{read:,}", f"{took:.1f}", f"{took / read * 1e6:.0f}", f"{moved:,}",
            f"{moved / took:,.0f}", f"{bound:.3f}",
        )  # fmt: skip
    Console().print(table)
    figures["migrate_cost_240k_over_12k"] = costs[sizes[-1]] / costs[sizes[0]]
    return figures


def _workspace(size: int) -> Path:
    """Return a workspace with exports of about so many decisions."""
    folder = WORK / str(size)
    if not (folder / "kirjaamo.toml").exists():
        region = samples.generate(round(size * CLIENTS_PER_DECISION) * 3 // 2, 1, 0.02)
        for system in ("A", "C"):
            samples.export(region, system, folder / "exports")
        (folder / "kirjaamo.toml").write_text(SETTINGS)
    shutil.rmtree(folder / "migration", ignore_errors=True)
    return folder


def _migrated(folder: Path) -> tuple[float, int, int]:
    """Run a migration; return seconds, decisions read and decisions moved."""
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
    started = time.perf_counter()
    steps.carry_out(desk, plan)
    return time.perf_counter() - started, plan.total(), plan.total(outcome="moved")


def _bound(folder: Path) -> float:
    """Return the seconds of serialising and writing the same bytes, the quickest of three."""
    lines = (folder / "migration/test/documents.jsonl").read_bytes().splitlines()
    trees = [json.loads(line) for line in lines]
    return min(_written(folder / "bound.jsonl", trees) for _ in range(TIMES))


def _written(path: Path, trees: list[object]) -> float:
    encode = msgspec.json.Encoder().encode
    started = time.perf_counter()
    with path.open("wb") as stream:
        for tree in trees:
            stream.write(encode(tree) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    return time.perf_counter() - started
