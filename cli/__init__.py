"""The command line: one module per command, one line in ``COMMANDS``.

A command reads its arguments, calls the room that does the work, and prints.  Heavy
libraries are imported inside the command functions, so that ``kirjaamo --help`` starts at once.
"""

import click

from kirjaamo.cli.base import Option, Root
from kirjaamo.messages import N_

COMMANDS = {
    "init": "kirjaamo.cli.init:init",
    "check": "kirjaamo.cli.check:check",
    "explain": "kirjaamo.cli.explain:explain",
    "rules": "kirjaamo.cli.rules:rules",
    "records": "kirjaamo.cli.records:records",
    "codes": "kirjaamo.cli.codes:codes",
    "structures": "kirjaamo.cli.structures:structures",
    "map": "kirjaamo.cli.map:map_",
    "migrate": "kirjaamo.cli.migrate:migrate",
    "survey": "kirjaamo.cli.survey:survey",
    "archive": "kirjaamo.cli.archive:archive",
    "oid": "kirjaamo.cli.oid:oid",
    "audit": "kirjaamo.cli.audit:audit",
    "care": "kirjaamo.cli.care:care",
    "access": "kirjaamo.cli.access:access",
    "finance": "kirjaamo.cli.finance:finance",
    "pseudonymise": "kirjaamo.cli.pseudonymise:pseudonymise",
    "reidentify": "kirjaamo.cli.reidentify:reidentify",
    "samples": "kirjaamo.cli.samples:samples",
    "demo": "kirjaamo.cli.demo:demo",
    "completion": "kirjaamo.cli.completion:completion",
}
"""Every command: name to ``module:object``, in the order in which people need them."""


@click.group(
    cls=Root,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    help=N_("Check, migrate, archive and report Finnish social-care client records."),
)
@click.version_option(
    package_name="kirjaamo",
    message="%(prog)s %(version)s",
    cls=Option,
    help=N_("Show the version and exit."),
)
def main() -> None:
    """Run one command of Kirjaamo."""


def run() -> None:
    """Run the command line as the program ``kirjaamo``."""
    main(prog_name="kirjaamo")
