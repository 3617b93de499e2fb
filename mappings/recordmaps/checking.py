"""Checks of record maps as data: what a map says must exist, fit, and leave nothing out.

A map with problems can still be compiled; the tests hold the shipped maps to none, and
``kirjaamo map show`` marks those of a workspace.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from kirjaamo import records
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Field, Kind, Structure
from kirjaamo.mappings.recordmaps.cases import known_fields
from kirjaamo.mappings.recordmaps.computing import COMPUTATIONS
from kirjaamo.mappings.recordmaps.model import RecordMap, Source, fields_of
from kirjaamo.messages import N_, gettext
from kirjaamo.migration_settings import Appeal, Contact, Migration, ServiceUnit

TEXTS = frozenset({Kind.TEXT, Kind.NAME, Kind.SIGNATURE})
CODED = frozenset({Kind.CODE})

FITS: Mapping[str, frozenset[Kind]] = {
    "id": TEXTS | {Kind.IDENTIFIER},
    "name": TEXTS,
    "text": TEXTS | {Kind.IDENTIFIER},
    "code": CODED,
    "oid": frozenset({Kind.IDENTIFIER}),
    "identity_code": frozenset({Kind.IDENTIFIER}),
    "boolean": frozenset({Kind.BOOLEAN}),
    "integer": frozenset({Kind.NUMBER, Kind.COUNT}),
    "date": TEXTS | {Kind.DATE, Kind.DATETIME},
    "datetime": TEXTS | {Kind.DATE, Kind.DATETIME},
}
"""Type of the record model to the kinds of field that take it."""

ACCOUNTED = {"decision": ("decision",), "relationship": ("relationship", "client"),
             "matter": ("matter",), "entry": ("entry",)}  # fmt: skip
"""Table of a map to the tables of which no field may be forgotten."""

SETTINGS: Mapping[str, type[msgspec.Struct]] = {
    "contact": Contact,
    "appeal": Appeal,
    "unit": ServiceUnit,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a map.

    Attributes:
        place: Target path, or ``table.field``.
        sentence: What is wrong; a key of the catalogue.
    """

    place: str
    sentence: str

    def __str__(self) -> str:
        """Return place and sentence in the language in use."""
        return f"{self.place}: {gettext(self.sentence)}"


def problems(record_map: RecordMap, structure: Structure, codes: Codes) -> list[Problem]:
    """Return what is wrong in a map, in the order of its targets."""
    found: list[Problem] = []
    for path, source in record_map.targets.items():
        found += _of_target(path, source, structure, codes)
    found += required_without_source(record_map, structure)
    found += _unknown(record_map, structure)
    found += [Problem(name, FORGOTTEN) for name in forgotten(record_map)]
    return found


NO_TARGET = N_("the structure has no such field")
NO_GROUP = N_("only a group can have this, and only a field can have a value")
WRONG_KIND = N_("its value does not fit the kind of the field")
WRONG_LIST = N_("the crosswalk leads to another code list than that of the field")
NO_FIELD = N_("the record model has no such field")
NO_SETTING = N_("there is no such setting below [migration]")
NO_COMPUTATION = N_("there is no such computation")
NO_SOURCE = N_("the structure requires it; it has no source and is not said to lack one")
NO_LIST = N_("there is no such code list")
FORGOTTEN = N_("the old record has it; it is neither used nor said to be left out")


def _of_target(
    path: str, source: Source, structure: Structure, codes: Codes
) -> Iterator[Problem]:
    field = structure.field(path)
    if field is None:
        yield Problem(path, NO_TARGET)
        return
    if field.is_group == bool(source.kind):
        yield Problem(path, NO_GROUP)
        return
    known = known_fields()
    for name in fields_of(source):
        table, _, key = name.partition(".")
        if key not in known.get(table, ()):
            yield Problem(name, NO_FIELD)
    if source.kind:
        for one in source.alternatives:
            yield from _of_source(path, one, field, codes)


def _of_source(path: str, source: Source, field: Field, codes: Codes) -> Iterator[Problem]:
    if source.mapping and source.mapping != field.system:
        yield Problem(path, WRONG_LIST)
    is_list = "/" not in source.mapping
    if source.mapping and is_list and codes.home(source.mapping) is None:
        yield Problem(path, NO_LIST)
    if source.setting and not _is_setting(source.setting):
        yield Problem(path, NO_SETTING)
    if source.computed and source.computed not in COMPUTATIONS:
        yield Problem(path, NO_COMPUTATION)
    elif field.kind not in _FITTING[source.kind](source):
        yield Problem(path, WRONG_KIND)


def _is_setting(name: str) -> bool:
    group, _, key = name.partition(".")
    if not key:
        return group in Migration.__struct_fields__ and group not in SETTINGS
    return group in SETTINGS and key in SETTINGS[group].__struct_fields__


def _kinds_of_field(source: Source) -> frozenset[Kind]:
    if source.mapping:
        return CODED
    table, _, key = source.field.partition(".")
    if table == "ids":
        return FITS["oid"]
    if (table, key) == ("client", "joined"):
        return TEXTS
    home = "worker" if table in {"decision_maker", "responsible_worker", "author"} else table
    known = records.tables().get(home)
    field = known.fields.get(key) if known else None
    return FITS.get(field.type, frozenset()) if field else TEXTS


def _kinds_of_constant(source: Source) -> frozenset[Kind]:
    if isinstance(source.constant, bool):
        return frozenset({Kind.BOOLEAN})
    if isinstance(source.constant, int):
        return frozenset({Kind.NUMBER, Kind.COUNT})
    return TEXTS | CODED | {Kind.PHRASE}


_FITTING: Mapping[str, Callable[[Source], frozenset[Kind]]] = {
    "field": _kinds_of_field,
    "constant": _kinds_of_constant,
    "setting": lambda _: TEXTS | CODED,
    "template": lambda _: TEXTS,
    "computed": lambda source: COMPUTATIONS[source.computed].kinds,
}


def required_without_source(record_map: RecordMap, structure: Structure) -> Iterator[Problem]:
    """Yield what a group that is written must hold and the map does not speak of."""
    spoken = {*dict(record_map.leaves()), *record_map.lacks}
    for field in structure.fields:
        needed = field.minimum > 0 and not field.is_group
        if (
            needed
            and field.path not in spoken
            and is_written(field.parent, record_map, structure)
        ):
            yield Problem(field.path, NO_SOURCE)


def is_written(path: str, record_map: RecordMap, structure: Structure) -> bool:
    """Return whether documents of a map may have the group at *path*."""
    if path == structure.root:
        return True
    field = structure.field(path)
    below = path + "/"
    used = any(target.startswith(below) for target, _ in record_map.leaves())
    lacked = any(path == lack or path.startswith(f"{lack}/") for lack in record_map.lacks)
    required = field is not None and field.minimum > 0 and not lacked
    parent = path.rpartition("/")[0]
    return used or (required and is_written(parent, record_map, structure))


def _unknown(record_map: RecordMap, structure: Structure) -> Iterator[Problem]:
    """Yield what a map says of fields that do not exist."""
    known = known_fields()
    for path in record_map.lacks:
        if structure.field(path) is None:
            yield Problem(path, NO_TARGET)
    for name in record_map.left_out:
        table, _, key = name.partition(".")
        if key not in known.get(table, ()):
            yield Problem(name, NO_FIELD)


def forgotten(record_map: RecordMap) -> list[str]:
    """Return the fields of the old record that a map neither uses nor says to leave out."""
    used = record_map.fields()
    every = (
        f"{table}.{name}"
        for table in ACCOUNTED[record_map.of]
        for name in records.get(table).fields
    )
    return [name for name in every if name not in used and name not in record_map.left_out]
