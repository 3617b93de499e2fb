"""The structures as the document engine asks for them: which one, which day, which schema."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from kirjaamo.classifications.structures import condition_schema, schemas
from kirjaamo.classifications.structures.library import Structures
from kirjaamo.classifications.structures.model import Field, Kind, Structure

OWN_DAY = (
    "paatospaivamaara", "laatimispaivamaara", "paivamaara", "ilmoittamispaivamaara", "avauspaiva",
)  # fmt: skip
"""Keys under which the national structures record a document's own day, surest first."""

DEEPEST_OWN_DAY = 2
"""Groups around a document's own day: deeper dates are those of events."""

Path = tuple[str, ...]


class Library:
    """The structures in use, for `kirjaamo.engines.documents.Checker`."""

    def __init__(self, structures: Structures | None = None) -> None:
        """Use the bundled structures unless others are given."""
        self.structures = structures or Structures()
        self._by_root: dict[str, list[tuple[dt.date, str]]] = {}
        self._known: frozenset[str] = frozenset()
        self._days: dict[str, tuple[Path, ...]] = {}

    def __reduce__(self) -> tuple[type["Library"], tuple[Structures]]:
        """Travel without what has been read."""
        return (Library, (self.structures,))

    def identify(self, oid: str, tree: Mapping[str, Any], day: dt.date) -> str | None:
        """Return the OID of the version a document follows, or None when it is not known.

        Args:
            oid: What the container of the document says, or "".
            tree: The document; its root key tells the structure.
            day: The day of the check, when the document shows no day of its own.
        """
        if not self._known:
            self._read()
        if oid in self._known:
            return oid
        versions = self._by_root.get(next(iter(tree)))
        if not versions:
            return None
        newest = versions[-1][1]
        if len(versions) == 1:
            return newest
        own = self.day(newest, tree) or day
        return next(
            (found for start, found in reversed(versions) if start <= own), versions[0][1]
        )

    def day(self, oid: str, tree: Mapping[str, Any]) -> dt.date | None:
        """Return the document's own day, when it is there and a calendar day."""
        paths = self._days.get(oid)
        if paths is None:
            paths = self._days[oid] = own_days(self.structures.facts(oid))
        for path in paths:
            value: Any = tree
            for key in path:
                value = value.get(key) if isinstance(value, dict) else None
            if isinstance(value, str):
                try:
                    return dt.date.fromisoformat(value[:10])
                except ValueError:
                    continue
        return None

    def get(self, oid: str) -> Structure:
        """Return a structure with its conditions."""
        return self.structures.get(oid)

    def base(self, oid: str) -> schemas.Schema:
        """Return the JSON Schema of a structure."""
        return self.structures.schema(self.structures.facts(oid))

    def definitions(self) -> schemas.Schema:
        """Return what the demands of rules may refer to."""
        return condition_schema.DEFINITIONS

    def formats(self, oid: str) -> Mapping[str, Callable[[str], bool]]:
        """Return the checks of fixed texts whose wording is not bundled."""
        return schemas.formats(self.structures.facts(oid))

    def field_name(self, oid: str, pointer: str) -> str:
        """Return the name of the field at a JSON pointer, or of the group around it."""
        names = _names(self, oid) if oid else {}
        keys = [key for key in pointer.split("/")[1:] if not key.isdigit()]
        paths = ("/".join(keys[:end]) for end in range(len(keys), 0, -1))
        found = next((names[path] for path in paths if path in names), None)
        return str(found.name) if found else ""

    def _read(self) -> None:
        versions = self.structures.versions()
        self._known = frozenset(versions["oid"])
        for oid, root, start in versions.select("oid", "root", "valid_from").iter_rows():
            self._by_root.setdefault(root, []).append((start, oid))
        for found in self._by_root.values():
            found.sort()


@cache
def _names(library: Library, oid: str) -> Mapping[str, Field]:
    return {field.path: field for field in library.structures.facts(oid).fields}


def own_days(structure: Structure) -> tuple[Path, ...]:
    """Return the paths of the document's own day, surest first; keys from the root key down."""
    found = [
        field
        for field in structure.fields
        if field.kind in {Kind.DATE, Kind.DATETIME}
        and field.key in OWN_DAY
        and field.depth <= DEEPEST_OWN_DAY
        and field.maximum == 1
    ]
    found.sort(key=lambda field: (OWN_DAY.index(field.key), field.depth))
    return tuple(tuple(field.path.split("/")) for field in found)
