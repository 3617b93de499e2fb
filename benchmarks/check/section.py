"""The section ``check``: ten rules, one million rows, five contenders, one run."""

import json
import os
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.check.data import write
from benchmarks.measuring import Measured, in_turn, measure

HERE = Path(__file__).parent
WORK = Path("build/bench")
PEERS = Path(os.environ.get("KIRJAAMO_PEERS", "build/peers")) / "bin" / "python"
ROWS = 1_000_000
SIZES = (100_000, 1_000_000, 5_000_000)
TIMES = 3


def run() -> dict[str, float]:
    """Run the section and return its figures."""
    files = {size: _rows(size) for size in SIZES}
    contenders = _contenders(files[ROWS])
    quick = {name: contenders[name] for name in ("kirjaamo", "polars")}
    measured = in_turn(contenders, times=1, folder=HERE)
    measured |= in_turn(quick, times=TIMES, folder=HERE)
    _same_counts(measured)
    _print(measured)
    return _ratios(measured) | _scaling(files)


def _rows(size: int) -> Path:
    path = (WORK / f"rows_{size}.csv").resolve()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, size)
    return path


def _contenders(source: Path) -> dict[str, list[str]]:
    """Return the command of each contender; peers run in their own environment."""
    pythons = {
        "kirjaamo": sys.executable,
        "polars": sys.executable,
        "csv": sys.executable,
        "frictionless": str(PEERS.absolute()),
        "great_expectations": str(PEERS.absolute()),
    }
    return {
        name: [python, f"with_{name}.py", str(source), str(WORK.resolve() / f"{name}.csv")]
        for name, python in pythons.items()
    }


def _same_counts(measured: dict[str, Measured]) -> None:
    """Stop when two contenders did not find the same."""
    counts = {name: json.loads(found.output) for name, found in measured.items()}
    if len({json.dumps(count, sort_keys=True) for count in counts.values()}) != 1:
        message = f"the contenders differ: {counts}"
        raise SystemExit(message)


def _print(measured: dict[str, Measured]) -> None:
    table = Table(
        "contender", "wall s", "CPU s", "rows/s", "peak MB", title="ten rules, 1 M rows"
    )
    for name, found in sorted(measured.items(), key=lambda item: item[1].wall):
        table.add_row(
            name, f"{found.wall:.2f}", f"{found.cpu:.2f}", f"{ROWS / found.wall:,.0f}",
            f"{found.peak_mb:.0f}",
        )  # fmt: skip
    Console().print(table)


def _ratios(measured: dict[str, Measured]) -> dict[str, float]:
    ours = measured["kirjaamo"].wall
    return {
        "check_rows_per_s": ROWS / ours,
        "check_vs_polars": ours / measured["polars"].wall,
        "check_vs_csv": measured["csv"].wall / ours,
        "check_vs_frictionless": measured["frictionless"].wall / ours,
        "check_vs_great_expectations": measured["great_expectations"].wall / ours,
    }


def _scaling(files: dict[int, Path]) -> dict[str, float]:
    """Return cost per row and rule, and peak memory, for growing files."""
    table = Table("rows", "wall s", "µs/row", "ns/row/rule", "peak MB", title="growing files")
    figures: dict[str, float] = {}
    for size, path in files.items():
        target = str(WORK.resolve() / "scaling.csv")
        found = measure([sys.executable, "with_kirjaamo.py", str(path), target], folder=HERE)
        one = measure(
            [sys.executable, "with_kirjaamo.py", str(path), target, "2", "1"], folder=HERE
        )
        per_rule = (found.wall - one.wall) / 9 / size
        name = f"{size / 1e6:g}m".replace(".", "_")
        figures[f"check_us_per_row_{name}"] = found.wall / size * 1e6
        figures[f"check_ns_per_row_and_rule_{name}"] = per_rule * 1e9
        figures[f"check_peak_mb_{name}"] = found.peak_mb
        table.add_row(
            f"{size:,}", f"{found.wall:.2f}", f"{found.wall / size * 1e6:.2f}",
            f"{per_rule * 1e9:.0f}", f"{found.peak_mb:.0f}",
        )  # fmt: skip
    Console().print(table)
    return figures
