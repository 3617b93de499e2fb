"""A record map as rows that a person reads: old on one side, new on the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kirjaamo.classifications.structures import Field, Structure
from kirjaamo.classifications.structures.model import KIND_NAMES
from kirjaamo.mappings.recordmaps import wording
from kirjaamo.mappings.recordmaps.checking import is_written
from kirjaamo.mappings.recordmaps.model import RecordMap, Source
from kirjaamo.messages import N_, gettext


class State(StrEnum):
    """How a target fares."""

    CARRIED = "carried"
    SETTING = "setting"
    PARTLY = "partly"
    MISSING = "missing"


STATES = {
    State.CARRIED: N_("carried over"),
    State.SETTING: N_("from the settings"),
    State.PARTLY: N_("some records lack it"),
    State.MISSING: N_("no source: held"),
}
"""What a person calls each state; keys of the catalogue."""

MARKS = {State.CARRIED: "✓", State.SETTING: "⚙", State.PARTLY: "◐", State.MISSING: "✗"}


@dataclass(frozen=True, slots=True)
class Line:
    """One target and its source.

    Attributes:
        path: The target from the root key down, the root left out.
        name: What the structure calls it, its groups before it.
        kind: Kind of field.
        occurs: Its cardinality in the structure.
        required: True where the structure or the map demands it.
        old: Where its value comes from.
        state: How it fares.
        notes: Conditions, note, and why some records lack it.
    """

    path: str
    name: str
    kind: str
    occurs: str
    required: bool
    old: str
    state: State
    notes: tuple[str, ...]


def lines(record_map: RecordMap, structure: Structure) -> Iterator[Line]:
    """Yield what a map says of each field of its structure, in the order of the structure."""
    for field in structure.fields:
        source = record_map.targets.get(field.path)
        lacking = field.path in record_map.lacks
        if source is None and not lacking:
            continue
        yield _line(record_map, structure, field, source or Source())


def _line(record_map: RecordMap, structure: Structure, field: Field, source: Source) -> Line:
    lack = record_map.lacks.get(field.path)
    notes = [*wording.conditions(source.when)]
    for one in source.alternatives:
        notes += wording.conditions(one.when) if one is not source else ()
    if source.either:
        names = [_name(structure, f"{field.path}/{key}") for key in source.either]
        notes.append(
            gettext(N_("one of these is needed: {names}")).format(names=", ".join(names))
        )
    if source.each:
        notes.append(gettext(N_("once for every client")))
    notes += [str(text) for text in (source.note, lack) if text]
    old = wording.said(source) if source.kind or not field.is_group else ""
    return Line(
        field.path.partition("/")[2],
        " · ".join(_names(structure, field.path)),
        gettext(KIND_NAMES[field.kind]),
        field.occurs,
        source.required
        or (field.minimum > 0 and is_written(field.parent, record_map, structure)),
        old,
        _state(source, field, lacks=lack is not None),
        tuple(notes),
    )


def _state(source: Source, field: Field, *, lacks: bool) -> State:
    kinds = {one.kind for one in source.alternatives}
    if not source.kind and not field.is_group:
        return State.MISSING
    if kinds == {"setting"}:
        return State.SETTING
    return State.PARTLY if lacks else State.CARRIED


def _names(structure: Structure, path: str) -> list[str]:
    keys = path.split("/")
    above = ("/".join(keys[:number]) for number in range(2, len(keys) + 1))
    return [_name(structure, one) for one in above]


def _name(structure: Structure, path: str) -> str:
    found = structure.field(path)
    return str(found.name) if found else path


def left_out(record_map: RecordMap) -> Iterator[tuple[str, str]]:
    """Yield the fields of the old record that no target takes, and why."""
    for name, why in record_map.left_out.items():
        yield wording.field(name), str(why)


def counts(record_map: RecordMap, structure: Structure) -> dict[State, int]:
    """Return how many targets are in each state."""
    found = [line.state for line in lines(record_map, structure) if line.old]
    return {state: found.count(state) for state in State}
