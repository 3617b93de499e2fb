"""The section ``structures``: a full check of documents against two validators alone."""

import json
import os
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import measure
from benchmarks.structures.documents import write

HERE = Path(__file__).parent
WORK = Path("build/bench/structures")
PEERS = Path(os.environ.get("KIRJAAMO_PEERS", "build/peers")) / "bin" / "python"
SIZES = ("small", "median", "largest")
ROUNDS = 3
PASSES = {"kirjaamo": 10, "jsonschema_rs": 10, "jsonschema": 1}
COPIES = 4000
"""How often the median documents stand in the file of the scaling figure."""


def run() -> dict[str, float]:
    """Run the section and return its figures."""
    write(WORK)
    fastest = _in_turn()
    _print(fastest)
    ours = fastest["kirjaamo"]
    median = {name: found["median"] for name, found in fastest.items()}
    return {
        "structures_documents_per_s": 1 / ours["median"],
        "structures_vs_jsonschema": median["jsonschema"] / median["kirjaamo"],
        "structures_vs_jsonschema_rs": median["jsonschema_rs"] / median["kirjaamo"],
        "structures_cold_start_s": ours["cold"],
        "structures_first_median_ms": ours["first_median"] * 1000,
        "structures_first_largest_ms": ours["first_largest"] * 1000,
        "structures_scaling_2": _scaling(),
    }


def _in_turn() -> dict[str, dict[str, float]]:
    """Run the contenders in turn and keep the fastest of each figure."""
    fastest: dict[str, dict[str, float]] = {}
    for _ in range(ROUNDS):
        for name, passes in PASSES.items():
            python = sys.executable if name == "kirjaamo" else str(PEERS.absolute())
            command = [python, f"with_{name}.py", str(WORK.resolve()), str(passes)]
            found = json.loads(measure(command, folder=HERE).output)
            kept = fastest.setdefault(name, found)
            fastest[name] = {key: min(kept[key], found[key]) for key in found}
    return fastest


def _print(fastest: dict[str, dict[str, float]]) -> None:
    table = Table("contender", *(f"{size} µs" for size in SIZES), "median documents/s",
                  title="a document, from bytes to a verdict")  # fmt: skip
    for name, found in sorted(fastest.items(), key=lambda item: item[1]["median"]):
        times = (f"{found[size] * 1e6:,.1f}" for size in SIZES)
        table.add_row(name, *times, f"{1 / found['median']:,.0f}")
    Console().print(table)


def _scaling() -> float:
    """Return how much faster two processes check a file than one, their start included."""
    path = WORK.resolve() / "many.jsonl"
    path.write_bytes((WORK / "median.jsonl").read_bytes() * COPIES)
    seconds: dict[int, float] = {}
    for _ in range(ROUNDS):
        for jobs in (1, 2):
            command = [sys.executable, "with_jobs.py", str(path), str(jobs)]
            found = json.loads(measure(command, folder=HERE).output)["seconds"]
            seconds[jobs] = min(seconds.get(jobs, found), found)
    path.unlink()
    return seconds[1] / seconds[2]
