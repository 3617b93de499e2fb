"""The section ``audit``: a million entries through every measure, and how the search grows.

The search for near copies is measured at ten thousand, a hundred thousand and a million entries.
"""

import json
import math
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import Measured, measure

SIZES = (10_000, 100_000, 1_000_000)
WORK = Path("build/bench")
COPIES = "RQ012"
"""The first measure that asks for near copies pays for the search; RQ013 has it for nothing."""


def run() -> dict[str, float]:
    """Run the section and return its figures."""
    runs = {rows: _one(rows) for rows in SIZES}
    for rows, (seconds, _) in runs.items():
        expected = 2 * (rows // 50)
        if seconds["copies"] < 0.95 * expected:
            message = f"{seconds['copies']} of {expected} copies found among {rows} entries"
            raise RuntimeError(message)
    _print(runs)
    return _figures(runs)


def _one(rows: int) -> tuple[dict[str, float], Measured]:
    """Audit so many entries in a process of its own."""
    out = (WORK / f"audit_{rows}.json").resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "benchmarks.audit.one_run", str(rows), str(out)]
    measured = measure(command)
    return json.loads(out.read_text("utf-8")), measured


def _figures(runs: dict[int, tuple[dict[str, float], Measured]]) -> dict[str, float]:
    """Return rows a second, peak memory and the exponent by which the search grows."""
    most = SIZES[-1]
    seconds, measured = runs[most]
    exponent = math.log10(seconds[COPIES] / runs[SIZES[-2]][0][COPIES])
    codes = [code for code in seconds if code.startswith("RQ")]
    return {
        "audit_rows": most,
        "audit_seconds": seconds["whole"],
        "audit_rows_per_second": most / seconds["whole"],
        "audit_peak_mb": measured.peak_mb,
        "audit_copies_exponent": exponent,
        **{f"audit_{code}_rows_per_second": most / max(seconds[code], 1e-9) for code in codes},
    }


def _print(runs: dict[int, tuple[dict[str, float], Measured]]) -> None:
    table = Table("measure", *(f"{rows:,} entries" for rows in SIZES), "rows/s at the most")
    for code in runs[SIZES[-1]][0]:
        if code != "copies":
            each = [runs[rows][0][code] for rows in SIZES]
            speed = SIZES[-1] / max(each[-1], 1e-9)
            table.add_row(code, *(f"{one:.2f} s" for one in each), f"{speed:,.0f}")
    table.add_row("peak memory", *(f"{runs[rows][1].peak_mb:,.0f} MB" for rows in SIZES), "")
    Console(width=100).print(table)
