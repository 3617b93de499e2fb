"""What stands beside a ledger: the previous filing and the activities, read from CSV."""

from pathlib import Path
from typing import Final

import polars as pl

from kirjaamo.errors import SettingsError
from kirjaamo.files import why
from kirjaamo.finance.checking.filed import of_instance
from kirjaamo.finance.postings.numbers import cents
from kirjaamo.finance_settings import Finance
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.profile import Forms

PREVIOUS: Final = ("account", "service_class", "amount")
ACTIVITY: Final = ("service_class", "quantity")


def previous(path: Path, finance: Finance | None = None) -> pl.DataFrame:
    """Return the previous filing: ``national_account, national_class, before`` (cents, summed).

    ``_source`` and ``_row`` are the file and the first of the lines that were summed; an
    instance has no lines, and 1 stands for it.

    Args:
        path: CSV as ``finance extract --table`` writes it, or an instance of any form.
        finance: The settings, which say how codes name members; only instances need them.

    Raises:
        SettingsError: The file cannot be read, or lacks a column or a number.
        KirjaamoError: It is an instance that cannot be read.
    """
    if path.suffix.lower() != ".csv":
        return of_instance(path, finance or Finance())
    rows = _read(path, PREVIOUS).with_row_index(ROW, offset=2)
    amount = cents(pl.col("amount"), Forms()).struct.field("cents")
    read = rows.select(
        pl.lit(path.name).alias(SOURCE), pl.col(ROW).cast(pl.UInt64),
        national_account="account", national_class="service_class", before=amount,
    )  # fmt: skip
    _see_whole(path, read["before"])
    key = ["national_account", "national_class"]
    return read.group_by(key, maintain_order=True).agg(
        pl.col(SOURCE, ROW).first(), pl.col("before").sum()
    )


def activity(path: Path) -> pl.DataFrame:
    """Return the activities: ``_source, _row, service_class, quantity`` (hundredths).

    Raises:
        SettingsError: The file cannot be read, or lacks a column or a number.
    """
    rows = _read(path, ACTIVITY).with_row_index(ROW, offset=2)
    quantity = cents(pl.col("quantity"), Forms()).struct.field("cents")
    read = rows.select(
        pl.lit(path.name).alias(SOURCE), pl.col(ROW).cast(pl.UInt64), "service_class",
        quantity=quantity,
    )  # fmt: skip
    _see_whole(path, read["quantity"])
    return read


def _read(path: Path, columns: tuple[str, ...]) -> pl.DataFrame:
    try:
        rows = pl.read_csv(path.read_bytes(), separator=";", infer_schema=False)
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None
    except pl.exceptions.PolarsError:
        raise SettingsError(file=path, reason=N_("this is not CSV with semicolons")) from None
    if not set(columns) <= set(rows.columns):
        reason = N_("the header must have the columns {columns}")
        raise MissingColumnsError(file=path, reason=reason, columns=";".join(columns))
    return rows.select(columns)


class MissingColumnsError(SettingsError):
    """A file beside the ledger lacks a column."""

    def __init__(self, *, file: Path, reason: str, columns: str) -> None:
        """Keep the file and the columns it must have."""
        from kirjaamo.messages import gettext

        super().__init__(file=file, reason=gettext(reason).format(columns=columns), line=1)


def _see_whole(path: Path, numbers: pl.Series) -> None:
    if numbers.null_count():
        line = numbers.is_null().arg_max()
        reason = N_("there is no number in this line")
        raise SettingsError(file=path, line=(line or 0) + 2, reason=reason)
