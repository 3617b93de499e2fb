"""What a compiled record map builds, and where each value of it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kirjaamo.classifications.structures import Structure
from kirjaamo.mappings.recordmaps.computing import computation
from kirjaamo.mappings.recordmaps.model import Case, RecordMap, Source, fields_of

Missing = list[str]
Node = Callable[[Case, Missing], Any]
"""Gives the value of a key and adds what is missing in it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value of a target comes from.

    Attributes:
        path: The target.
        kinds: Words of `model.KINDS`, in the order in which they are tried.
        fields: Fields of the old record that are read, as ``table.field``.
        settings: Settings below ``[migration]`` that are read.
        constant: The value that stands in the map, if it does.
    """

    path: str
    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    settings: tuple[str, ...]
    constant: object = None


@dataclass(frozen=True, slots=True)
class Built:
    """A document made from an old record.

    Attributes:
        document: The document, its root key included; whole only when nothing is missing.
        structure: OID of the structure that it follows.
        missing: Paths that the structure or the map requires and no source gave a value.
    """

    document: dict[str, Any]
    structure: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds documents from the cases of one record map."""

    record_map: RecordMap
    structure: Structure
    origins: Mapping[str, Origin] = field(repr=False)
    make: Node = field(repr=False)

    def build(self, case: Case) -> Built:
        """Return the document of a case; the same case always gives the same document."""
        missing: Missing = []
        body = self.make(case, missing)
        document = {self.structure.root: body if body is not None else {}}
        return Built(document, self.structure.oid, tuple(missing))

    def provenance(self, path: str) -> Origin | None:
        """Return where the value at a JSON pointer or a path of a field comes from.

        >>> from kirjaamo.classifications import Codes
        >>> from kirjaamo.classifications.structures import checking
        >>> from kirjaamo.mappings import recordmaps
        >>> entry = recordmaps.get("19013")
        >>> builder = recordmaps.compiled(entry, {}, checking.Library(), Codes())
        >>> builder.provenance("/muu_asiakaskertomusmerkinta/asiakas/0/sukunimi").fields
        ('client.last_name',)
        """
        keys = [key for key in path.strip("/").split("/") if not key.isdigit()]
        while keys:
            found = self.origins.get("/".join(keys))
            if found is not None:
                return found
            keys.pop()
        return None


def settings_of(source: Source) -> tuple[str, ...]:
    """Return the settings below ``[migration]`` that one source reads."""
    if source.computed:
        return computation(source.computed).settings
    return (source.setting,) if source.setting else ()


def origin(path: str, source: Source) -> Origin:
    """Return where a source takes its value from."""
    tried = source.alternatives
    constant = next((one.constant for one in tried if one.kind == "constant"), None)
    return Origin(
        path,
        tuple(one.kind for one in tried),
        tuple(dict.fromkeys(fields_of(source))),
        tuple(dict.fromkeys(name for one in tried for name in settings_of(one))),
        constant,
    )
