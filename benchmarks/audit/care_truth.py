"""What data care finds of the damage that was put in: part of ``make truth``.

A case counts as found when its check flags the record; a flag on another record is false.
"""

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import polars as pl

from kirjaamo import samples
from kirjaamo.audit.care import boundary, checking, minimum, stock
from kirjaamo.audit.care.checking import Terms
from kirjaamo.audit.care.verdicts import Found
from kirjaamo.cli.inputs import inputs
from kirjaamo.samples.defects import care
from kirjaamo.sources.tables import systems

SEED, RATE = 1, 0.05
PLACE = ("source", "row", "code")


@dataclass
class CareScore:
    """Defects put in and found, sound records judged and falsely flagged, by check."""

    put: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    sound: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, float]:
        """Return the figures that are recorded."""
        return {
            "care_checks": len(self.put),
            "care_cases": sum(self.put.values()),
            "care_found_min": min(self.found[code] / many for code, many in self.put.items()),
            "care_false_max": max(
                self.false[code] / max(1, self.sound[code]) for code in self.put
            ),
        }


def measured(clients: int) -> CareScore:
    """Return what data care finds in one region."""
    found, truth = _region(clients)
    score = CareScore()
    flagged = found.flawed.select(PLACE).unique()
    defects = truth.join(flagged.with_columns(hit=True), on=PLACE, how="left")
    one = defects.group_by("system", "defect", "code").agg(pl.col("hit").any())
    score.put.update(one["code"])
    score.found.update(one.filter("hit")["code"])
    judged = found.rows.select(PLACE).unique()
    score.sound.update(judged.join(truth, on=PLACE, how="anti")["code"])
    score.false.update(flagged.join(truth, on=PLACE, how="anti")["code"])
    return score


def _region(clients: int) -> tuple[Found, pl.DataFrame]:
    """Generate, export, read and check one region; return it with its truth."""
    region = samples.generate(clients, SEED, RATE, kinds=care.ALL)
    shipped = files("kirjaamo.audit.care")
    terms = Terms(
        minimum.read(shipped / "minimum.yaml"), boundary.read(shipped / "boundary.yaml"),
        samples.AS_OF,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        made = [
            path
            for system in samples.SYSTEMS
            for path in samples.export(region, system, Path(folder))
        ]
        truths = [pl.read_csv(p, infer_schema=False) for p in made if "_truth" in p.name]
        sources = inputs([folder], None, None).tables
        read = systems(sources, stock.READ, (*stock.TEXTS, *minimum.texts(terms.minimum)))
        found = checking.checked(sources, read, stock.stocks(read, samples.AS_OF), terms)
    truth = pl.concat(truths).with_columns(pl.col("row").cast(pl.UInt64), code=pl.col("rule"))
    return found, truth
