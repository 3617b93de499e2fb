"""Options that several commands share, each written once."""

from collections.abc import Callable
from pathlib import Path

import click

from kirjaamo.cli.base import argument, option
from kirjaamo.messages import N_

DAY = click.DateTime(["%Y-%m-%d"])
"""A day on the command line."""

paths_argument = argument("paths", metavar="[PATH]...", nargs=-1)
profile_option = option(
    "-p", "--profile", metavar="NAME", help=N_("Source profile; otherwise the one that fits.")
)
as_of_option = option(
    "--as-of", type=DAY, metavar="DATE", help=N_("The day that counts as today.")
)


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command paths, ``--profile`` and ``--as-of``; see `kirjaamo.cli.ground`."""
    return paths_argument(profile_option(as_of_option(command)))


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
