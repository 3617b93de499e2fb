"""The authority's "VK data": ``Kenttatunnukset`` and ``Required``.

``Kenttatunnukset(DPS, DPS_Full, DatapointID, OpenContext)`` gives the signature and the number of
every data point, ``Required(FrameworkCode, TaxonomyCode, DatapointID)`` those that are mandatory.
"""

import sqlite3
from typing import Final

import polars as pl

from kirjaamo.finance.datapoints import SCHEMA
from kirjaamo.finance.datapoints.sqlite import frame, has

NEEDED: Final = {"Kenttatunnukset": ("DPS", "DPS_Full", "DatapointID", "OpenContext")}
REQUIRED: Final = {"Required": ("TaxonomyCode", "DatapointID")}

_POINTS: Final = """
SELECT COALESCE(NULLIF(DPS_Full, ''), DPS), CAST(DatapointID AS TEXT), CAST(OpenContext AS TEXT)
FROM Kenttatunnukset WHERE COALESCE(NULLIF(DPS_Full, ''), DPS) IS NOT NULL
"""
_MANDATORY: Final = "SELECT DISTINCT CAST(DatapointID AS TEXT) FROM Required"
_VERSIONS: Final = (
    "SELECT DISTINCT TaxonomyCode FROM Required WHERE TaxonomyCode IS NOT NULL ORDER BY 1"
)
_NO: Final = ("", "0", "None", "false", "False")
_TEXTS: Final = pl.Schema({"signature": pl.String, "id": pl.String, "open": pl.String})


def points(connection: sqlite3.Connection, names: frozenset[str]) -> pl.DataFrame:
    """Return the data points as the file writes them."""
    rows = frame(connection, _POINTS, _TEXTS)
    required = (
        {one for (one,) in connection.execute(_MANDATORY)}
        if has(connection, names, **REQUIRED)
        else set()
    )
    return rows.select(
        "signature",
        pl.col("id").fill_null(""),
        open=~pl.col("open").fill_null("").is_in(_NO),
        mandatory=pl.col("id").is_in(required).fill_null(value=False),
        label=pl.lit(""),
    ).match_to_schema(SCHEMA)


def versions(connection: sqlite3.Connection, names: frozenset[str]) -> tuple[str, ...]:
    """Return the taxonomies that the file speaks of."""
    if not has(connection, names, **REQUIRED):
        return ()
    return tuple(str(one) for (one,) in connection.execute(_VERSIONS))
