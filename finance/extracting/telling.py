"""What was filed, left out and missing, as tables."""

from typing import Final

import polars as pl

from kirjaamo.finance.checking.expressions import NATIONAL
from kirjaamo.finance.datapoints.placing import signed
from kirjaamo.finance.extracting.filing import Extract
from kirjaamo.finance.postings import as_euros
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE

LINES: Final = (
    N_("postings filed"), N_("left out by the mapping"), N_("after the last month"),
    N_("data points of postings"), N_("totals"), N_("noughts of postings"),
    N_("mandatory without postings, filed as 0.00"), N_("other data points"),
    N_("mandatory and missing"), N_("facts less postings"),
)  # fmt: skip
"""What the lines of a summary are about."""


def summary(made: Extract) -> pl.DataFrame:
    """Return how much was filed: ``line, count, sum`` (euros as text, empty where none)."""
    postings, own = made.chosen.filed, made.placed.filter("own")
    totals = made.placed.height - own.height
    others = made.filing.facts.height - made.placed.height - made.zeros
    rows: list[tuple[str, int, int | None]] = [
        (LINES[0], postings.height, _sum(postings)),
        (LINES[1], made.chosen.left_out.height, _sum(made.chosen.left_out, "cents")),
        (LINES[2], made.chosen.later.height, _sum(made.chosen.later, "cents")),
        (LINES[3], own.height, _sum(own)),
        (LINES[4], totals, None),
        (LINES[5], own.filter(pl.col("hundredths") == 0).height, None),
        (LINES[6], made.zeros, None),
        (LINES[7], others, None),
        (LINES[8], made.missing.height, None),
        (LINES[9], 0, made.difference),
    ]
    frame = pl.DataFrame(rows, schema={"line": pl.String, "count": pl.Int64, "sum": pl.Int64},
                         orient="row")  # fmt: skip
    return frame.with_columns(as_euros(pl.col("sum")).alias("sum"))


def _sum(frame: pl.DataFrame, column: str = "hundredths") -> int:
    return int(frame[column].sum() or 0)


def table(made: Extract) -> pl.DataFrame:
    """Return what is filed by account, service class and sector: the next year's previous filing.

    Columns: ``account, service_class, sector, amount, postings``.
    """
    amount = as_euros(pl.col("hundredths")).alias("amount")
    return made.sums.select(*NATIONAL, amount, "postings")


def rows(made: Extract) -> pl.DataFrame:
    """Return ``signature, source, row``: the postings that each data point is the sum of."""
    finance = made.terms.finance
    postings = made.chosen.filed.select(
        pl.col(SOURCE).alias("source"),
        pl.col(ROW).alias("row"),
        **{field: pl.col(column) for field, column in NATIONAL.items()},
    )
    found = signed(postings, finance.metric, finance.dimensions)
    return postings.select(found.alias("signature"), "source", "row")
