"""The authority's "VK data": ``Kenttatunnukset`` and ``Required``.

``Kenttatunnukset(DPS, DPS_Full, DatapointID, OpenContext)`` gives the signature and the number of
every data point, ``Required(FrameworkCode, TaxonomyCode, DatapointID)`` those that are mandatory.
"""

import sqlite3

import polars as pl

from kirjaamo.finance.datapoints import SCHEMA

NEEDED = frozenset({"Kenttatunnukset"})

_POINTS = """
SELECT COALESCE(NULLIF(DPS_Full, ''), DPS), CAST(DatapointID AS TEXT), OpenContext
FROM Kenttatunnukset WHERE COALESCE(NULLIF(DPS_Full, ''), DPS) IS NOT NULL
"""
_REQUIRED = "SELECT DISTINCT CAST(DatapointID AS TEXT) FROM Required"
_VERSIONS = (
    "SELECT DISTINCT TaxonomyCode FROM Required WHERE TaxonomyCode IS NOT NULL ORDER BY 1"
)
_NO = ("", "0", "None", "false", "False")


def points(connection: sqlite3.Connection, names: frozenset[str]) -> pl.DataFrame:
    """Return the data points as the file writes them."""
    rows = connection.execute(_POINTS).fetchall()
    required = (
        {one for (one,) in connection.execute(_REQUIRED)} if "Required" in names else set()
    )
    return pl.DataFrame(
        {
            "signature": [row[0] for row in rows],
            "id": [row[1] or "" for row in rows],
            "open": [str(row[2]) not in _NO for row in rows],
            "mandatory": [row[1] in required for row in rows],
            "label": [""] * len(rows),
        },
        schema=SCHEMA,
    )


def versions(connection: sqlite3.Connection, names: frozenset[str]) -> tuple[str, ...]:
    """Return the taxonomies that the file speaks of."""
    if "Required" not in names:
        return ()
    return tuple(str(one) for (one,) in connection.execute(_VERSIONS))
