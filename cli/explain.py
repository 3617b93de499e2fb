"""``kirjaamo explain``: the page of a rule."""

import click

from kirjaamo.cli import completion, rulebook
from kirjaamo.cli.base import argument, command
from kirjaamo.messages import N_


@command(help=N_("Print the reference page of the rule CODE, for example ID002."))
@argument("code", shell_complete=completion.every_rule)
def explain(code: str) -> None:
    """Print the page of a rule."""
    from rich.console import Console
    from rich.markdown import Markdown

    from kirjaamo.rule_pages import markdown

    Console(soft_wrap=False).print(Markdown(markdown(rulebook.get(code))))
    click.echo()
