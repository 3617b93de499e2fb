"""Every command with its help, for the docs and for the tests that keep them true."""

from collections.abc import Iterator
from typing import Any

import click

from kirjaamo.cli.base import speak

WIDTH = 80
"""Columns of the help in the docs."""

Path = tuple[str, ...]
"""Names of a command from the top: ``("codes", "import")``."""


def commands() -> Iterator[tuple[Path, click.Command]]:
    """Yield every command and subcommand in the order in which help lists them."""
    from kirjaamo.cli import main

    yield from _below((), main)


def _below(path: Path, command: click.Command) -> Iterator[tuple[Path, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _below((*path, name), found)


def help_text(path: Path, language: str = "en") -> str:
    """Return what ``kirjaamo PATH --help`` prints.

    >>> help_text(("explain",)).splitlines()[0]
    'Usage: kirjaamo explain [OPTIONS] CODE'
    """
    from kirjaamo.cli import main

    speak(language)
    shape: dict[str, Any] = {"resilient_parsing": True, "terminal_width": WIDTH}
    context = main.make_context("kirjaamo", [], **shape)
    for name in path:
        group = context.command
        assert isinstance(group, click.Group), "only groups have commands"  # noqa: S101 - by construction
        found = group.get_command(context, name)
        assert found is not None, "the path comes from `commands`"  # noqa: S101 - by construction
        context = found.make_context(name, [], parent=context, **shape)
    return context.get_help()
