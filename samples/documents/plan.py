"""A plan of documents: everything that can be settled once for a structure.

Making a document is then one walk over the plan, in the order of the national definition.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.condition_forms import HasCode, asked_by
from kirjaamo.classifications.structures.condition_paths import plain
from kirjaamo.classifications.structures.conditions import FieldCondition
from kirjaamo.classifications.structures.model import Field, Kind, Structure
from kirjaamo.samples.documents import persons, vocabulary
from kirjaamo.samples.documents.codes import sexes
from kirjaamo.samples.documents.draft import LAST, Draft
from kirjaamo.samples.documents.values import Make, is_own_day, maker

EARLIEST = dt.date(2024, 1, 1)
"""Documents are not older, where their structure is in force then."""

_LATEST = dt.date(2026, 3, 31)  # leaves room for what follows the document's own day
_NAMED = {"sukunimi", "etunimet", "henkilotunnus", "tilapainen_yksilointitunnus", "syntymaaika"}


@dataclass(frozen=True, slots=True)
class Node:
    """A field in the plan.

    Attributes:
        key: Its key.
        field: The field; the root group has a field of its own making.
        required: Whether every document has it.
        many: Whether it is an array.
        role: Who stands in the group; "" when it is nobody of its own.
        make: Makes one value; None for groups.
        inside: The fields of a group.
    """

    key: str
    field: Field
    required: bool
    many: bool
    role: str
    make: Make | None
    inside: tuple["Node", ...]

    def node(self, key: str) -> "Node | None":
        """Return the field directly inside with this key."""
        return next((node for node in self.inside if node.key == key), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """What documents of a structure are made from.

    Attributes:
        structure: The structure.
        root: The root group.
        client: Role of the client.
        sexes: Codes of the sexes that people of a document may have.
        first: First day that a document can have.
        last: Last such day.
        conditions: What must be so in the document.
        unworded: Fixed texts whose wording is not known.
    """

    structure: Structure
    root: Node
    client: str
    sexes: str
    first: dt.date
    last: dt.date
    conditions: tuple[FieldCondition, ...]
    unworded: tuple[str, ...]

    def draft(self, rng: Random, share: float, day: dt.date | None, client: str) -> Draft:
        """Return a document in the making, on *day* or any day of the structure."""
        if day is None:
            days = (self.last - self.first).days + 1
            day = self.first + dt.timedelta(int(rng.random() * days))
        role = client or self.client
        found = persons.person(rng, role, day, self.sexes)
        event = day - dt.timedelta(int(rng.random() * 7))
        return Draft(rng, share, day, role, found, found, self.sexes, event)


def planned(
    structure: Structure,
    codes: Codes,
    texts: Mapping[str, str],
    conditions: tuple[FieldCondition, ...],
) -> Plan:
    """Return the plan of documents that follow *structure*."""
    words = vocabulary.read()
    role = vocabulary.first(words.clients, structure.subject)
    build = _Build(structure, codes, texts, role.role if role else "adult", _asked(conditions))
    root = Field(structure.root, structure.name, Kind.GROUP, 1)
    end = structure.valid_to - dt.timedelta(1) if structure.valid_to else _LATEST
    last = max(min(end, _LATEST), structure.valid_from)
    first = min(max(structure.valid_from, EARLIEST), last)
    unworded = tuple(
        field.path
        for field in structure.fields
        if field.fingerprint and field.fingerprint not in texts
    )
    return Plan(
        structure, build.node(root), build.client, sexes(structure, codes), first,
        min(last, LAST), conditions, unworded,
    )  # fmt: skip


def _asked(conditions: tuple[FieldCondition, ...]) -> frozenset[str]:
    """Return the paths of codes that conditions look at."""
    return frozenset(
        plain(f"{condition.scope}/{test.path}")
        for condition in conditions
        for test in asked_by(condition.rule)
        if isinstance(test, HasCode)
    )


@dataclass(frozen=True, slots=True)
class _Build:
    """What the nodes of one structure are made with."""

    structure: Structure
    codes: Codes
    texts: Mapping[str, str]
    client: str
    asked: frozenset[str]

    def node(self, field: Field, *, wanted: bool = False) -> Node:
        """Return the plan of a field; *wanted* when it must say something."""
        wanted |= self._always(field)
        below = self.structure.inside(field.path)
        inside = tuple(self.node(found) for found in below)
        if wanted and inside and not any(node.required for node in inside):
            inside = (self.node(below[0], wanted=True), *inside[1:])
        required = field.minimum == 1 or wanted or self._leads(field, inside)
        return Node(
            field.key, field, required, field.maximum != 1, self._role(field, inside),
            None if field.is_group else self._make(field), inside,
        )  # fmt: skip

    def _make(self, field: Field) -> Make:
        if field.fingerprint:
            text = self.texts.get(field.fingerprint, f"[{field.name.fi}]")
            return lambda _: text
        return maker(field, self.structure, self.codes, told=field.path in self.asked)

    def _leads(self, field: Field, inside: tuple[Node, ...]) -> bool:
        """Return whether something inside an optional group is there in every document."""
        return field.is_group and any(
            node.required and (not node.field.minimum or self._always(node.field))
            for node in inside
        )

    def _always(self, field: Field) -> bool:
        if is_own_day(field, self.structure):
            return field.kind in {Kind.DATE, Kind.DATETIME}
        below = field.path.partition("/")[2]
        return any(
            row.type in {"", self.structure.type} and re.search(row.match, below)
            for row in vocabulary.read().always
        )

    def _role(self, field: Field, inside: tuple[Node, ...]) -> str:
        if not any(node.key in _NAMED for node in inside):
            return ""
        if field.key.startswith("asiakas"):
            return "client"
        row = vocabulary.first(vocabulary.read().roles, field.key)
        return row.role if row else "adult"


def grow(node: Node, draft: Draft, number: int = 0) -> Any:  # noqa: ANN401 - a JSON value
    """Return one value of *node*: of a group, with what is filled inside it.

    Args:
        node: The field.
        draft: The document in the making.
        number: Which item of an array it is.
    """
    if node.make is not None:
        return node.make(draft)
    outer = draft.person
    if node.role:
        draft.person = _person(node.role, draft, number)
    found: dict[str, Any] = {}
    for inner in node.inside:
        if inner.required or (draft.share and draft.rng.random() < draft.share):
            value = whole(inner, draft)
            if inner.required or (value or value is False or value == 0):
                found[inner.key] = value
    draft.person = outer
    return found


def whole(node: Node, draft: Draft) -> Any:  # noqa: ANN401 - a JSON value
    """Return what stands under the key of *node*: one value, or an array of them."""
    if not node.many:
        return grow(node, draft)
    more = draft.rng.random() < draft.share / 2
    found = [grow(node, draft, number) for number in range(2 if more else 1)]
    return found if node.required else [one for one in found if one or one in (False, 0)]


def _person(role: str, draft: Draft, number: int) -> persons.Person:
    """Return who stands in a group; of several clients, one is the client."""
    if role == "client" and number == 0:
        return draft.client
    found = draft.role if role == "client" else role
    return persons.person(draft.rng, found, draft.day, draft.sexes)


def nodes(plan: Plan) -> Iterator[Node]:
    """Yield every field of a plan, a group before what is inside it."""
    waiting = [plan.root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.inside))
