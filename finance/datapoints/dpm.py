"""The DPM database: cells with signatures, members with names, and calculation hierarchies.

The tables are those of the State Treasury's own tools: ``mTableCell``, ``mMember``,
``mHierarchyNode``, ``mTaxonomy``.  A node counts in its parent with its unary operator, and the
parent says by its comparison operator what it must be of their sum; members of one hierarchy
belong to one domain.
"""

import sqlite3
from typing import Final

import polars as pl

from kirjaamo.finance.datapoints import NODES, SCHEMA
from kirjaamo.finance.datapoints.sqlite import frame, has

NEEDED: Final = {"mTableCell": ("DatapointSignature", "BusinessCode", "IsShaded", "CellID")}
_MEMBERS: Final = {"mMember": ("MemberID", "MemberXBRLCode", "MemberLabel")}
_DIMENSIONS: Final = {"mDimension": ("DimensionXBRLCode", "DimensionLabel")}
_HIERARCHIES: Final = {
    **_MEMBERS,
    "mHierarchyNode": (
        "HierarchyID", "MemberID", "ParentMemberID", "UnaryOperator", "ComparisonOperator",
    ),
}  # fmt: skip
_TRANSLATIONS: Final = {
    "mMember": ("ConceptID",),
    "mConceptTranslation": ("ConceptID", "LanguageID", "Text"),
    "mLanguage": ("LanguageID", "IsoCode"),
}

_CELLS: Final = """
SELECT DatapointSignature, COALESCE(BusinessCode, '')
FROM mTableCell
WHERE NULLIF(DatapointSignature, '') IS NOT NULL AND COALESCE(IsShaded, 0) = 0
ORDER BY CellID
"""
_VERSIONS: Final = (
    "SELECT DISTINCT TaxonomyCode FROM mTaxonomy WHERE TaxonomyCode IS NOT NULL ORDER BY 1"
)
_LABELS: Final = (
    "SELECT MemberXBRLCode, MemberLabel FROM mMember WHERE MemberXBRLCode IS NOT NULL"
)
_AXES: Final = (
    "SELECT DimensionXBRLCode, DimensionLabel FROM mDimension "
    "WHERE DimensionXBRLCode IS NOT NULL"
)
_TRANSLATED: Final = """
SELECT member.MemberXBRLCode, MIN(name.Text)
FROM mMember AS member
JOIN mConceptTranslation AS name ON name.ConceptID = member.ConceptID
JOIN mLanguage AS language ON language.LanguageID = name.LanguageID
WHERE LOWER(language.IsoCode) = ? AND name.Text <> '' AND member.MemberXBRLCode IS NOT NULL
GROUP BY member.MemberXBRLCode
"""
_NODES: Final = """
SELECT DISTINCT part.MemberXBRLCode, whole.MemberXBRLCode,
    CASE WHEN TRIM(node.UnaryOperator) = '-' THEN -1 ELSE 1 END,
    CAST(node.HierarchyID AS TEXT),
    COALESCE(NULLIF(TRIM(above.ComparisonOperator), ''), '=')
FROM mHierarchyNode AS node
JOIN mMember AS part ON part.MemberID = node.MemberID
JOIN mMember AS whole ON whole.MemberID = node.ParentMemberID
LEFT JOIN mHierarchyNode AS above
    ON above.HierarchyID = node.HierarchyID AND above.MemberID = node.ParentMemberID
WHERE TRIM(COALESCE(node.UnaryOperator, '')) IN ('+', '-')
ORDER BY 4, 2, 1, 3, 5
"""
_TEXTS: Final = pl.Schema({"signature": pl.String, "id": pl.String})


def points(connection: sqlite3.Connection) -> pl.DataFrame:
    """Return the data points as the database writes them; the same cell may stand in two tables."""
    rows = frame(connection, _CELLS, _TEXTS)
    return (
        rows.unique("signature", keep="first", maintain_order=True)
        .with_columns(
            open=pl.col("signature").str.contains("(*", literal=True),
            mandatory=pl.lit(value=False),
            label=pl.lit(""),
        )
        .match_to_schema(SCHEMA)
    )


def versions(connection: sqlite3.Connection, names: frozenset[str]) -> tuple[str, ...]:
    """Return the taxonomies of the database."""
    if not has(connection, names, mTaxonomy=("TaxonomyCode",)):
        return ()
    return tuple(str(one) for (one,) in connection.execute(_VERSIONS))


def nodes(connection: sqlite3.Connection, names: frozenset[str]) -> pl.DataFrame:
    """Return which member counts in which, and how."""
    if not has(connection, names, **_HIERARCHIES):
        return NODES.to_frame()
    return frame(connection, _NODES, NODES)


def labels(
    connection: sqlite3.Connection, names: frozenset[str], language: str
) -> dict[str, str]:
    """Return the names of members, metrics and dimensions, as far as there are in *language*."""
    found: dict[str, str] = {}
    if has(connection, names, **_DIMENSIONS):
        found |= {str(code): str(label or "") for code, label in connection.execute(_AXES)}
    if has(connection, names, **_MEMBERS):
        found |= {str(code): str(label or "") for code, label in connection.execute(_LABELS)}
    if has(connection, names, **_TRANSLATIONS):
        translated = connection.execute(_TRANSLATED, (language,))
        found |= {str(code): str(text) for code, text in translated}
    return found
