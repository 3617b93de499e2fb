"""The DPM database: cells with signatures, members with names, and calculation hierarchies.

The tables are those of the State Treasury's own tools: ``mTableCell``, ``mMember``,
``mHierarchyNode``, ``mTaxonomy``.  A node counts in its parent with its unary operator; members
of one hierarchy belong to one domain.
"""

import sqlite3

import polars as pl

from kirjaamo.finance.datapoints import NODES, SCHEMA

NEEDED = frozenset({"mTableCell"})
MEMBERS = frozenset({"mMember"})
HIERARCHIES = frozenset({"mHierarchyNode", "mMember"})

_CELLS = """
SELECT DISTINCT COALESCE(NULLIF(DatapointSignature, ''), DPS), COALESCE(BusinessCode, '')
FROM mTableCell
WHERE COALESCE(NULLIF(DatapointSignature, ''), DPS) IS NOT NULL AND COALESCE(IsShaded, 0) = 0
"""
_VERSIONS = (
    "SELECT DISTINCT TaxonomyCode FROM mTaxonomy WHERE TaxonomyCode IS NOT NULL ORDER BY 1"
)
_LABELS = "SELECT MemberXBRLCode, MemberLabel FROM mMember WHERE MemberXBRLCode IS NOT NULL"
_NODES = """
SELECT DISTINCT part.MemberXBRLCode, whole.MemberXBRLCode,
    CASE WHEN TRIM(node.UnaryOperator) = '-' THEN -1 ELSE 1 END
FROM mHierarchyNode AS node
JOIN mMember AS part ON part.MemberID = node.MemberID
JOIN mMember AS whole ON whole.MemberID = node.ParentMemberID
WHERE TRIM(COALESCE(node.UnaryOperator, '')) IN ('+', '-')
ORDER BY 2, 1, 3
"""


def points(connection: sqlite3.Connection) -> pl.DataFrame:
    """Return the data points as the database writes them; the same cell may stand in two tables."""
    rows = connection.execute(_CELLS).fetchall()
    known: dict[str, str] = {}
    for signature, code in rows:
        known.setdefault(signature, code)
    return pl.DataFrame(
        {
            "signature": list(known),
            "id": list(known.values()),
            "open": ["(*" in signature for signature in known],
            "mandatory": [False] * len(known),
            "label": [""] * len(known),
        },
        schema=SCHEMA,
    )


def versions(connection: sqlite3.Connection, names: frozenset[str]) -> tuple[str, ...]:
    """Return the taxonomies of the database."""
    if "mTaxonomy" not in names:
        return ()
    return tuple(str(one) for (one,) in connection.execute(_VERSIONS))


def nodes(connection: sqlite3.Connection, names: frozenset[str]) -> pl.DataFrame:
    """Return which member counts in which, and how."""
    if not names >= HIERARCHIES:
        return NODES.to_frame()
    rows = connection.execute(_NODES).fetchall()
    return pl.DataFrame(rows, schema=NODES, orient="row")


def labels(connection: sqlite3.Connection, names: frozenset[str]) -> dict[str, str]:
    """Return the names of members."""
    if not names >= MEMBERS:
        return {}
    return {str(code): str(label or "") for code, label in connection.execute(_LABELS)}
