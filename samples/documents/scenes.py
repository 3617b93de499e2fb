"""A document laid out for damage: every field that stands in it, with its place."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from kirjaamo.classifications import CodeList, Codes
from kirjaamo.classifications.structures.checking import OWN_DAY
from kirjaamo.classifications.structures.model import Field, Kind, Structure
from kirjaamo.samples.documents.plan import Node, Plan
from kirjaamo.samples.documents.values import is_own_day

Edit = tuple[str, Callable[[], None]]
"""The place that a rule will point at, and what does the damage."""


@dataclass(frozen=True, slots=True)
class Site:
    """A field that stands in a document.

    Attributes:
        node: The field in the plan.
        group: The object or array around it.
        key: Its key or index there.
        pointer: Its JSON pointer.
    """

    node: Node
    group: Any
    key: str | int
    pointer: str

    @property
    def value(self) -> Any:  # noqa: ANN401 - a JSON value
        """Return what stands there."""
        return self.group[self.key]

    @property
    def field(self) -> Field:
        """Return the field of the structure."""
        return self.node.field

    @property
    def is_array(self) -> bool:
        """Return whether the whole array of a repeating field stands there."""
        return self.node.many and isinstance(self.key, str)

    @property
    def parent(self) -> str:
        """Return the pointer of what is around it."""
        return self.pointer.rpartition("/")[0]

    def put(self, value: object) -> Edit:
        """Return the edit that puts *value* there."""
        return self.pointer, partial(self.group.__setitem__, self.key, value)

    def member(self, **members: object) -> Edit:
        """Return the edit that changes members of a code or an identifier."""
        place = self.pointer if len(members) > 1 else f"{self.pointer}/{next(iter(members))}"
        return place, partial(self.group.__setitem__, self.key, self.value | members)

    def remove(self) -> Edit:
        """Return the edit that takes the field away."""
        return self.pointer, partial(self.group.__delitem__, self.key)

    def beside(self, key: str) -> "Site | None":
        """Return the field beside it with this key, when both stand in one object."""
        if not isinstance(self.group, dict) or key not in self.group:
            return None
        return Site(self.node, self.group, key, f"{self.parent}/{key}")


@dataclass(frozen=True, slots=True)
class Scene:
    """A document that is going to be damaged.

    Attributes:
        plan: The plan of its structure.
        tree: The document; damage is done to it.
        sites: Every field in it.
        codes: The code lists.
        rng: Chance.
    """

    plan: Plan
    tree: dict[str, Any]
    sites: tuple[Site, ...]
    codes: Codes
    rng: Random

    @property
    def structure(self) -> Structure:
        """Return the structure of the document."""
        return self.plan.structure

    def of(self, *kinds: Kind) -> Iterator[Site]:
        """Yield the single values of these kinds."""
        return (s for s in self.sites if s.field.kind in kinds and not s.is_array)

    def own_day(self) -> Iterator[Site]:
        """Yield the field of the document's own day: the surest one that is there."""
        found = self.of(Kind.DATE, Kind.DATETIME)
        own = [site for site in found if is_own_day(site.field, self.structure)]
        own.sort(key=lambda site: (OWN_DAY.index(site.field.key), site.field.depth))
        yield from own[:1]

    def day(self) -> dt.date | None:
        """Return the document's own day, when it is there."""
        site = next(self.own_day(), None)
        return dt.date.fromisoformat(site.value[:10]) if site else None

    def listed(self, site: Site) -> CodeList | None:
        """Return the code list of a code whose codes the structure itself does not limit."""
        closed = site.field.codes and not site.field.open
        found = None if closed or not site.field.system else self.codes.find(site.field.system)
        return found if found is not None and found.has_codes else None


def scene(plan: Plan, tree: dict[str, Any], codes: Codes, rng: Random) -> Scene:
    """Return a copy of a document, laid out for damage."""
    made = copied(tree)
    sites = tuple(_sites(plan.root, made[plan.root.key], f"/{plan.root.key}"))
    return Scene(plan, made, sites, codes, rng)


def copied(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """Return a JSON value that shares nothing with the one given."""
    match value:
        case dict():
            return {key: copied(inner) for key, inner in value.items()}
        case list():
            return [copied(inner) for inner in value]
        case _:
            return value


def _sites(group: Node, value: dict[str, Any], place: str) -> Iterator[Site]:
    for node in group.inside:
        if node.key not in value:
            continue
        here = f"{place}/{node.key}"
        yield Site(node, value, node.key, here)
        inner = value[node.key]
        items = enumerate(inner) if node.many else ()
        for number, item in items:
            yield Site(node, inner, number, f"{here}/{number}")
            if isinstance(item, dict) and node.inside:
                yield from _sites(node, item, f"{here}/{number}")
        if not node.many and node.inside:
            yield from _sites(node, inner, here)
