"""Options that several commands share, each written once."""

from collections.abc import Callable
from pathlib import Path

import click

from kirjaamo.cli.base import option
from kirjaamo.messages import N_

DAY = click.DateTime(["%Y-%m-%d"])
"""A day on the command line."""

output_option = option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("File to write instead of standard output."),
)
format_option = option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help=N_("How the result is written."),
)


def output_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--format`` and ``--output``."""
    return format_option(output_option(command))
