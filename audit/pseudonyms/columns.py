"""What is done with each column of an export, by what the record model says of its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kirjaamo import records
from kirjaamo.audit.pseudonyms.vault import Kind
from kirjaamo.sources.profile import Column, Part


class Way(StrEnum):
    """How the cells of a column are treated; the strictest of several comes first."""

    NAME = "name"
    TOKEN = "token"  # noqa: S105 - the cell as a whole becomes a token
    DAY = "day"
    MASK = "mask"
    KEEP = "keep"


_KINDS = {
    "identity_code": Kind.IDENTITY_CODE,
    "client": Kind.CLIENT,
    "worker": Kind.WORKER,
}
_KEPT = frozenset({"boolean", "integer", "decimal", "date", "datetime"})

NOBODY = frozenset({"unit", "worker", "access_right", "posting"})
"""Tables whose days are of no client: they stay."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done with a column.

    Attributes:
        way: How its cells are treated.
        kind: Kind of the tokens.
        separator: What stands between the items of a list of identifiers, or "".
        fields: ``table.field`` names that the column is read into.
        personal: Whether the record model calls one of them personal.
    """

    way: Way
    kind: Kind = Kind.NAME
    separator: str = ""
    fields: tuple[str, ...] = ()
    personal: bool = False


def mapped(part: Part) -> Iterator[tuple[str, records.Field, Column]]:
    """Yield table, field and column of everything that a part reads from a column."""
    for table, found in part.tables.items():
        for name in found.fields:
            column = found.column(name)
            if column.column:
                yield table, records.get(table)[name], column


def treatments(part: Part, separator: str) -> Mapping[str, Treatment]:
    """Return the treatment of every column that a part names.

    Args:
        part: The part of a profile.
        separator: What stands between items unless the column says another.
    """
    order = list(Way)
    found: dict[str, Treatment] = {}
    for table, field, column in mapped(part):
        one = _treatment(table, field, column.separator or separator)
        other = found.get(column.column, one)
        first = min(one, other, key=lambda treatment: order.index(treatment.way))
        fields = dict.fromkeys((*other.fields, f"{table}.{field.name}"))
        personal = one.personal or other.personal
        found[column.column] = Treatment(
            first.way, first.kind, first.separator, tuple(fields), personal
        )
    return found


def _treatment(  # noqa: PLR0911 - one line for each type of field
    table: str, field: records.Field, separator: str
) -> Treatment:
    """Return what a field asks for."""
    personal = field.personal
    owner = field.references or (table if field.key else "")
    match field.type:
        case "id" | "ids" if owner != "unit":
            kind = _KINDS.get(owner, Kind.RECORD)
            return Treatment(Way.TOKEN, kind, separator if field.type == "ids" else "")
        case "identity_code":
            return Treatment(Way.TOKEN, Kind.IDENTITY_CODE, personal=True)
        case "oid" if personal:
            return Treatment(Way.TOKEN, Kind.NUMBER, personal=True)
        case "name" if personal:
            return Treatment(Way.NAME, personal=True)
        case "text" if personal and table == "worker":
            return Treatment(Way.TOKEN, Kind.NUMBER, personal=True)
        case "date" | "datetime" if table not in NOBODY:
            return Treatment(Way.DAY, Kind.DATE, personal=personal)
        case kind if kind in _KEPT:
            return Treatment(Way.KEEP, personal=personal)
        case _:
            return Treatment(Way.MASK, personal=personal)
