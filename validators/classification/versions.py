"""The versions of document structures, for the rules that ask whether one was in use on a day."""

from typing import Literal

import polars as pl

from kirjaamo.classifications import structures
from kirjaamo.rules import Place

STRUCTURES = (
    Place("document.structure", day="authored"),
    # the structure is chosen when the entry is recorded, not when its event takes place
    Place("entry.structure", day="recorded_time"),
)


def versions() -> pl.DataFrame:
    """Return every known version: ``oid``, ``valid_from``, ``valid_to``, ``status``."""
    return structures.versions()


def bound(oid: pl.Expr, which: Literal["valid_from", "valid_to"]) -> pl.Expr:
    """Return the first or last day of the version *oid*; null if it is open or not known."""
    known = versions()
    return oid.replace_strict(known["oid"], known[which], default=None, return_dtype=pl.Date)
