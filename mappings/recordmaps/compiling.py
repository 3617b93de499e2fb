"""A record map made into plain functions, once, that build many documents.

A group is written when something in it comes from the case; constants alone do not make one.
What the structure or the map requires and no source gives is told as missing, never filled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Field, Structure
from kirjaamo.mappings.recordmaps.building import Builder, Missing, Node, origin
from kirjaamo.mappings.recordmaps.computing import Make
from kirjaamo.mappings.recordmaps.crossing import Crosswalk
from kirjaamo.mappings.recordmaps.model import Case, RecordMap, Source
from kirjaamo.mappings.recordmaps.sourcing import Sources, holds


class Library(Protocol):
    """Where structures come from, such as `classifications.structures.checking.Library`."""

    def get(self, oid: str) -> Structure:
        """Return a structure."""


def compiled(
    record_map: RecordMap, crosswalks: Mapping[str, Crosswalk], library: Library, codes: Codes
) -> Builder:
    """Return what builds documents as *record_map* says.

    Args:
        record_map: The map; `checking.problems` tells whether it is sound.
        crosswalks: The crosswalks in use by name.
        library: The structures.
        codes: The code lists, for the names of codes.

    Raises:
        UnknownNameError: The map names a structure or a computation that does not exist.
    """
    structure = library.get(record_map.structure)
    sources = Sources(codes, crosswalks, record_map.of, structure.code)
    tree = _Tree(record_map, structure, sources)
    origins = {path: origin(path, source) for path, source in record_map.leaves()}
    return Builder(record_map, structure, origins, tree.group(structure.root, None))


@dataclass(frozen=True, slots=True)
class _Child:
    """A key of a group: a leaf, or a group of its own."""

    key: str
    path: str
    leaf: Make | None = None
    group: Node | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class _Tree:
    """Makes the functions of the groups of one map."""

    map: RecordMap
    structure: Structure
    sources: Sources

    def group(self, path: str, about: Field | None) -> Node:
        """Return what makes the group at *path*."""
        said = self.map.targets.get(path, Source())
        inside = [found for found in self.structure.inside(path) if self._is_used(found)]
        given, fixed = self._children(inside)
        either = tuple(said.either)
        body = _body(given, fixed, either, path, [found.key for found in inside])
        needed = about is None or about.minimum > 0 or self._demanded(path)
        make = body if needed else _optional(body)
        if said.when is not None:
            make = _conditional(holds(said.when), make, path if needed else "")
        if about is None or about.maximum == 1:
            return make
        return _repeated(make, said.each, path if needed else "")

    def _children(self, inside: list[Field]) -> tuple[list[_Child], list[_Child]]:
        """Return what comes from the case, and what stands in the map."""
        given: list[_Child] = []
        fixed: list[_Child] = []
        for found in inside:
            constant = self._source(found).kind == "constant"
            (fixed if constant else given).append(self._child(found))
        return given, fixed

    def _child(self, found: Field) -> _Child:
        if found.is_group:
            return _Child(found.key, found.path, group=self.group(found.path, found))
        source = self._source(found)
        value = self.sources.value(source, found)
        required = found.minimum > 0 or source.required
        return _Child(found.key, found.path, leaf=_leaf(value, found), required=required)

    def _source(self, found: Field) -> Source:
        return self.map.targets.get(found.path, Source())

    def _is_used(self, found: Field) -> bool:
        if not found.is_group:
            return found.path in self.map.targets or found.minimum > 0
        below = found.path + "/"
        return found.minimum > 0 or any(path.startswith(below) for path in self.map.targets)

    def _demanded(self, path: str) -> bool:
        """Return whether the map demands something in a group that the structure leaves optional."""
        below = path + "/"
        return any(
            source.required and target.startswith(below)
            for target, source in self.map.targets.items()
        )


def _leaf(value: Make, about: Field) -> Make:
    if about.maximum == 1:
        return value

    def several(case: Case) -> list[Any] | None:
        found = value(case)
        return None if found is None else [found]

    return several


def _body(
    given: list[_Child],
    fixed: list[_Child],
    either: tuple[str, ...],
    path: str,
    order: list[str],
) -> Node:
    """Return what makes the keys of one group, None when the case gives none of them."""
    rows = [(one.key, one.path, one.leaf, one.group, one.required) for one in given]
    constants = [(one.key, one.leaf) for one in fixed if one.leaf]

    def make(case: Case, missing: Missing) -> dict[str, Any] | None:
        found: dict[str, Any] = {}
        for key, where, leaf, group, required in rows:
            value = leaf(case) if leaf else group(case, missing) if group else None
            if value is not None:
                found[key] = value
            elif required:
                missing.append(where)
        if either and not any(key in found for key in either):
            missing.append(f"{path}/{either[0]}")
        if not found or not constants:
            return found or None
        found |= {key: leaf(case) for key, leaf in constants}
        return {key: found[key] for key in order if key in found}

    return make


def _optional(body: Node) -> Node:
    """Return a group that may be left out: what is missing counts only when it is there."""

    def make(case: Case, missing: Missing) -> Any:  # noqa: ANN401 - a group or nothing
        own: Missing = []
        found = body(case, own)
        if found is not None:
            missing.extend(own)
        return found

    return make


def _conditional(true: Callable[[Case], bool], make: Node, path: str) -> Node:
    """Return a group that is made only under a condition; *path* when it is required."""

    def conditional(case: Case, missing: Missing) -> Any:  # noqa: ANN401 - a group or nothing
        if true(case):
            return make(case, missing)
        if path:
            missing.append(path)
        return None

    return conditional


def _repeated(make: Node, each: dict[str, str], path: str) -> Node:
    """Return a group that repeats: once, or for every item of a list of the case.

    Args:
        make: Makes one occurrence.
        each: The table that an item stands for, and the name of the list; nothing for once.
        path: Of the group, when it is required.
    """
    if not each:

        def once(case: Case, missing: Missing) -> list[Any] | None:
            found = make(case, missing)
            return None if found is None else [found]

        return once
    ((table, items),) = each.items()

    def all_of(case: Case, missing: Missing) -> list[Any] | None:
        found = [make({**case, table: item}, missing) for item in case.get(items) or ()]
        if path and not found:
            missing.append(path)
        return [one for one in found if one is not None] or None

    return all_of
