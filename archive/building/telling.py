"""Asking the sources of a metadata field: each becomes a function once."""

from collections.abc import Callable
from typing import Any, Final

from kirjaamo.archive import bodies
from kirjaamo.archive.building.cases import Row
from kirjaamo.archive.building.computing import COMPUTED, OF_CLIENT, State
from kirjaamo.archive.fields import Field, Source

Tell = Callable[[State], Any]


OF_SHAPE: Final = frozenset({"view_format", "structured_format", "view_media"})
"""What is computed from the kind of content alone."""


def is_of_shape(one: Field) -> bool:
    """Return whether a field is the same for all documents of a shape."""
    return all(
        source.derivation in {"structure", "settings", "constant"} or source.name in OF_SHAPE
        for source in one.origins
    )


def only_column(one: Field) -> str:
    """Return the column of documents without which nothing tells a field that may be missing."""
    first = one.origins[0]
    is_lone = len(one.origins) == 1 and first.derivation == "record" and not one.needs
    table, _, column = first.name.partition(".")
    return column if is_lone and table == "document" else ""


def client_teller(source: Source) -> Callable[[Row, State], Any]:
    """Return what asks one source of a client."""
    name = source.name.rpartition(".")[2]
    if source.derivation == "record":
        return lambda client, _state: client.get(name)
    return OF_CLIENT[name]


def teller(source: Source) -> Tell:
    """Return what asks one source."""
    match source.derivation:
        case "record":
            return _recorded(source.name)
        case "structure":
            return _shaped(source.name)
        case "computed":
            return COMPUTED[source.name]
        case "mapping":
            return _mapped(source.name)
        case "settings":
            return lambda state: state.ground.setting(source.name)
        case "constant":
            return lambda _state: source.name


def _recorded(name: str) -> Tell:
    table, _, column = name.partition(".")
    if table == "body":
        told = bodies.TELLERS[column]
        return lambda state: told(state.body)
    if table == "author":
        return lambda state: _author(state).get(column)
    if table == "unit":
        return lambda state: state.case.unit.get(column)
    return lambda state: state.case.document.get(column)


def _author(state: State) -> Row:
    """Return the author: the record comes before the body."""
    return state.case.author if state.case.author.get("last_name") else {
        **bodies.author(state.body), **state.case.author
    }  # fmt: skip


def _shaped(name: str) -> Tell:
    return lambda state: state.shape.told.get(name)


def _mapped(name: str) -> Tell:
    """Return what looks a document up in a mapping of the settings."""
    found: dict[tuple[int, object], object] = {}

    def told(state: State) -> object:
        task = state.values.get("service_task")
        key = (id(state.shape), task)
        if key not in found:
            mapping = getattr(state.ground.settings.archive, name)
            shape = state.shape.told
            keys = (shape.get("specific_type"), shape.get("general_type"), task,
                    state.shape.kind, "default")  # fmt: skip
            found[key] = next((mapping[str(k)] for k in keys if k and str(k) in mapping), None)
        return found[key]

    return told
