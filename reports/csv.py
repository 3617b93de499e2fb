"""The findings as a table for Excel: semicolons, UTF-8 with a byte order mark, CRLF.

A Finnish or Swedish Excel opens such a file with a double click and with its letters whole.
Names of files and columns come from outside and are made harmless (`kirjaamo.tabular`).
"""

from typing import BinaryIO

import polars as pl

from kirjaamo.messages import gettext
from kirjaamo.reports import wording
from kirjaamo.run import Run
from kirjaamo.tabular import write_csv_header, write_csv_rows

COLUMNS = (
    "rule", "title", "severity", "source", "row", "column", "table", "field", "cause",
    "parameters", "advice",
)  # fmt: skip
"""The header: the same in every language, so that a program can rely on it."""


def write(run: Run, stream: BinaryIO) -> None:
    """Write every finding of *run* as a row."""
    known = _rules(run)
    write_csv_header(stream, COLUMNS)
    for batch in run.findings:
        table = batch.with_columns(_readable(batch["parameters"]))
        table = table.join(known, on="rule", how="left", maintain_order="left")
        write_csv_rows(stream, table.select(COLUMNS))


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
