"""The sums of an instance by account and service class: the previous filing, whoever made it."""

import re
from pathlib import Path

import polars as pl

from kirjaamo.finance.postings.numbers import cents
from kirjaamo.finance_settings import Dimension, Finance
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.profile import Forms


def of_instance(path: Path, finance: Finance) -> pl.DataFrame:
    """Return ``national_account, national_class, _source, _row, before`` (cents, summed).

    Members that no code names, as totals have, are left out, and so are other days than the
    last, which are of the year before.

    Raises:
        KirjaamoError: The instance cannot be read.
    """
    from kirjaamo.finance.instances import read

    facts = read(path).facts
    chosen = facts.filter(
        pl.col("signature").str.starts_with(f"MET({finance.metric})"),
        pl.col("period") == pl.col("period").max(),
    )
    key = {"national_account": "account", "national_class": "service_class"}
    amount = cents(pl.col("value"), Forms(decimal="point")).struct.field("cents")
    read_codes = chosen.select(
        *(_code(finance, field).alias(column) for column, field in key.items()),
        _known=_known(finance),
        before=amount,
    )
    return (
        read_codes.filter("_known")
        .group_by(list(key), maintain_order=True)
        .agg(pl.col("before").sum())
        .select(
            *key, pl.lit(path.name).alias(SOURCE), pl.lit(1, pl.UInt64).alias(ROW), "before"
        )
    )


def _known(finance: Finance) -> pl.Expr:
    """Tell the facts whose every dimension has a member that a code names."""
    tests = [_code(finance, field).is_not_null() for field in finance.dimensions]
    return pl.all_horizontal(tests) if tests else pl.lit(value=True)


def _code(finance: Finance, field: str) -> pl.Expr:
    """Return the code that a signature has of a field; null where it has none."""
    dimension = next((one for name, one in finance.dimensions.items() if name == field), None)
    if dimension is None:
        return pl.lit(None, pl.String)
    named = pl.col("signature").str.extract(rf"\|{re.escape(dimension.dimension)}\(([^)]*)\)")
    usual = named.str.extract(_pattern(dimension))
    exceptions = {member: code for code, member in dimension.members.items()}
    if not exceptions:
        return usual
    return named.replace_strict(exceptions, default=usual, return_dtype=pl.String)


def _pattern(dimension: Dimension) -> str:
    before, _, after = dimension.member.partition("{code}")
    return f"^{re.escape(before)}(.+){re.escape(after)}$"
