"""The section ``xbrl``: writing instances beside the least code that could, comparing beside Arelle.

Every run is a process of its own; writers are run in turn.  Seconds of writing are those of the
work alone, peaks those of the whole process.
"""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from benchmarks.measuring import Measured, in_turn, measure
from benchmarks.xbrl import facts
from kirjaamo.finance.datapoints.reading import read as read_points
from kirjaamo.finance.facts import Filing, amounts
from kirjaamo.finance.proof.package import opened
from kirjaamo.finance.writing import xml
from kirjaamo.samples.taxonomy import markup, package

HERE: Final = Path.cwd()
SIZES: Final = {"1k": 1_000, "100k": 100_000, "1m": 1_000_000}
TIMES: Final = {"1k": 20, "100k": 3, "1m": 1}
ROUNDS: Final = {"1k": 3, "100k": 3, "1m": 1}
PEERS: Final = ("fstring", "xmlfile")
COMPARED: Final = 1_000
"""Facts of the instances that Arelle compares: its time grows with their square."""


def run() -> dict[str, float]:
    """Run the section and return its figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures: dict[str, float] = {}
        for size in SIZES:
            figures |= _written(folder, size)
        figures["xbrl_vs_fstring"] = min(figures[f"xbrl_vs_fstring_{size}"] for size in SIZES)
        figures["xbrl_vs_xmlfile"] = min(figures[f"xbrl_vs_xmlfile_{size}"] for size in SIZES)
        return {**figures, **_compared(folder), **_beside_arelle(folder)}


def _python(module: str, *words: object) -> list[str]:
    return [sys.executable, "-m", module, *map(str, words)]


def _written(folder: Path, size: str) -> dict[str, float]:
    """Measure the writers at one size."""
    source = folder / f"{size}.parquet"
    measure(_python("benchmarks.xbrl.facts", source, SIZES[size]), folder=HERE)
    commands = {
        name: _python("benchmarks.xbrl.writers", name, source, folder / name, TIMES[size])
        for name in ("kirjaamo", *PEERS)
    }
    found = in_turn(commands, times=ROUNDS[size], folder=HERE)
    for name in commands:
        (folder / name).unlink()
    took = {name: float(one.output) for name, one in found.items()}
    return {
        f"xbrl_facts_per_s_{size}": SIZES[size] / took["kirjaamo"],
        f"xbrl_peak_mb_{size}": found["kirjaamo"].peak_mb,
        **{f"xbrl_vs_{name}_{size}": took[name] / took["kirjaamo"] for name in PEERS},
    }


def _compared(folder: Path) -> dict[str, float]:
    """Measure the comparison of 100 000 facts, of which one differs."""
    whole = facts.filing(folder / "100k.parquet")
    old, new = folder / "old.xbrl", folder / "new.xbrl"
    xml.write(old, whole)
    xml.write(new, _one_changed(whole))
    found = measure(_python("benchmarks.xbrl.comparing", old, new, 3), folder=HERE)
    seconds, count = found.output.split()
    _see_one(count)
    return {"xbrl_diff_100k_s": float(seconds), "xbrl_diff_100k_peak_mb": found.peak_mb}


def _one_changed(filing: Filing) -> Filing:
    changed = pl.when(pl.int_range(pl.len()) == filing.facts.height // 2).then(pl.lit("0.01"))
    return replace(
        filing, facts=filing.facts.with_columns(changed.otherwise("value").alias("value"))
    )


def _see_one(count: str) -> None:
    if count != "1":
        message = f"one fact differs, and {count} were found"
        raise RuntimeError(message)


def _beside_arelle(folder: Path) -> Mapping[str, float]:
    """Measure the comparison of two instances of the sample taxonomy, by us and by Arelle."""
    package.write(folder / "taxonomy")
    points = read_points(folder / "taxonomy" / "malli-datapoints.sqlite").frame
    money = points.filter(pl.col("signature").str.contains(r":md[0-9]+\)\|") & ~pl.col("open"))
    cents = money.head(COMPARED).select("signature", hundredths=pl.int_range(pl.len()) * 7919)
    whole = Filing(
        _module(folder), facts.ENTITY, markup.namespaces(), amounts(cents, facts.DAY)
    )
    old, new = folder / "old-1k.xbrl", folder / "new-1k.xbrl"
    xml.write(old, whole)
    xml.write(new, _one_changed(whole))
    ours = measure(_python("benchmarks.xbrl.comparing", old, new, 1), folder=HERE)
    seconds, count = ours.output.split()
    _see_one(count)
    theirs = _arelle(folder, old, new)
    return {
        "xbrl_diff_1k_s": float(seconds),
        "arelle_diff_1k_s": theirs.wall,
        "xbrl_diff_vs_arelle_1k": theirs.wall / ours.wall,
    }


def _module(folder: Path) -> str:
    """Return the address of a module of the sample taxonomy."""
    return next(iter(opened(folder / "taxonomy" / "malli-taxonomy.zip").entry_points))


def _arelle(folder: Path, old: Path, new: Path) -> Measured:
    return measure(
        _python(
            "arelle.CntlrCmdLine", "--file", old, "--compareInstance", new,
            "--packages", folder / "taxonomy" / "malli-taxonomy.zip",
            "--internetConnectivity", "offline", "--formula", "none",
        ),
        folder=HERE,
    )  # fmt: skip
