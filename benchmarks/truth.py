"""What the rules find of the defects that were put in: ``make truth``.

For three seeds and three rates of defects the sample region is generated, exported, read and
checked like any other export.  A defect counts as found when its rule points at one of its
places; a finding without a defect counts as false.
"""

import argparse
import datetime as dt
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from benchmarks.audit import access_truth, care_truth
from benchmarks.audit import truth as recording
from benchmarks.measuring import record
from kirjaamo import findings, samples, validators
from kirjaamo.cli.inputs import inputs
from kirjaamo.findings import Severity
from kirjaamo.validators.checking import Choice, check

SEEDS = (1, 2, 3)
RATES = (0.0, 0.02, 0.2)
PLACE = ("source", "row", "rule")


@dataclass
class Score:
    """Injected defects, those found, and findings without a defect, by rule."""

    injected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    clean_errors: Counter[str] = field(default_factory=Counter)

    def add(self, truth: pl.DataFrame, found: pl.DataFrame, *, clean: bool) -> None:
        """Count one region."""
        places = found.select(PLACE).unique()
        hit = (
            truth.join(places, on=PLACE, how="semi").select("system", "defect", "rule").unique()
        )
        put = truth.select("system", "defect", "rule").unique()
        self.injected.update(put["rule"])
        self.found.update(hit["rule"])
        false = found.join(truth, on=PLACE, how="anti")
        self.false.update(false["rule"])
        if clean:
            errors = false.filter(pl.col("severity") == str(Severity.ERROR))
            self.clean_errors.update(errors["rule"])


def measure(clients: int) -> Score:
    """Return the score over every seed and rate."""
    score = Score()
    for seed in SEEDS:
        for rate in RATES:
            with tempfile.TemporaryDirectory() as folder:
                truth, found = _region(Path(folder), clients, seed, rate)
            score.add(truth, found, clean=rate == 0)
    return score


def _region(
    folder: Path, clients: int, seed: int, rate: float
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Generate, export and check one region; return its truth and what was found."""
    region = samples.generate(clients, seed, rate)
    truths = []
    for system in samples.SYSTEMS:
        paths = samples.export(region, system, folder)
        truths += [_truth(path) for path in paths if path.name.endswith("_truth.csv")]
    sources = inputs([str(folder)], None, None)
    choice = Choice(as_of=samples.AS_OF, jobs=2)
    run = check(sources.tables, (), choice)
    return pl.concat(truths), findings.concat(run.findings)


def _truth(path: Path) -> pl.DataFrame:
    read = pl.read_csv(path, infer_schema=False)
    return read.with_columns(pl.col("row").cast(pl.UInt64))


def show(score: Score) -> None:
    """Print the table: rule, injected, found, false."""
    table = Table("rule", "injected", "found", "share", "false", "errors in clean data")
    for code in validators.rules():
        if score.injected[code] or score.false[code]:
            table.add_row(
                code, str(score.injected[code]), str(score.found[code]), _share(score, code),
                str(score.false[code]), str(score.clean_errors[code]),
            )  # fmt: skip
    Console(width=100).print(table)


def show_measures(score: recording.MeasureScore) -> None:
    """Print the table: measure, cases, found, false, shares before and after."""
    table = Table("measure", "cases", "found", "false", "of sound", "share before", "after")
    for code in sorted(score.put):
        table.add_row(
            code, str(score.put[code]), str(score.found[code]), str(score.false[code]),
            str(score.sound[code]), f"{score.before[code]:.2%}", f"{score.after[code]:.2%}",
        )  # fmt: skip
    Console(width=100).print(table)


def show_care(score: care_truth.CareScore) -> None:
    """Print the table: check of data care, cases, found, false."""
    table = Table("data care", "cases", "found", "false", "of sound")
    for code in sorted(score.put):
        counts = (score.put, score.found, score.false, score.sound)
        table.add_row(code, *(str(count[code]) for count in counts))
    Console(width=100).print(table)


def show_access(score: access_truth.AccessScore) -> None:
    """Print the table: rule of access rights, cases, found, false."""
    table = Table("access rights", "cases", "found", "false")
    for code in sorted(score.put | score.false):
        table.add_row(code, *(str(one[code]) for one in (score.put, score.found, score.false)))
    Console(width=100).print(table)


def _share(score: Score, code: str) -> str:
    put = score.injected[code]
    return f"{score.found[code] / put:.1%}" if put else ""


def figures(score: Score) -> dict[str, float]:
    """Return the figures that are recorded."""
    shares = [score.found[code] / put for code, put in score.injected.items()]
    return {
        "rules": len(validators.rules()),
        "rules_with_defects": len(score.injected),
        "defects": sum(score.injected.values()),
        "found_share_min": min(shares),
        "errors_at_zero_defects": sum(score.clean_errors.values()),
    }


def main() -> None:
    """Measure, print and record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1500)
    started = dt.datetime.now(tz=dt.UTC)
    asked = parser.parse_args().clients
    score = measure(asked)
    show(score)
    measures = recording.measured(asked)
    show_measures(measures)
    care = care_truth.measured(asked)
    show_care(care)
    access = access_truth.measured(asked)
    show_access(access)
    known = figures(score) | measures.figures() | care.figures() | access.figures()
    path = record("truth", known)
    seconds = (dt.datetime.now(tz=dt.UTC) - started).total_seconds()
    print(f"{path}: {known} ({seconds:.0f} s)")


if __name__ == "__main__":
    main()
