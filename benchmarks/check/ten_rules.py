"""The ten rules of the benchmark, written as Kirjaamo's rules are."""

import datetime as dt

import facts
import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Place, Rule, column_rule

FACTS = {
    "severity": Severity.ERROR, "basis": "benchmark", "since": "0.1.0", "advice": "benchmark",
}  # fmt: skip


@column_rule("R01", on="row.record_id", **FACTS)
def r01(value: pl.Expr) -> pl.Expr:
    """Find record ids of another form."""
    return ~value.fill_null("").str.contains(facts.RECORD_FORM)


@column_rule("R02", on="row.hetu", **FACTS)
def r02(value: pl.Expr) -> pl.Expr:
    """Find identity codes of another form."""
    return ~value.str.contains(facts.IDENTITY_FORM)


@column_rule("R03", on="row.hetu", **FACTS)
def r03(value: pl.Expr) -> pl.Expr:
    """Find wrong check characters."""
    digits = value.str.slice(0, 6) + value.str.slice(7, 3)
    number = digits.cast(pl.Int64, strict=False) % 31
    letters = dict(enumerate(facts.ALPHABET))
    expected = number.replace_strict(letters, default="", return_dtype=pl.String)
    return value.str.contains(facts.IDENTITY_FORM) & (expected != value.str.slice(10, 1))


@column_rule("R04", on=Place("row.birth_date"), **FACTS)
def r04(value: pl.Expr, hetu: pl.Expr) -> pl.Expr:
    """Find birth dates that differ from the identity code."""
    century = hetu.str.slice(6, 1).replace_strict(facts.CENTURIES, default="")
    inside = pl.concat_str(
        century, hetu.str.slice(4, 2), pl.lit("-"), hetu.str.slice(2, 2), pl.lit("-"),
        hetu.str.slice(0, 2),
    )  # fmt: skip
    return hetu.str.contains(facts.IDENTITY_FORM) & (inside != value)


@column_rule("R05", on="row.municipality", **FACTS)
def r05(value: pl.Expr) -> pl.Expr:
    """Find unknown municipalities."""
    return ~value.is_in(facts.MUNICIPALITIES)


@column_rule("R06", on="row.service_task", **FACTS)
def r06(value: pl.Expr) -> pl.Expr:
    """Find unknown service tasks."""
    return ~value.is_in(facts.TASKS)


@column_rule("R07", on="row.doc_type", **FACTS)
def r07(value: pl.Expr, service_task: pl.Expr) -> pl.Expr:
    """Find pairs that are not allowed."""
    pairs = [f"{task}|{document}" for task, document in facts.PAIRS]
    pair = pl.concat_str(service_task, pl.lit("|"), value)
    return service_task.is_in(facts.TASKS) & ~pair.is_in(pairs)


@column_rule("R08", on="row.valid_to", **FACTS)
def r08(value: pl.Expr, valid_from: pl.Expr) -> pl.Expr:
    """Find ends before starts."""
    return value < valid_from


@column_rule("R09", on="row.decision_date", **FACTS)
def r09(value: pl.Expr, birth_date: pl.Expr, *, as_of: dt.date) -> pl.Expr:
    """Find decision dates that are no days, in the future, or before birth."""
    day = value.str.to_date("%Y-%m-%d", strict=False)
    real = (day.dt.strftime("%Y-%m-%d") == value).fill_null(value=False)
    return ~real | (value > as_of.isoformat()) | (value < birth_date)


@column_rule("R10", on="row.text", **FACTS)
def r10(value: pl.Expr) -> pl.Expr:
    """Find texts that are blank, too long or hold an identity code."""
    blank = value.is_null() | (value.str.strip_chars() == "")
    long = value.str.len_chars() > facts.LONGEST
    return blank | long | value.str.contains(facts.IDENTITY_INSIDE)


RULES: tuple[Rule, ...] = (r01, r02, r03, r04, r05, r06, r07, r08, r09, r10)
