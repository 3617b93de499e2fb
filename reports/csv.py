"""The findings as a table for Excel: semicolons, UTF-8 with a byte order mark, CRLF.

A Finnish or Swedish Excel opens such a file with a double click and with its letters whole.
Names of files and columns come from outside: one that a spreadsheet would take for a formula
gets an apostrophe in front.
"""

from typing import BinaryIO

import polars as pl

from kirjaamo.messages import gettext
from kirjaamo.reports import wording
from kirjaamo.run import Run

COLUMNS = (
    "rule", "title", "severity", "source", "row", "column", "table", "field", "cause",
    "parameters", "advice",
)  # fmt: skip
"""The header: the same in every language, so that a program can rely on it."""

# Spreadsheets run a text that starts so; tab and line break may hide in front of it.
_FORMULA = r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]"  # noqa: RUF001 - full-width signs count too


def write(run: Run, stream: BinaryIO) -> None:
    """Write every finding of *run* as a row."""
    known = _rules(run)
    stream.write(b"\xef\xbb\xbf" + ";".join(COLUMNS).encode() + b"\r\n")
    for batch in run.findings:
        table = batch.with_columns(_readable(batch["parameters"]))
        table = table.join(known, on="rule", how="left", maintain_order="left")
        neutral = table.select(COLUMNS).with_columns(_neutral(pl.col(pl.String)))
        neutral.write_csv(stream, separator=";", include_header=False, line_terminator="\r\n")


def _rules(run: Run) -> pl.DataFrame:
    titles = wording.titles(run)
    facts = {
        "rule": list(titles),
        "title": list(titles.values()),
        "advice": [gettext(state.rule.advice) for state in run.states],
    }
    return pl.DataFrame(facts, schema=dict.fromkeys(facts, pl.String))


def _readable(parameters: pl.Series) -> pl.Series:
    words = {text: wording.parameters(text) for text in parameters.unique()}
    return parameters.replace(words)


def _neutral(text: pl.Expr) -> pl.Expr:
    shown = text.str.replace_all(r"\p{Cc}", "\ufffd")
    return pl.when(text.str.contains(_FORMULA)).then("'" + shown).otherwise(shown).name.keep()
