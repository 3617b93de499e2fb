"""Which fields of a system hold codes, and which national list each is mapped to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from kirjaamo import records
from kirjaamo.settings import read_yaml

LOCAL = "local"
"""Code system of a field whose list is the system's own."""


class Aim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A national list that a local list becomes, its short name, and the codes to offer."""

    list: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A coded field of one system and the list that its values become.

    Attributes:
        name: Name of the crosswalk.
        field: Field of the record model.
        target: OID of the national list.
        parent: Parent of the codes to offer; empty for every code.
        national: Whether the field itself is of the national list, so that its values may
            be national codes already.
    """

    name: str
    field: str
    target: str
    parent: str = ""
    national: bool = True


@cache
def aims() -> dict[str, tuple[Aim, ...]]:
    """Return the lists that local lists become, by field."""
    return read_yaml(files(__package__) / "targets.yaml", dict[str, tuple[Aim, ...]])


def coded(system: str, table: str, fields: Iterable[str]) -> Iterator[Target]:
    """Yield the coded ones of *fields* of a table, with the lists that they become."""
    model = records.get(table)
    for field in fields:
        target = model[field].code_system
        if target == LOCAL:
            for aim in aims().get(field, ()):
                name = _name(system, field, aim.name)
                yield Target(name, field, aim.list, aim.parent, national=False)
        elif target:
            yield Target(_name(system, field), field, target)


def _name(*parts: str) -> str:
    """Return the name of a crosswalk, fit for a file and a sheet.

    >>> _name("System B", "old_type", "document_type")
    'system_b_old_type_document_type'
    """
    return re.sub(r"[^a-z0-9]+", "_", "_".join(parts).lower()).strip("_")
