"""``kirjaamo completion``: the script that completes commands in a shell, and what it offers."""

from collections.abc import Callable, Iterable

import click

from kirjaamo.cli import rulebook
from kirjaamo.cli.base import argument, command
from kirjaamo.messages import N_

Offer = Callable[[click.Context, click.Parameter, str], list[str]]


def offering(names: Callable[[], Iterable[str]]) -> Offer:
    """Return what completes a word with the *names* that begin like it, in any case of letters.

    >>> offering(lambda: ["ID001", "LC001"])(None, None, "i")
    ['ID001']
    """

    def offer(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        del ctx, param
        return [name for name in names() if name.upper().startswith(incomplete.upper())]

    return offer


def _families() -> Iterable[str]:
    return sorted({rule.family for rule in rulebook.rules().values()})


def _rules() -> Iterable[str]:
    from kirjaamo import validators

    return validators.rules()


def _finance_rules() -> Iterable[str]:
    from kirjaamo.finance import rules

    return rules()


def _access_rules() -> Iterable[str]:
    from kirjaamo.audit.access import rules

    return rules()


def _tables() -> Iterable[str]:
    from kirjaamo import records

    return records.tables()


def _formats() -> Iterable[str]:
    from kirjaamo import reports

    return reports.FORMATS


every_rule, families = offering(rulebook.rules), offering(_families)
rules, tables, formats = offering(_rules), offering(_tables), offering(_formats)
finance_rules, access_rules = offering(_finance_rules), offering(_access_rules)


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
