"""Writing a table of results: for eyes, as JSON, or as CSV."""

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kirjaamo.messages import gettext

if TYPE_CHECKING:
    import polars as pl


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

    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for name in frame.columns:
        table.add_column(gettext(name.replace("_", " ")), overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    wide = not (terminal and sys.stdout.isatty())
    console = Console(file=io.StringIO(), width=160 if wide else Console().width, markup=False)
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _json(frame: "pl.DataFrame", title: str, *, terminal: bool) -> str:
    del title, terminal
    rows = frame.to_dicts()
    return json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n"


def _csv(frame: "pl.DataFrame", title: str, *, terminal: bool) -> str:
    del title, terminal
    return str(frame.write_csv())
