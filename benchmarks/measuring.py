"""Running a command and measuring it: wall and processor seconds, peak memory of its tree."""

import json
import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

MEASURES = Path("build/measures")
SAMPLE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of a command.

    Attributes:
        wall: Seconds from start to end, the interpreter's start included.
        cpu: Processor seconds of the command and its children.
        peak_mb: Largest sum of resident memory of the process tree, in 1024² bytes.
        output: What it printed.
    """

    wall: float
    cpu: float
    peak_mb: float
    output: str


def measure(command: Sequence[str], *, folder: Path | None = None) -> Measured:
    """Run *command* once and measure it.

    Raises:
        RuntimeError: The command failed; holds the end of what it said.
    """
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    output, errors = process.communicate()
    wall = time.perf_counter() - started
    watcher.join()
    after = os.times()
    if process.returncode:
        message = f"{command} ended with {process.returncode}: {errors[-800:]}"
        raise RuntimeError(message)
    cpu = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return Measured(wall, cpu, peak[0], output.strip())


def _watch(pid: int, peak: list[float]) -> None:
    """Sample the resident memory of a process tree until it ends."""
    try:
        root = psutil.Process(pid)
        while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
            tree = [root, *root.children(recursive=True)]
            peak[0] = max(peak[0], sum(p.memory_info().rss for p in tree) / 2**20)
            time.sleep(SAMPLE_SECONDS)
    except psutil.Error:
        return


def in_turn(
    commands: Mapping[str, Sequence[str]], *, times: int, folder: Path
) -> dict[str, Measured]:
    """Run the commands in turn, A B C A B C, and return the run of median wall time of each."""
    runs: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            runs[name].append(measure(command, folder=folder))
    return {name: _median(found) for name, found in runs.items()}


def _median(runs: list[Measured]) -> Measured:
    middle = statistics.median_low(run.wall for run in runs)
    return next(run for run in runs if run.wall == middle)


def record(target: str, figures: Mapping[str, float]) -> Path:
    """Merge *figures* into ``build/measures/<target>.json`` and return the file."""
    path = MEASURES / f"{target}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    old = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**old, **figures}, indent=2, sort_keys=True) + "\n", "utf-8")
    return path


Section = Callable[[], dict[str, float]]
