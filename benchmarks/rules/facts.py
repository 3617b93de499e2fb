"""A taxonomy with a hundred sums, and an instance of as many facts as asked for, some wrong."""

from pathlib import Path
from random import Random

import polars as pl

from kirjaamo.files import write as write_file
from kirjaamo.finance.facts import Filing, amounts
from kirjaamo.finance.writing import write
from kirjaamo.samples.taxonomy import database, markup, package
from kirjaamo.samples.taxonomy.design import METRICS, Design, Dimension, Member, Module, Table

SUMS, PARTS = 100, 4
"""Sums, and parts of each."""

WRONG = 50
"""One total in so many is wrong by a cent."""


def design(classes: int) -> Design:
    """Return a taxonomy: accounts with a hundred totals, by so many service classes."""
    accounts = [
        Member(code, {"fi": code, "sv": code}, parent)
        for total in range(SUMS)
        for code, parent in [
            (f"y{total}", ""),
            *((f"x{total}_{part}", f"y{total}") for part in range(PARTS)),
        ]
    ]
    plain = [
        Member(f"x{number}", {"fi": f"x{number}", "sv": f"x{number}"})
        for number in range(classes)
    ]
    names = {"fi": "Mitta", "sv": "Mått"}
    dimensions = (
        Dimension("TIL", "TI", names, tuple(accounts)),
        Dimension("PAL", "PA", names, tuple(plain)),
        Dimension("SEK", "SE", names, (Member("x1", names),)),
    )
    table = Table("T02", names, ("md1",), ("PAL", "TIL"))
    return Design(METRICS, dimensions, (table,), (Module("malli_tp", names, ("T02",)),))


def written(folder: Path, facts: int) -> tuple[Path, Path, Path]:
    """Write package, data points and an instance; return their paths."""
    classes = facts // (SUMS * (PARTS + 1))
    made = design(classes)
    zipped, points, instance = (folder / n for n in ("rules.zip", "rules.sqlite", "rules.xbrl"))
    write_file(zipped, package.package(made))
    write_file(points, database.vk_data(made))
    write(instance, filing(made))
    return zipped, points, instance


def filing(made: Design) -> Filing:
    """Return an instance with every cell of the table; one total in `WRONG` is wrong."""
    rng = Random("rules")  # noqa: S311 - a sample, no secret
    accounts, classes = made.dimension("TIL"), made.dimension("PAL")
    rows: list[tuple[str, int]] = []
    for one in classes.members:
        for calculation in accounts.calculations:
            parts = {code: rng.randint(-(10**8), 10**8) for code, _ in calculation.parts}
            slip = rng.randrange(WRONG) == 0
            cells = {**parts, calculation.total: sum(parts.values()) + slip}
            rows += [
                (made.signature("md1", (("PAL", one.code), ("TIL", code))), cents)
                for code, cents in cells.items()
            ]
    frame = pl.DataFrame(
        rows, schema={"signature": pl.String, "hundredths": pl.Int64}, orient="row"
    )
    entry = made.modules[0].entry_point
    return Filing(entry, "0163207-7", markup.namespaces(), amounts(frame, "2025-12-31"))
