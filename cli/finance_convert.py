"""``kirjaamo finance convert``: an instance in another form, or as a page or workbook to review."""

from pathlib import Path

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.finance_show import INSTANCE, datapoints_option, named_points
from kirjaamo.messages import N_, gettext


@command(
    help=N_(
        "Write an instance in another form, which the name of the file chooses: .xbrl, .json "
        "(xBRL-JSON), .zip or .xbr (report package with xBRL-CSV), a name without an ending "
        "(folder of xBRL-CSV), .xhtml (inline XBRL), .html or .xlsx (grid to review).\n\n"
        "All forms say the same facts. With --previous the grid shows what changed."
    )
)
@argument("instance", type=INSTANCE)
@option("-o", "--output", required=True, multiple=True, type=click.Path(path_type=Path),
        help=N_("File or folder to write. May be given several times."))  # fmt: skip
@option("--previous", type=INSTANCE, help=N_("Earlier instance, for the grid."))
@datapoints_option
def convert(
    instance: Path, output: tuple[Path, ...], previous: Path | None, datapoints: Path | None
) -> None:
    """Write an instance in other forms."""
    from kirjaamo.finance.facts import Review
    from kirjaamo.finance.instances import read
    from kirjaamo.finance.writing import write, writer
    from kirjaamo.finance_settings import Finance
    from kirjaamo.workspace import find

    for path in output:
        writer(path)
    filing = read(instance)
    earlier = None if previous is None else read(previous)
    workspace = find()
    settings = workspace.settings.finance if workspace else Finance()
    review = Review(named_points(datapoints), earlier, axes=settings.axes)
    for path in output:
        write(path, filing, review)
        click.echo(gettext("Wrote {path}").format(path=path), err=True)
