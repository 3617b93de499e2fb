"""Document structures: what each version of a client document holds, as facts.

Here are the fact files, one for each version, and what reads them, compiles them to
validators, compares them and imports newer ones.  Conditions between fields are data of
their own (``conditions.yaml``).  No document and no rule lives here.

The functions speak of the bundled structures; `Structures` of those and a folder of
imported ones.
"""

from kirjaamo.classifications.structures.comparing import diff
from kirjaamo.classifications.structures.finding import Match
from kirjaamo.classifications.structures.finding import find as _find
from kirjaamo.classifications.structures.library import Structures
from kirjaamo.classifications.structures.model import (
    Code,
    Field,
    Kind,
    Name,
    Structure,
    SystemCheck,
)

_bundled = Structures()

versions = _bundled.versions
get = _bundled.get
for_type = _bundled.for_type
schema = _bundled.schema
validator = _bundled.validator


def find(text: str, limit: int = 20) -> tuple[Match, ...]:
    """Return the names of structures and fields that resemble *text*, best first."""
    return _find(_bundled, text, limit)


__all__ = [
    "Code",
    "Field",
    "Kind",
    "Match",
    "Name",
    "Structure",
    "Structures",
    "SystemCheck",
    "diff",
    "find",
    "for_type",
    "get",
    "schema",
    "validator",
    "versions",
]
