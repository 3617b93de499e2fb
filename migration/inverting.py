"""Reading documents back: where a record map takes a field as it is, the field must come back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kirjaamo.mappings.recordmaps import Builder
from kirjaamo.mappings.recordmaps.computing import moment
from kirjaamo.mappings.recordmaps.model import Case


@dataclass(slots=True)
class Inverted:
    """How many fields were read back.

    Attributes:
        equal: Fields that came back as they were.
        different: Fields that did not.
        absent: Fields of the old record that the document does not have.
    """

    equal: int = 0
    different: int = 0
    absent: int = 0


Plain = tuple[tuple[str, ...], str, str]
"""Keys down to a target, and the table and the field that it is."""


def plain_fields(builder: Builder) -> tuple[Plain, ...]:
    """Return the targets of a record map that are a field as it is."""
    found = []
    targets = builder.record_map.targets
    root = builder.structure.root
    for path, source in builder.record_map.leaves():
        above = ["/".join(path.split("/")[:n]) for n in range(1, path.count("/") + 1)]
        bound = [targets[a] for a in above if a in targets]
        free = not any(group.each or group.when is not None for group in bound)
        is_field = source.kind == "field" and not source.mapping and source.when is None
        if free and is_field:
            keys = tuple(path.split("/"))
            table, _, name = source.field.partition(".")
            found.append((keys if keys[0] == root else (root, *keys), table, name))
    return tuple(found)


def inverted(
    fields: Iterable[Plain], document: Mapping[str, Any], case: Case, told: Inverted
) -> None:
    """Read the plain fields of a document back and count them in *told*."""
    for keys, table, name in fields:
        old = (case.get(table) or {}).get(name)
        new = at(document, keys)
        if old is None or old == "":
            told.different += new is not None
        elif new is None:
            told.absent += 1
        elif same(old, new):
            told.equal += 1
        else:
            told.different += 1


def at(document: Any, keys: tuple[str, ...]) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value at a path, of the first item where something repeats.

    >>> at({"a": [{"b": 1}]}, ("a", "b"))
    1
    """
    for key in keys:
        document = document[0] if isinstance(document, list) and document else document
        if not isinstance(document, dict) or key not in document:
            return None
        document = document[key]
    return document[0] if isinstance(document, list) and document else document


def same(old: Any, new: Any) -> bool:  # noqa: ANN401 - any canonical and any JSON value
    """Tell whether a value of a document is that of the old record.

    >>> same(dt.date(2025, 7, 1), "2025-07-01"), same("10", {"code": "10", "display": "x"})
    (True, True)
    """
    if isinstance(new, dict):
        new = new.get("code", new.get("value"))
    match old:
        case dt.datetime():
            return new in {moment(old), old.date().isoformat()}
        case dt.date():
            return bool(new == old.isoformat())
        case bool() | int() | float():
            return bool(new == old)
        case _:
            return bool(str(new) == str(old))
