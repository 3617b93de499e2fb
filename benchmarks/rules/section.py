"""The section ``rules``: our own sums over 100 000 facts, and Arelle over fewer, same rules.

Both are whole: reading the instance, the rules, the findings.  Arelle takes a quarter of an hour
for 100 000 facts (measured once: 812 s beside other work, with equal verdicts), so its time at
40 000 is what our time at 100 000 is compared with: the ratio says too little, never too much.
At the smaller size both must say the same of every sum: how often it holds, and at which data
points it does not.
"""

import json
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import measure
from benchmarks.rules.facts import SUMS, written
from kirjaamo.finance.datapoints.reading import read as read_points
from kirjaamo.finance.instances import read
from kirjaamo.finance.proof import arelle, proving, rules
from kirjaamo.finance.proof.package import opened

OWN, ARELLE = 100_000, 40_000
"""Facts that each checks."""


def run() -> dict[str, float]:
    """Run the section and return its figures."""
    with tempfile.TemporaryDirectory() as name:
        _, *large = written(Path(name) / "large", OWN)
        package, points, instance = written(Path(name) / "small", ARELLE)
        own = measure([sys.executable, "-m", "benchmarks.rules.section", *map(str, large)])
        inside = json.loads(own.output)
        started = time.perf_counter()
        outcome = arelle.prove([instance], arelle.Terms((opened(package),)))[0]
        seconds = time.perf_counter() - started
        equal = _equal(outcome, points, instance)
    figures = {
        "rules_facts": OWN,
        "rules_arelle_facts": outcome.facts,
        "rules_sums": SUMS,
        "rules_seconds": inside["seconds"],
        "rules_only_seconds": inside["rules"],
        "rules_peak_mb": own.peak_mb,
        "rules_arelle_seconds": seconds,
        "rules_vs_arelle": seconds / inside["seconds"],
        "rules_equal_verdicts": float(equal),
    }
    table = Table("", f"our own, {OWN:,} facts", f"Arelle, {outcome.facts:,} facts")
    table.add_row("seconds", f"{inside['seconds']:.2f}", f"{seconds:.1f}")
    Console(width=100).print(table)
    return figures


def _equal(outcome: arelle.Outcome, file: Path, instance: Path) -> bool:
    """Tell whether both say the same of every sum: how often it holds, and where it does not."""
    points = read_points(file)
    judged = rules.verdicts(read(instance).facts, points)
    counts = rules.counts(judged)
    held = sum(held for held, _ in outcome.assertions.values())
    failed = set(judged.filter(judged["state"] == "fails")["signature"])
    told = set(proving.by_arelle(outcome, points).findings["signature"])
    return (
        outcome.state == "proved" and held == counts["holds"] and told == failed and bool(told)
    )


def _whole(points: Path, instance: Path) -> dict[str, float]:
    """Return the seconds of our own check: reading everything and finding, and the rules alone."""
    known = read_points(points)
    started = time.perf_counter()
    proving.by_own_rules(instance, known, Decimal(0))
    whole = time.perf_counter() - started
    facts = read(instance).facts
    started = time.perf_counter()
    rules.verdicts(facts, known)
    return {"seconds": whole, "rules": time.perf_counter() - started}


if __name__ == "__main__":
    print(json.dumps(_whole(*map(Path, sys.argv[1:]))))
