"""Writing a table to a file whose name says the form."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl


class UnknownFormError(KirjaamoError):
    """The name of a file ends with no known form."""

    sentence = N_("{path} is neither .csv nor .xlsx. Choose one of them.")


def write(table: "pl.DataFrame", path: Path) -> None:
    """Write a table as CSV or Excel, whichever its name says, and tell so.

    Raises:
        UnknownFormError: The name says neither.
        CannotWriteError: No space, or no permission.
    """
    from kirjaamo.files import replacing
    from kirjaamo.tabular import Sheet, write_csv, write_workbook

    headings = [gettext(name.replace("_", " ")) for name in table.columns]
    if path.suffix not in {".csv", ".xlsx"}:
        raise UnknownFormError(path=path)
    with replacing(path) as stream:
        if path.suffix == ".csv":
            write_csv(stream, table)
        else:
            write_workbook(stream, [Sheet(path.stem[:31], headings, table.iter_rows())])
    click.echo(gettext("Wrote {path}").format(path=path), err=True)
