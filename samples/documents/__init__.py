"""Synthetic client documents of every national structure, and damage with a known place.

A document follows its structure, meets its conditions and holds what a careful organisation
would record; no person in it exists.  The same arguments give the same document.  Here belong
the makers of documents and their mutations; no rule and no reader of documents.

>>> document("1.2.246.537.6.1506.19007.2022.1.10")["merkinta_asiakkaan_arjesta"]["asiakas"] != []
True
"""

import datetime as dt
from random import Random
from typing import Any, Final

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.conditions import for_structure
from kirjaamo.classifications.structures.library import Structures
from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.samples.documents import plan as plans
from kirjaamo.samples.documents.settling import implied, settle

FILLS: Final = {"required": 0.0, "random": 0.5, "all": 1.0}
"""How full a document is: word to the share of optional fields that are filled."""


class Documents:
    """Makes sample documents; a structure is planned once."""

    def __init__(
        self, structures: Structures | None = None, codes: Codes | None = None
    ) -> None:
        """Use the bundled structures and code lists unless others are given."""
        self.structures = structures or Structures()
        self.codes = codes or Codes()
        self._plans: dict[str, plans.Plan] = {}

    def plan(self, oid: str) -> plans.Plan:
        """Return the plan of a structure version.

        Raises:
            UnknownNameError: There is no such version.
        """
        if oid not in self._plans:
            structure = self.structures.facts(oid)
            own = for_structure(oid)
            conditions = (*own, *implied(structure, own))
            texts = self.structures.texts()
            self._plans[oid] = plans.planned(structure, self.codes, texts, conditions)
        return self._plans[oid]

    def make(
        self,
        oid: str,
        fill: str = "required",
        seed: int = 0,
        *,
        day: dt.date | None = None,
        client: str = "",
    ) -> dict[str, Any]:
        """Return a document; see `document`."""
        if fill not in FILLS:
            raise UnknownNameError(kind=N_("fill"), name=fill, known=tuple(FILLS))
        plan = self.plan(oid)
        draft = plan.draft(Random(f"{oid} {fill} {seed}"), FILLS[fill], day, client)  # noqa: S311 - no secret
        tree = {plan.root.key: plans.grow(plan.root, draft)}
        settle(plan, tree, draft)
        return tree

    def current(self) -> list[str]:
        """Return the structure versions that are current, in the order of the library."""
        versions = self.structures.versions()
        return list(versions.filter(versions["status"] == "current")["oid"])

    def unworded(self, oid: str) -> tuple[str, ...]:
        """Return the paths of fixed texts whose wording is not known.

        The wording of long fixed texts is not bundled.  Documents hold a stand-in there, which
        the base validation refuses, until the national definitions have been imported.
        """
        return self.plan(oid).unworded


BUNDLED: Final = Documents()
"""The maker that uses what is bundled."""


def document(
    oid: str,
    fill: str = "required",
    seed: int = 0,
    *,
    day: dt.date | None = None,
    client: str = "",
) -> dict[str, Any]:
    """Return a valid synthetic document as a JSON tree with its root key.

    Args:
        oid: The structure version.
        fill: How full it is, a word of `FILLS`: what the structure, its conditions and the
            law ask (``required``), about half of the rest too, or everything.
        seed: Where chance begins.
        day: The document's own day; any day of the structure when it is left out.
        client: ``child``, ``adult`` or ``elder``; what fits the structure when left out.

    Raises:
        UnknownNameError: There is no such structure, or no such fill.
    """
    return BUNDLED.make(oid, fill, seed, day=day, client=client)


__all__ = ["BUNDLED", "FILLS", "Documents", "document"]
