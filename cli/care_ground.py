"""What the commands of ``kirjaamo care`` share: options, and what they read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import option
from kirjaamo.cli.ground import Reading
from kirjaamo.messages import N_

if TYPE_CHECKING:
    from kirjaamo.audit.care.minimum import Minimum
    from kirjaamo.audit.care.rules import Rule, RuleSet
    from kirjaamo.audit.care.simulating import Simulation
    from kirjaamo.audit.care.stock import Stock
    from kirjaamo.sources.tables import System
    from kirjaamo.workspace import Workspace

SHIPPED = ("rules.yaml", "yearclock.yaml", "minimum.yaml", "boundary.yaml")
"""The files that a workspace may have of its own in its folder ``care``."""

rules_option = option(
    "--rules",
    "rule_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_(
        "File of closure rules; otherwise care/rules.yaml of the workspace, or the shipped "
        "proposals."
    ),
)
into_option = option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help=N_("Folder to write to."),
)


def rule_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--rules`` and ``--rule``."""
    for made in (
        option("--rule", "names", multiple=True, help=N_("Closure rule to use; may be given several times.")),
        rules_option,
    ):  # fmt: skip
        command = made(command)
    return command


def own_or_shipped(workspace: "Workspace | None", name: str) -> Path | Traversable:
    """Return the workspace's own file of data care, or the shipped one."""
    own = workspace.care / name if workspace else None
    return own if own and own.exists() else files("kirjaamo.audit.care") / name


@dataclass
class Ground(Reading):
    """What was asked for, read when it is needed."""

    @cached_property
    def systems(self) -> "list[System]":
        """Return what was read."""
        from kirjaamo.audit.care import minimum, stock
        from kirjaamo.sources.tables import systems

        texts = (*stock.TEXTS, *minimum.texts(self.minimum))
        return systems(self.sources, stock.READ, texts)

    @cached_property
    def minimum(self) -> "Minimum":
        """Return what records must have at least."""
        from kirjaamo.audit.care import minimum

        return minimum.read(own_or_shipped(self.workspace, "minimum.yaml"))

    @cached_property
    def stocks(self) -> "list[Stock]":
        """Return the relationships and matters.

        Raises:
            NothingToCareForError: There are neither.
        """
        from kirjaamo.audit.care.errors import NothingToCareForError
        from kirjaamo.audit.care.stock import stocks

        found = stocks(self.systems, self.day)
        if not found:
            raise NothingToCareForError
        return found

    def rules(self, path: Path | None) -> "RuleSet":
        """Return the rules of a file, of the workspace, or the shipped ones."""
        from kirjaamo.audit.care import rules

        return rules.read(path or own_or_shipped(self.workspace, "rules.yaml"))

    def simulation(self, of: "RuleSet", chosen: "Sequence[Rule]") -> "Simulation":
        """Return what the chosen rules of a set say."""
        from kirjaamo.audit.care.simulating import simulated

        return simulated(of, self.stocks, self.day, chosen)


def chosen(of: "RuleSet", names: Sequence[str]) -> "tuple[Rule, ...]":
    """Return the rules named, or all that are not withdrawn.

    Raises:
        UnknownNameError: One does not exist.
    """
    named = tuple(of.get(name) for name in names)
    return named or tuple(rule for rule in of.rules if rule.status != "withdrawn")


def adopted(of: "RuleSet", names: Sequence[str]) -> "tuple[Rule, ...]":
    """Return the rules named, or all that are adopted.

    Raises:
        NothingAdoptedError: None is named and none is adopted.
    """
    from kirjaamo.audit.care.errors import NothingAdoptedError

    named = tuple(of.get(name) for name in names)
    found = named or tuple(rule for rule in of.rules if rule.status == "adopted")
    if not found:
        raise NothingAdoptedError
    return found
