"""``kirjaamo reidentify``: the way back from a pseudonymised copy."""

from pathlib import Path

import click

from kirjaamo.cli.base import command, option
from kirjaamo.cli.pseudonymise import key_option, vault_option
from kirjaamo.messages import N_, gettext


@command(
    help=N_(
        "Write the exports from which a pseudonymised copy was made. Key and vault are needed, "
        "and a workspace, in whose audit trail it is written who did this and why."
    )
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@option("--into", required=True, type=click.Path(path_type=Path),
        help=N_("New folder for the exports."))  # fmt: skip
@option("--reason", required=True, help=N_("Why, for the audit trail."))
@key_option
@vault_option
def reidentify(
    folder: Path, into: Path, reason: str, key: Path | None, vault: Path | None
) -> None:
    """Write the exports again."""
    from kirjaamo.audit.pseudonyms import keys, restoring
    from kirjaamo.cli.trail import remember
    from kirjaamo.workspace import needed

    workspace = needed()
    held = keys.read(key, [folder, workspace.folder])
    place = vault or folder.with_name(f"{folder.name}.vault")
    remember(workspace, "reidentification asked for", reason=reason)
    rows = restoring.restore(folder, into, place, held)
    remember(workspace, "reidentified", rows=rows, reason=reason)
    click.echo(gettext("Wrote {rows} rows to {path}").format(rows=rows, path=into), err=True)
