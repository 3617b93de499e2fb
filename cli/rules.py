"""``kirjaamo rules list``: every rule on one line."""

from kirjaamo.cli import completion, rulebook
from kirjaamo.cli.base import argument, group, option
from kirjaamo.messages import N_, gettext


@group(help=N_("The rules that records are checked against."))
def rules() -> None:
    """Hold the commands about rules."""


@rules.command("list", help=N_("List the rules; FAMILY (ID, CL ...) shows one family."))
@argument("family", required=False, shell_complete=completion.families)
@option(
    "--select",
    multiple=True,
    metavar="CODE",
    shell_complete=completion.every_rule,
    help=N_("Only these codes or families."),
)
def list_(family: str | None, select: tuple[str, ...]) -> None:
    """List rules as a table."""
    from rich.console import Console
    from rich.table import Table

    from kirjaamo.rule_pages import SEVERITIES
    from kirjaamo.selection import select as choose

    wanted = [*select, *([family] if family else [])]
    table = Table(box=None, pad_edge=False)
    for heading in (N_("Code"), N_("Severity"), N_("What is wrong")):
        table.add_column(gettext(heading), overflow="fold")
    for rule in choose(rulebook.rules().values(), wanted, ()):
        table.add_row(rule.code, gettext(SEVERITIES[rule.severity]), gettext(rule.title))
    Console().print(table)
