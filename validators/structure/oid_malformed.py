"""OID that is malformed.

**What it checks.** Where a document identifies something by an OID, the value is a Finnish OID:
whole numbers between full stops, none with a zero in front, under 1.2.246. Such are the codes of
the registers of organisations, practitioners and controllers (secondary: the registers' codes are
OIDs, the structures do not say so), and identifiers that the national definitions call OIDs: the
keys `oid_tunnus`, `asiakkuuden_yksilointitunnus` and, in the document of a matter, `asiatunnus`
(confirmed). Other identifiers may have forms of their own.

**Why it matters.** A damaged OID leads nowhere: the unit, document or client relationship it
names cannot be found.

**Example.** `1.2.246.10.02048198.10.0` has a zero in front of a number.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Field, Kind, Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure.identity import OID, registered
from kirjaamo.validators.structure.paths import NATIONAL, asked

KEYS = frozenset({"oid_tunnus", "asiakkuuden_yksilointitunnus"})
"""Identifiers that the national definitions call OIDs."""

MATTERS = "1.2.246.537.6.1505.2."
"""Structures of the document of a matter, whose ``asiatunnus`` is an OID too."""


@document_rule(
    "ST041",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=f"{NATIONAL}; JHS 159",
    since="0.1.0",
    advice="Take the OID from the register or the system that gave it.",
)
def check(structure: Structure) -> Iterator[Demand]:
    """Ask for an OID in codes of registers and in identifiers that are OIDs."""
    for field in registered(structure):
        yield asked(structure, field, {"properties": {"code": {"pattern": OID}}})
    for field in structure.fields:
        if field.kind is Kind.IDENTIFIER and _is_oid(structure, field):
            written = OID.replace("^", "^(urn:oid:)?", 1)
            yield asked(structure, field, {"properties": {"value": {"pattern": written}}})


def _is_oid(structure: Structure, field: Field) -> bool:
    return field.key in KEYS or (
        field.key == "asiatunnus" and structure.oid.startswith(MATTERS)
    )
