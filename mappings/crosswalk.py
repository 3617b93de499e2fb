"""A crosswalk: which new code every old value of one list becomes, as data.

A crosswalk never decides anything: only rows that a person has approved give a new code, and
whatever else happened is told with its reason.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from kirjaamo.classifications.codelist import CONFIDENCES
from kirjaamo.classifications.oid import same_list
from kirjaamo.mappings import consistency
from kirjaamo.mappings.consistency import STATUSES
from kirjaamo.mappings.errors import refuse

__all__ = ["CONFIDENCES", "OUTCOMES", "SCHEMA", "STATUSES", "Crosswalk", "local"]

SCHEMA: Final = pl.Schema(
    {
        "old": pl.String,
        "unit": pl.String,  # null: every unit
        "new": pl.String,  # null: unmappable, or the code is not known
        "new_name": pl.String,  # name of the target class, where its code is not known
        "status": pl.String,
        "confidence": pl.String,
        "owner": pl.String,
        "reason": pl.String,
        "evidence": pl.String,
        "valid_from": pl.Date,  # first day of the records it is for; null: open
        "valid_to": pl.Date,  # last day; null: open
        "origin": pl.String,  # base, profile or workspace
    }
)

CONTENT: Final = tuple(name for name in SCHEMA if name != "origin")
"""The columns that say something; the origin only says where it was said."""

OUTCOMES: Final = ("approved", "unmappable", "waiting", "proposed", "rejected", "missing")
"""What `Crosswalk.apply` answers; only *approved* comes with a new code.

*unmappable* is approved to have no new code; *waiting* is approved to become a class whose
code is not known; *missing* has no row at all.
"""

_ORDER = ("old", "unit", "valid_from", "valid_to", "status", "new", "new_name")
_RANK = {"approved": 0, "proposed": 1, "rejected": 2}


def local(system: str, field_name: str) -> str:
    """Return the name of the local list of a field in one system.

    >>> local("A", "service_task")
    'local:A:service_task'
    """
    return f"local:{system}:{field_name}"


@dataclass(frozen=True, slots=True, eq=False)
class Crosswalk:
    """The rows from one old list to one new list, in canonical order.

    Attributes:
        name: Name of the mapping, also of its file.
        source: Old list: ``local:<system>:<field>``, or the OID or slug of a code list.
        target: OID of the new list.
        rows: The rows; see `SCHEMA`.
        note: What a reader must know of it.
        replaced: Rows of the base that the workspace overrides.
    """

    name: str
    source: str
    target: str
    rows: pl.DataFrame
    note: str = ""
    replaced: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))

    def __post_init__(self) -> None:
        """Order the rows, and refuse those that contradict each other.

        Raises:
            CrosswalkError: Two approved rows for one value and day, rows in a circle, an
                approved row without owner, or a row without new value and reason.
        """
        rows = self.rows.match_to_schema(SCHEMA).unique(maintain_order=True)
        ordered = rows.sort([*_ORDER, *CONTENT], nulls_last=False, maintain_order=True)
        object.__setattr__(self, "rows", ordered)
        circular = same_list(self.source, self.target)
        refuse(self.name, consistency.problems(ordered, same_list=circular))

    @property
    def edition(self) -> str:
        """Return the sha256 of the canonical bytes."""
        from kirjaamo.mappings.form import canonical

        return hashlib.sha256(canonical(self)).hexdigest()

    def apply(
        self, frame: pl.DataFrame, *, old: str, unit: str | None = None, day: str | None = None
    ) -> pl.DataFrame:
        """Return what every row of *frame* becomes: ``new``, ``status`` and ``reason``.

        Args:
            frame: Any table.
            old: Its column of old values, as text.
            unit: Its column of units; without it only rows for every unit count.
            day: Its column of days; where it is null only rows without dates count.

        A row for the unit goes before a row for every unit.  ``status`` is one of `OUTCOMES`,
        null where the old value is null; ``new`` is null unless the status is *approved*.
        """
        nothing = pl.lit(None)
        asked = frame.select(
            old=pl.col(old).cast(pl.String),
            unit=(nothing if unit is None else pl.col(unit)).cast(pl.String),
            day=(nothing if day is None else pl.col(day)).cast(pl.Date),
        )
        answers = _answers(asked.unique(), self.rows)
        joined = asked.join(
            answers, on=asked.columns, how="left", nulls_equal=True, maintain_order="left"
        )
        given = pl.col("old").is_not_null()
        return joined.select(
            "new",
            pl.when(given).then(pl.col("status").fill_null("missing")).alias("status"),
            pl.when(given).then(pl.col("reason").fill_null("")).alias("reason"),
        )


def _answers(asked: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the best row for each distinct question that has any."""
    right = rows.rename({"unit": "for_unit"}).with_columns(
        rank=pl.col("status").replace_strict(_RANK, return_dtype=pl.Int8)
    )
    holds = (
        (pl.col("for_unit").is_null() | (pl.col("for_unit") == pl.col("unit")))
        & (pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("day")))
        & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col("day")))
    )
    fitting = asked.join(right, on="old", how="inner").filter(holds.fill_null(value=False))
    best = fitting.sort(
        ["rank", pl.col("for_unit").is_null(), "valid_from", "new", "new_name", "reason"],
        nulls_last=True,
    ).unique(["old", "unit", "day"], keep="first", maintain_order=True)
    return best.select("old", "unit", "day", _new(), _outcome(), "reason")


def _new() -> pl.Expr:
    return pl.when(pl.col("status") == "approved").then(pl.col("new")).alias("new")


def _outcome() -> pl.Expr:
    """Return the outcome of a row: its status, and for an approved one without code, why."""
    without = (pl.col("status") == "approved") & pl.col("new").is_null()
    return (
        pl.when(without & (pl.col("new_name") != ""))
        .then(pl.lit("waiting"))
        .when(without)
        .then(pl.lit("unmappable"))
        .otherwise(pl.col("status"))
        .alias("status")
    )
