"""How ``kirjaamo care simulate`` tells what rules would close."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.care_ground import Ground, chosen
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.audit.care.rules import Rule
    from kirjaamo.audit.care.simulating import Simulation

WOULD = {
    "relationship": N_("would close {closes} of {open} open relationships ({share})"),
    "matter": N_("would close {closes} of {open} open matters ({share})"),
}
WHICH = N_("of which with {caution}: {closes}")
UNDECIDED = N_("not decided: {undecided}, because {system} does not tell {facts}")
UNTOLD = N_("not decided: {undecided}, because a fact is missing in the record")
MOST = N_(
    "Warning: the rules would close {closes} of {open} open records together; a rule that closes "
    "almost everything says nothing."
)
DIGITS = 4


def simulation(ground: Ground, rule_file: Path | None, names: Sequence[str]) -> "Simulation":
    """Return what the rules asked for say."""
    of = ground.rules(rule_file)
    return ground.simulation(of, chosen(of, names))


def compared(ground: Ground, found: "Simulation", against: Path) -> "pl.DataFrame":
    """Return by subject what the rules of another file would close beside these."""
    from kirjaamo.audit.care.simulating import compared as both

    other = ground.rules(against)
    return both(found, ground.simulation(other, chosen(other, ())))


def grouped(found: "Simulation", by: str) -> "pl.DataFrame":
    """Return open records and how many the rules would close, by group."""
    from kirjaamo.audit.care.simulating import grouped as groups

    return groups(found, by)


def totals(found: "Simulation") -> "pl.DataFrame":
    """Return one row for each rule."""
    from kirjaamo.audit.care.simulating import totals as every

    table = every(found)
    return table.with_columns(table["share"].round(DIGITS))


def tell(found: "Simulation", output: Path | None) -> None:
    """Write a paragraph for each rule."""
    from kirjaamo.audit.care.simulating import cautions
    from kirjaamo.audit.care.simulating import totals as every
    from kirjaamo.files import write
    from kirjaamo.wording import per_cent

    warned, text = cautions(found), io.StringIO()
    for row, rule in zip(every(found).iter_rows(named=True), found.rules, strict=True):
        facts = {**row, "share": per_cent(row["share"] or 0)}
        text.write(f"{rule.id} · {rule.name}\n  ")
        text.write(gettext(WOULD[rule.subject]).format(**facts) + "\n")
        for one in warned.filter(rule=rule.id).iter_rows(named=True):
            if one["closes"]:
                text.write(f"    {gettext(WHICH).format(**one)}\n")
        for line in _undecided(found, rule, row["undecided"]):
            text.write(f"    {line}\n")
    if output is None:
        click.echo(text.getvalue(), nl=False)
    else:
        write(output, text.getvalue().encode())


def _undecided(found: "Simulation", rule: "Rule", many: int) -> list[str]:
    if not many:
        return []
    lacking = found.unknown[rule.id]
    told = [
        gettext(UNDECIDED).format(undecided=many, system=system, facts=", ".join(sorted(facts)))
        for system, facts in lacking.items()
    ]
    return told or [gettext(UNTOLD).format(undecided=many)]


def warn(found: "Simulation", ground: Ground) -> None:
    """Say where rules together would close more than the settings call usual."""
    closes, many = closing(found)
    if many and closes > most(ground) * many:
        click.echo(gettext(MOST).format(closes=closes, open=many), err=True)


def closing(found: "Simulation") -> tuple[int, int]:
    """Return how many records the rules would close, and how many are open."""
    asked = {rule.subject for rule in found.rules} & set(found.frames)
    closes = sum(found.closed(subject).height for subject in asked)
    return closes, sum(int(found.frames[subject]["open"].sum()) for subject in asked)


def most(ground: Ground) -> float:
    """Return the share of open records that rules may close without asking."""
    from kirjaamo.care_settings import Care

    settings = ground.workspace.settings.care if ground.workspace else Care()
    return settings.most
