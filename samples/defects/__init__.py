"""Damage that is put into a sample on purpose, one entry per kind.

Each module holds one tuple of `Injector` for one family of rules.  An injector takes a sound
row and says which cells to change so that its rule, and only that rule, must speak; it returns
nothing where the row does not suit.  Adding a kind is adding an entry.
"""

from kirjaamo.samples.defects import (
    classification,
    damage,
    identifiers,
    lifecycle,
    lifecycle_records,
)
from kirjaamo.samples.defects.planning import Change, Injector, planned
from kirjaamo.samples.defects.scene import Cell, Random, Row, Scene

ALL: tuple[Injector, ...] = (
    *lifecycle.ALL,
    *lifecycle_records.ALL,
    *identifiers.ALL,
    *classification.ALL,
    *damage.ALL,
)
"""Every kind of damage; those that need rare rows stand first."""


def plan(  # noqa: PLR0913, PLR0917 - what a scene and a choice of damage are made of
    system: str,
    rows: dict[str, list[Row]],
    mapped: dict[str, list[str]],
    share: float,
    rng: Random,
    kinds: tuple[Injector, ...] = ALL,
) -> tuple[Change, ...]:
    """Return the damage of one system.

    Args:
        system: Its letter.
        rows: Canonical table to sound rows.
        mapped: Canonical table to the fields that its export shows.
        share: Share of the rows of each table, 0 to 1; every kind occurs once where it can.
        rng: Where chance comes from.
        kinds: The kinds of damage.
    """
    return planned(kinds, Scene(system, rows, rng), mapped, share)


__all__ = ["ALL", "Cell", "Change", "Injector", "plan"]
