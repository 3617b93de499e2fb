"""Waivers and baselines: findings that are known and set aside, openly and counted.

A waiver (``<workspace>/waivers.csv``) names rule, scope, reason, who and until when.  A baseline
is an earlier report; only what it does not have is shown as new.
"""

import csv
import datetime as dt
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kirjaamo.errors import SettingsError
from kirjaamo.files import why
from kirjaamo.messages import N_
from kirjaamo.rules import FAMILIES

COLUMNS = ("rule", "scope", "reason", "who", "until")
PLACE = ("source", "row", "field", "rule")
"""What makes two findings the same one."""

NO_DAY = N_("until must be a date such as 2027-12-31")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One line of ``waivers.csv``.

    Attributes:
        rule: Code of the rule.
        scope: ``*``, a source, ``source:row``, or ``table.field``.
        reason: Why the finding is accepted.
        who: Who accepted it.
        until: Last day on which the waiver holds.
    """

    rule: str
    scope: str
    reason: str
    who: str
    until: dt.date

    def covers(self) -> pl.Expr:
        """Return true for the findings that the waiver sets aside."""
        rule = pl.col("rule") == self.rule
        if self.scope == "*":
            return rule
        place = pl.concat_str([pl.col("source"), pl.lit(":"), pl.col("row")])
        field = pl.concat_str([pl.col("table"), pl.lit("."), pl.col("field")])
        names = [pl.col("source") == self.scope, place == self.scope, field == self.scope]
        return rule & pl.any_horizontal(names)


def read_waivers(path: Path, codes: Collection[str] = ()) -> tuple[Waiver, ...]:
    """Return the waivers of a file; none when there is no file.

    Args:
        path: The file.
        codes: Codes of the rules that are checked now; any code will do when empty.  A code of
            another family stands there for another command.

    Raises:
        SettingsError: A missing column, an empty cell, a rule that does not exist or a date
            that is no date.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return tuple(_waivers(csv.DictReader(stream, delimiter=";"), path, codes))
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise SettingsError(file=path, reason=N_("the file is not UTF-8 text")) from None
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None


def _waivers(
    rows: "csv.DictReader[str]", path: Path, codes: Collection[str]
) -> Iterator[Waiver]:
    if tuple(rows.fieldnames or ()) != COLUMNS:
        reason = N_("the header must be rule;scope;reason;who;until")
        raise SettingsError(file=path, line=1, reason=reason)
    for row in rows:
        cells = [(row[name] or "").strip() for name in COLUMNS]
        try:
            yield _waiver(cells, codes)
        except ValueError as error:
            reason = str(error)
            raise SettingsError(file=path, line=rows.line_num, reason=reason) from None


def _waiver(cells: list[str], codes: Collection[str]) -> Waiver:
    """Return the waiver of a line; a `ValueError` says what is wrong with the line."""
    if not all(cells[:-1]):
        raise ValueError(N_("a waiver needs a rule, a scope, a reason and a person"))
    rule, scope, reason, who, until = cells
    if codes and rule.upper() not in codes and not _of_others(rule.upper(), codes):
        raise ValueError(N_("there is no such rule"))
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", until):
        raise ValueError(NO_DAY)
    try:
        return Waiver(rule.upper(), scope, reason, who, dt.date.fromisoformat(until))
    except ValueError:
        raise ValueError(NO_DAY) from None


def _of_others(code: str, codes: Collection[str]) -> bool:
    """Tell whether a code is of a family that none of *codes* is of."""
    family = code[:2]
    return family in FAMILIES and family not in {one[:2] for one in codes}


def read_baseline(path: Path) -> pl.DataFrame:
    """Return the places of the findings of an earlier ``json`` report.

    Raises:
        SettingsError: The file is not such a report.
    """
    try:
        report = json.loads(path.read_text("utf-8"))
        rows = [{name: finding[name] for name in PLACE} for finding in report["findings"]]
        schema = {name: pl.UInt64 if name == "row" else pl.String for name in PLACE}
        return pl.DataFrame(rows, schema=schema)
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None
    except (ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        reason = N_("the baseline must be an earlier report in the format json")
        raise SettingsError(file=path, reason=reason) from None


@dataclass(frozen=True, slots=True)
class Known:
    """Waivers in force and the baseline, applied to findings batch by batch."""

    waivers: tuple[Waiver, ...] = ()
    baseline: pl.DataFrame | None = None

    def split(self, found: pl.DataFrame) -> tuple[pl.DataFrame, int, int]:
        """Return what is left, how many were waived, and how many were known before."""
        left = found
        if self.waivers:
            left = left.filter(~pl.any_horizontal([waiver.covers() for waiver in self.waivers]))
        waived = found.height - left.height
        if self.baseline is None:
            return left, waived, 0
        fresh = left.join(self.baseline, on=PLACE, how="anti", maintain_order="left")
        return fresh, waived, left.height - fresh.height


def in_force(waivers: tuple[Waiver, ...], as_of: dt.date) -> tuple[Waiver, ...]:
    """Return the waivers that still hold on *as_of*."""
    return tuple(waiver for waiver in waivers if as_of <= waiver.until)
