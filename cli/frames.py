"""Writing a table of results: for eyes, as JSON, or as CSV."""

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kirjaamo.messages import gettext

if TYPE_CHECKING:
    import polars as pl


WORDS = ("change", "complete", "confidence", "done", "status")
"""Columns that hold words of our own."""


def show(frame: "pl.DataFrame", form: str, output: Path | None, *, title: str) -> None:
    """Write *frame* to *output* or standard output in *form* (``text``, ``json``, ``csv``)."""
    text = {"text": _text, "json": _json, "csv": _csv}[form](
        frame, title, terminal=output is None
    )
    if output is None:
        sys.stdout.write(text)
        return
    from kirjaamo.files import write

    write(output, text.encode())


def _text(frame: "pl.DataFrame", title: str, *, terminal: bool) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in frame.columns:
        table.add_column(gettext(name.replace("_", " ")), overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*map(_cell, frame.columns, row))
    wide = not (terminal and sys.stdout.isatty())
    console = Console(
        file=io.StringIO(), width=160 if wide else Console().width, markup=False, emoji=False
    )
    with console.capture() as captured:
        console.print(table)
    lines = [*([title] if title else []), *captured.get().splitlines()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _cell(name: str, value: object) -> str:
    """Return a cell for eyes: words of our own are translated, codes and names are not."""
    text = "" if value is None else str(value)
    return gettext(text) if text and name in WORDS else text


def _json(frame: "pl.DataFrame", title: str, *, terminal: bool) -> str:
    del title, terminal
    rows = frame.to_dicts()
    return json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n"


def _csv(frame: "pl.DataFrame", title: str, *, terminal: bool) -> str:
    del title, terminal
    return str(frame.write_csv())
