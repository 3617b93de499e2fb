"""What the rules of access rights find of the damage that was put in: part of ``make truth``.

A finding at a place of the truth counts as found; any other finding is false.
"""

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from kirjaamo import samples
from kirjaamo.audit.access import rule_table, running, sensitive
from kirjaamo.audit.access.ground import READ, Terms
from kirjaamo.cli.inputs import inputs
from kirjaamo.samples import access
from kirjaamo.sources.tables import systems

SEEDS, RATES = (1, 2, 3), (0.0, 0.1, 0.4)
PLACE = ("source", "row", "rule")


@dataclass
class AccessScore:
    """Defects put in, those found, and findings without a defect, by rule."""

    put: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    rights: int = 0

    def figures(self) -> dict[str, float]:
        """Return the figures that are recorded."""
        return {
            "access_rules": len(self.put),
            "access_cases": sum(self.put.values()),
            "access_found_min": min(self.found[code] / many for code, many in self.put.items()),
            "access_false": sum(self.false.values()),
            "access_rights": self.rights,
        }


def measured(workers: int) -> AccessScore:
    """Return what the rules find over every seed and rate."""
    score = AccessScore()
    for seed in SEEDS:
        for rate in RATES:
            with tempfile.TemporaryDirectory() as folder:
                access.write(Path(folder), workers=workers, seed=seed, defects=rate)
                _add(score, Path(folder))
    return score


def _add(score: AccessScore, folder: Path) -> None:
    """Count one region."""
    truth = pl.read_csv(folder / "truth.csv", schema_overrides={"row": pl.UInt64})
    read = systems(inputs([str(folder / "exports")], None, None).tables, READ)
    codes = tuple(task.code for task in sensitive.read(None))
    terms = Terms(samples.AS_OF, rule_table.read(folder / "access" / "rules.csv"), codes)
    found = running.found(read, terms).select(PLACE).unique()
    truth = truth.with_columns(pl.col("source", "rule").cast(pl.String)).select(PLACE)
    score.put.update(truth["rule"])
    score.found.update(truth.join(found, on=PLACE, how="semi")["rule"])
    score.false.update(found.join(truth, on=PLACE, how="anti")["rule"])
    score.rights += sum(one.tables["access_right"].height for one in read)
