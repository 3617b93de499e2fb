"""The national codes of postings, and what stands in their way."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from kirjaamo.finance.mapping import UNDECIDED
from kirjaamo.finance.mapping.errors import UnmappedError
from kirjaamo.finance.postings import shown
from kirjaamo.finance_settings import Lists
from kirjaamo.mappings import Crosswalk, find, local
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.periods import month_end

Crosswalks = Mapping[str, Crosswalk]

CODES: Final = (
    ("account", "national_account", ("account",)),
    ("service_class", "national_class", ("service_class", "cost_centre")),
    ("sector", "national_sector", ("sector", "cost_centre")),
)
"""Field, column of its national code, and the local fields that can give it, first come first."""

SHOWN = 10
"""Rows that an error names."""


def apply(frame: pl.DataFrame, crosswalks: Crosswalks, lists: Lists) -> pl.DataFrame:
    """Return postings with ``national_account``, ``national_class`` and ``national_sector``.

    Beside each stands ``<field>_status`` (see `kirjaamo.finance.mapping.STATES`) and
    ``<field>_reason``, what the row of the mapping says.
    """
    dated = frame.with_row_index("_order").with_columns(_day=month_end(pl.col("period")))
    parts = [_of_system(part, crosswalks, lists) for part in dated.partition_by("system")]
    if not parts:
        parts = [_of_system(dated, crosswalks, lists)]
    return pl.concat(parts).sort("_order").drop("_order", "_day")


def _of_system(frame: pl.DataFrame, crosswalks: Crosswalks, lists: Lists) -> pl.DataFrame:
    system = frame["system"][0] if frame.height else ""
    for field, column, sources in CODES:
        target = getattr(lists, field)
        answers = [_answer(frame, crosswalks, system, one, target) for one in sources]
        frame = frame.with_columns(_first(answers, field, column))
    return frame


def _answer(
    frame: pl.DataFrame, crosswalks: Crosswalks, system: str, source: str, target: str
) -> pl.DataFrame:
    """Return ``new, status, reason`` of one local field, *none* where it says nothing.

    Without a mapping a code is taken to be national; a cost centre never is.
    """
    found = find(crosswalks, local(system, source), target)
    if found is not None:
        answer = found.apply(frame, old=source, unit="unit", day="_day")
        return answer.with_columns(pl.col("status").fill_null("none"))
    given = pl.col(source).is_not_null()
    status = "missing" if source == "cost_centre" else "national"
    return frame.select(
        new=pl.lit(None, pl.String) if source == "cost_centre" else pl.col(source),
        status=pl.when(given).then(pl.lit(status)).otherwise(pl.lit("none")),
        reason=pl.lit(""),
    )


def _first(answers: list[pl.DataFrame], field: str, column: str) -> list[pl.Series]:
    """Return the answer of the first local field that says anything, as three columns."""
    chosen = answers[0]
    for other in answers[1:]:
        silent = chosen["status"] == "none"
        chosen = chosen.with_columns(
            other[name].zip_with(silent, chosen[name]).alias(name) for name in chosen.columns
        )
    names = {"new": column, "status": f"{field}_status", "reason": f"{field}_reason"}
    return [chosen[name].fill_null("").alias(to) if name == "reason" else chosen[name].alias(to)
            for name, to in names.items()]  # fmt: skip


def undecided() -> pl.Expr:
    """Tell which mapped postings have a code that nobody has decided on."""
    waits = [pl.col(f"{field}_status").is_in(UNDECIDED) for field, _, _ in CODES]
    return pl.any_horizontal(waits) & (pl.col("account_status") != "unmappable")


def decided(mapped: pl.DataFrame) -> pl.DataFrame:
    """Return the postings that are filed: mapped, and not left out by an approved row.

    Raises:
        UnmappedError: A posting is undecided; its sum and its rows are told.
    """
    waits = mapped.filter(undecided())
    if waits.height:
        raise UnmappedError(
            count=waits.height,
            sum=shown(int(waits["cents"].sum() or 0)),
            gross=shown(int(waits["cents"].abs().sum() or 0)),
            places=places(waits),
        )
    return mapped.filter(pl.col("account_status") != "unmappable")


def places(rows: pl.DataFrame) -> str:
    """Return the places of postings as a person reads them, the first `SHOWN` of them."""
    named = [f"{source}:{row}" for source, row in rows.select(SOURCE, ROW).head(SHOWN).rows()]
    return ", ".join(named) + (" …" if rows.height > SHOWN else "")
