"""Data points as CSV with semicolons.

The column ``signature`` must be there; ``id``, ``mandatory``, ``label`` and ``taxonomy`` are read
as far as they are.
"""

from pathlib import Path
from typing import Final

import polars as pl

from kirjaamo.files import why
from kirjaamo.finance.datapoints import SCHEMA
from kirjaamo.finance.datapoints.errors import DataPointsError, TooLargeError
from kirjaamo.messages import N_

LIMIT: Final = 8 << 30
"""Most bytes of a file: three times the largest package that is known."""

_YES = ("1", "true", "True", "x", "X", "K", "k")


def read(path: Path) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the data points as the file writes them, and the taxonomies it speaks of.

    Raises:
        DataPointsError: It is no such file.
    """
    rows = _rows(path)
    every = rows.with_columns(
        pl.lit("").alias(name)
        for name in ("id", "mandatory", "label", "taxonomy")
        if name not in rows.columns
    )
    versions = every.filter(pl.col("taxonomy") != "")["taxonomy"].unique().sort()
    frame = every.select(
        "signature",
        "id",
        open=pl.col("signature").str.contains("(*", literal=True),
        mandatory=pl.col("mandatory").is_in(_YES),
        label="label",
    )
    return frame.match_to_schema(SCHEMA), tuple(versions)


def _rows(path: Path) -> pl.DataFrame:
    try:
        if path.stat().st_size > LIMIT:
            raise TooLargeError(most=LIMIT)
        rows = pl.read_csv(path.read_bytes(), separator=";", infer_schema=False).fill_null("")
    except OSError as error:
        raise DataPointsError(file=path.name, reason=why(error)) from None
    except pl.exceptions.PolarsError:
        reason = N_("it is not CSV with semicolons")
        raise DataPointsError(file=path.name, reason=reason) from None
    if "signature" not in rows.columns:
        reason = N_("its header has no column “signature”")
        raise DataPointsError(file=path.name, reason=reason)
    return rows
