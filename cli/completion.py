"""``kirjaamo completion``: the script that completes commands in a shell."""

import click

from kirjaamo.cli.base import argument, command
from kirjaamo.messages import N_


@command(
    help=N_(
        "Print the completion script of a shell.\n\n"
        'For bash add to ~/.bashrc: eval "$(kirjaamo completion bash)"'
    )
)
@argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a completion script."""
    from click.shell_completion import get_completion_class

    from kirjaamo.cli import main

    found = get_completion_class(shell)
    assert found is not None, "click completes these shells"  # noqa: S101 - a choice of click's
    click.echo(found(main, {}, "kirjaamo", "_KIRJAAMO_COMPLETE").source())
