"""``kirjaamo pseudonymise``: copies of exports in which nobody is named."""

from pathlib import Path

import click

from kirjaamo.cli.base import command, option
from kirjaamo.cli.options import output_options, profile_option
from kirjaamo.messages import N_, gettext

key_option = option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("File of the key; otherwise the environment variable KIRJAAMO_PSEUDONYM_KEY."),
)
vault_option = option(
    "--vault",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("File of the vault; otherwise the folder's name with .vault."),
)


@command(
    help=N_(
        "Copy exports so that nobody in them is named: tokens stand for identifiers and names, "
        "the same everywhere, and texts are masked. What each token stands for is kept in an "
        "encrypted vault; “kirjaamo reidentify” opens it with the key.\n\nThe report has counts "
        "only. Codes, municipalities and, unless they are moved, days stay as they were: the "
        "copy is still personal data and is treated as such."
    )
)
@click.argument("paths", nargs=-1)
@option("--into", type=click.Path(path_type=Path), help=N_("New folder of the copy."))
@profile_option
@key_option
@vault_option
@option("--shift-days", type=click.IntRange(1, 3650), default=None,
        help=N_("Move all days of a client alike, by at most so many days."))  # fmt: skip
@option("--new-key", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("Write a new key to this file and end."))  # fmt: skip
@output_options
def pseudonymise(  # noqa: PLR0917 - click passes each option by name
    paths: tuple[str, ...],
    into: Path | None,
    profile: str | None,
    key: Path | None,
    vault: Path | None,
    shift_days: int | None,
    new_key: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Write a pseudonymised copy of exports."""
    from kirjaamo.audit.pseudonyms import copying, keys
    from kirjaamo.cli.frames import show
    from kirjaamo.cli.inputs import inputs
    from kirjaamo.cli.trail import remember
    from kirjaamo.workspace import find

    if new_key is not None:
        keys.make(new_key)
        click.echo(gettext("Wrote {path}").format(path=new_key), err=True)
        return
    if into is None:
        raise click.UsageError(gettext("Name the new folder of the copy with --into."))
    workspace = find()
    apart = [into, *([workspace.folder] if workspace else [])]
    held = keys.read(key, apart)
    sources = inputs(paths, profile, workspace).tables
    place = vault or into.with_name(f"{into.name}.vault")
    report = copying.copy(sources, into, place, held, days=shift_days or 0)
    if workspace:
        remember(
            workspace, "pseudonymised", rows=int(report["cells"].sum()), files=len(sources)
        )
    show(report, form, output, title=gettext("What was replaced"))
