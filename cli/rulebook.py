"""Every rule of every family, from the rooms that hold them.

``explain``, ``rules list``, the completion of codes and the reference page all ask here; a room
with a family of its own is one line in `ROOMS`.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_

if TYPE_CHECKING:
    from kirjaamo.rules import Rule

ROOMS = ("validators", "audit.access", "archive.checking", "finance")
"""Rooms whose ``rules()`` returns rules by their code; imported only when rules are asked for."""


@cache
def rules() -> "dict[str, Rule]":
    """Return every rule by its code, in code order."""
    found = [
        rule for room in ROOMS for rule in import_module(f"kirjaamo.{room}").rules().values()
    ]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}


def get(code: str) -> "Rule":
    """Return a rule of any family, in any case of letters.

    Raises:
        UnknownNameError: There is none.
    """
    try:
        return rules()[code.upper()]
    except KeyError:
        raise UnknownNameError(kind=N_("rule"), name=code, known=tuple(rules())) from None
