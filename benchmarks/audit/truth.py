"""What the measures find of the poor recording that was put in: part of ``make truth``.

A region is generated twice with the same chance: sound, and with poor recording in it.  A case
counts as found when its measure flags the record; a flag on another record is false, unless the
sound region has it too where the record itself is such a case (class other, a new version).
"""

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import polars as pl

from kirjaamo import samples
from kirjaamo.audit import ground, words
from kirjaamo.audit.scores.judging import Judged, Terms, judged
from kirjaamo.classifications import Codes
from kirjaamo.cli.inputs import inputs
from kirjaamo.records import ROW, SOURCE
from kirjaamo.samples.defects import recording
from kirjaamo.settings import read_toml
from kirjaamo.sources.tables import systems
from kirjaamo.workspace import Settings

SEED, RATE = 1, 0.15
PLACE = ("source", "row", "rule")
NATURAL = ("RQ002", "RQ010", "RQ021")
"""Measures whose cases stand in a sound region too: records without a structure, matters of class
other, new versions."""


@dataclass
class MeasureScore:
    """Cases put in, found, judged without a case, and false, by measure; shares before, after."""

    put: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    sound: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    before: dict[str, float] = field(default_factory=dict)
    after: dict[str, float] = field(default_factory=dict)

    def figures(self) -> dict[str, float]:
        """Return the figures that are recorded."""
        found = [self.found[code] / many for code, many in self.put.items()]
        false = [self.false[code] / max(1, self.sound[code]) for code in self.put]
        right = [self.after[code] > self.before[code] for code in self.put]
        return {
            "measures": len(self.put),
            "measure_cases": sum(self.put.values()),
            "measure_found_min": min(found),
            "measure_false_max": max(false),
            "measures_in_right_direction": sum(right),
        }


def measured(clients: int) -> MeasureScore:
    """Return what the measures find in one region."""
    score = MeasureScore()
    sound, _ = _region(clients, 0.0)
    poor, truth = _region(clients, RATE)
    put = truth.select(PLACE).unique()
    natural = _flags(sound).filter(pl.col("rule").is_in(NATURAL))
    flags = _flags(poor)
    score.put.update(put["rule"])
    score.found.update(put.join(flags, on=PLACE, how="semi")["rule"])
    false = flags.join(put, on=PLACE, how="anti").join(natural, on=PLACE, how="anti")
    score.false.update(false["rule"])
    for code in score.put:
        score.before[code], score.after[code] = _share(sound, code)[0], _share(poor, code)[0]
        score.sound[code] = _share(poor, code)[1] - score.put[code]
    return score


def _share(of: Judged, code: str) -> tuple[float, int]:
    """Return the share of flawed records and the number of judged ones."""
    columns = [rows[code].drop_nulls() for rows in of.tables.values() if code in rows.columns]
    many = sum(map(len, columns))
    return sum(int(one.sum()) for one in columns) / max(1, many), many


def _flags(of: Judged) -> pl.DataFrame:
    """Return the flagged records with the place that truth files use."""
    parts = [
        rows.filter(pl.col(code)).select(
            pl.col(SOURCE).alias("source"), pl.col(ROW).alias("row"), pl.lit(code).alias("rule")
        )
        for rows in of.tables.values()
        for code in of.asked
        if code in rows.columns
    ]
    return pl.concat(parts).unique()


def _region(clients: int, rate: float) -> tuple[Judged, pl.DataFrame]:
    """Generate, export, read and judge one region; return it with its truth."""
    region = samples.generate(clients, SEED, rate, kinds=recording.ALL)
    settings = read_toml(Path(str(files(samples) / "data" / "workspace.toml")), Settings)
    terms = Terms(samples.AS_OF, settings.audit, words.read(), Codes())
    with tempfile.TemporaryDirectory() as folder:
        made = [
            path
            for system in samples.SYSTEMS
            for path in samples.export(region, system, Path(folder))
        ]
        truths = [
            pl.read_csv(path, infer_schema=False)
            for path in made
            if path.name.endswith("_truth.csv")
        ]
        read = systems(inputs([folder], None, None).tables, ground.READ)
    truth = pl.concat(truths).with_columns(pl.col("row").cast(pl.UInt64))
    return judged(read, terms), truth
