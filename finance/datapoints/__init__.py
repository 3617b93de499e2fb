"""Data points: the cells of the authority's tables, each with its signature and its number.

Everything comes from the authority's own data, supplied by the user; nothing is built in.

============== ==================================================================================
module         holds
============== ==================================================================================
signature.py   what a signature says: metric, dimensions and members
vkdata.py      the "VK data" SQLite: ``Kenttatunnukset`` and ``Required``
dpm.py         the DPM database: cells, members, hierarchies
table.py       CSV
reading.py     any of them, by what it is
totals.py      which totals a member counts in, and with which sign
placing.py     sums of postings as values of data points
looking.py     finding, showing and comparing data points
============== ==================================================================================
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

SCHEMA: Final = pl.Schema(
    {
        "signature": pl.String,  # canonical, see `kirjaamo.finance.datapoints.signature`
        "id": pl.String,  # the authority's number; empty where there is none
        "open": pl.Boolean,  # a dimension of the cell takes any value
        "mandatory": pl.Boolean,
        "label": pl.String,
    }
)
"""A data point."""

NODES: Final = pl.Schema(
    {
        "member": pl.String,  # as signatures write it
        "parent": pl.String,  # the total that it counts in
        "sign": pl.Int8,  # 1 or -1
        "hierarchy": pl.String,  # its number; a total may be broken down in several ways
        "operator": pl.String,  # how the total compares with the sum of its parts: = <= >= < >
    }
)
"""A part of a total, as the calculation hierarchies say."""


@dataclass(frozen=True, slots=True, eq=False)
class DataPoints:
    """The data points of a taxonomy version.

    Attributes:
        source: Name of the file they were read from.
        frame: The data points in the order of their signatures; see `SCHEMA`.
        versions: Codes of the taxonomies that the file says they are of; none when it is silent.
        nodes: Parts of totals; see `NODES`.
        labels: Member, metric or dimension, as signatures write it, to its name.
    """

    source: str
    frame: pl.DataFrame
    versions: tuple[str, ...] = ()
    nodes: pl.DataFrame = field(default_factory=NODES.to_frame)
    labels: Mapping[str, str] = field(default_factory=dict)
