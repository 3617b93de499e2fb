"""The tables and files that the commands of ``kirjaamo access`` write."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.access_ground import TABLES, Ground
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl


def readiness(ground: Ground, by: str, *, reveal: bool) -> "pl.DataFrame":
    """Return employees or units; employees by name after the audit trail tells it.

    Raises:
        NoWorkspaceError: Employees are to be named outside a workspace.
    """
    import polars as pl

    from kirjaamo.audit.access import employees
    from kirjaamo.cli.trail import remember
    from kirjaamo.workspace import needed

    rows = employees.employees(ground.systems, ground.terms)
    if reveal:
        remember(needed(), "access-readiness", employees=rows.height)
    if by == "unit":
        table = employees.by_unit(rows)
        return table.rename({name: gettext(employees.COUNTED[name]) for name in table.columns})
    shown = [name for name in employees.HEADINGS if reveal or name not in employees.NAMING]
    headings = [gettext(employees.HEADINGS[name]) for name in shown]
    cells = employees.cells(rows, shown, ground.codes)
    return pl.DataFrame(cells, headings, orient="row", infer_schema_length=None)


def sign_off(ground: Ground, output: Sequence[Path], units: Sequence[str]) -> None:
    """Write the sheets to sign; the audit trail of a workspace tells it first.

    Raises:
        UnknownNameError: A unit that nobody works in.
    """
    from kirjaamo.audit.access import employees, signing_off
    from kirjaamo.cli.trail import remember
    from kirjaamo.files import write

    rows = employees.employees(ground.systems, ground.terms)
    rows = _of_units(rows, units)
    at = ground.workspace
    if at is not None:
        remember(at, "access-sign-off", employees=rows.height, files=len(output))
    name = at.settings.organisation.name if at else ""
    for path in output:
        if path.suffix.lower() == ".html":
            write(path, signing_off.page(rows, name, ground.day, ground.codes))
        else:
            stream = io.BytesIO()
            signing_off.write(rows, stream, ground.day, ground.codes)
            write(path, stream.getvalue())
        click.echo(gettext("Wrote {path}").format(path=path), err=True)


def _of_units(rows: "pl.DataFrame", units: Sequence[str]) -> "pl.DataFrame":
    import polars as pl

    from kirjaamo.errors import UnknownNameError

    known = {*rows["unit"].drop_nulls(), *rows["unit_id"].drop_nulls()}
    strange = next((name for name in units if name not in known), None)
    if strange is not None:
        raise UnknownNameError(kind=N_("unit"), name=strange, known=tuple(sorted(known)))
    if not units:
        return rows
    wanted = list(units)
    return rows.filter(pl.col("unit").is_in(wanted) | pl.col("unit_id").is_in(wanted))


def template(output: Path | None) -> None:
    """Write an empty rule table.

    Raises:
        TableExistsError: The file is there already.
        TableFormError: Its name ends with no form of a rule table.
    """
    from kirjaamo.audit.access import rule_table
    from kirjaamo.audit.access.errors import TableExistsError, TableFormError
    from kirjaamo.files import replacing
    from kirjaamo.workspace import needed

    path = output or needed().access / TABLES[0]
    if path.suffix.lower() not in {".csv", ".xlsx", ".yaml"}:
        raise TableFormError(file=path)
    if path.exists():
        raise TableExistsError(path=path)
    with replacing(path) as stream:
        rule_table.write_template(stream, path.suffix.lower())
    click.echo(gettext("Wrote {path}").format(path=path), err=True)


def sensitive() -> "pl.DataFrame":
    """Return the sensitive service tasks in the language in use."""
    import polars as pl

    from kirjaamo.audit.access import sensitive as listed
    from kirjaamo.messages import language
    from kirjaamo.workspace import find

    at = find()
    rows = [
        (one.code, getattr(one.name, language()), getattr(one.reason, language()), one.confidence,
         one.source)
        for one in listed.read(at.access if at else None)
    ]  # fmt: skip
    headings = [gettext(N_("Code")), gettext(N_("Name")), gettext(N_("Why")), "confidence"]
    return pl.DataFrame(rows, [*headings, gettext(N_("Source"))], orient="row")


def export(output: Path | None, after: int) -> None:
    """Write the audit trail as JSON lines.

    Raises:
        NoWorkspaceError: There is no workspace, so that there is no trail.
    """
    import datetime as dt
    import getpass

    from kirjaamo.audit.access import trail
    from kirjaamo.files import write
    from kirjaamo.ledger import of_workspace
    from kirjaamo.ledger.verifying import trail as entries
    from kirjaamo.workspace import needed

    with of_workspace(needed(), lambda: dt.datetime.now(dt.UTC), getpass.getuser()) as ledger:
        told = trail.lines(entries(ledger), after)
    if output is None:
        click.echo(told.decode(), nl=False)
        return
    write(output, told)
    click.echo(gettext("Wrote {path}").format(path=output), err=True)
