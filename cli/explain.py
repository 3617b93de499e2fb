"""``kirjaamo explain``: the page of a rule."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from kirjaamo.cli import completion
from kirjaamo.cli.base import argument, command
from kirjaamo.messages import N_

if TYPE_CHECKING:
    from kirjaamo.rules import Rule


@command(help=N_("Print the reference page of the rule CODE, for example ID002."))
@argument("code", shell_complete=completion.rules)
def explain(code: str) -> None:
    """Print the page of a rule."""
    from rich.console import Console
    from rich.markdown import Markdown

    from kirjaamo.rule_pages import markdown

    Console(soft_wrap=False).print(Markdown(markdown(_rule(code))))
    click.echo()


def _rule(code: str) -> "Rule":
    """Return a rule of any family, in any case of letters.

    Raises:
        UnknownNameError: There is none.
    """
    from kirjaamo import validators
    from kirjaamo.archive.checking import rules as of_archive
    from kirjaamo.audit.access import rules as of_access
    from kirjaamo.finance import rules as of_finance

    others: dict[str, Callable[[], Mapping[str, Rule]]]
    others = {"AR": of_access, "FN": of_finance, "MD": of_archive}
    found = others.get(code[:2].upper(), dict)()
    return found.get(code.upper()) or validators.get(code)
