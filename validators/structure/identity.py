"""Identifiers in documents: what no pattern can say of them.

The functions are called by the validator for one value at a time.  They agree with
python-stdnum (``stdnum.fi.hetu``, ``stdnum.fi.ytunnus``), which a test proves.
"""

import re
from functools import lru_cache
from typing import Any

from kirjaamo.classifications.structures import Field, Kind, Structure

IDENTITY_CODES = "1.2.246.21"
"""System of personal identity codes."""

_SHAPE = re.compile(
    r"""(?x)
    (   (?: (?:0[1-9]|1[0-9]|2[0-8]) (?:0[1-9]|1[0-2])
          | (?:29|30) (?:0[13-9]|1[0-2])
          | 31 (?:0[13578]|1[02])
        ) [0-9]{2} [-+A-FU-Y]
      | 2902 (?:0[48]|[2468][048]|[13579][26]) [-+A-FU-Y]
      | 290200 [A-F]                           # 1800 and 1900 were no leap years, 2000 was
    )
    (?:00[2-9]|0[1-9][0-9]|[1-9][0-9]{2}) [0-9A-FHJ-NPR-Y]
    """
)
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURIES = {"+": "18"} | dict.fromkeys("-UVWXY", "19") | dict.fromkeys("ABCDEF", "20")

NUMBER = "(0|[1-9][0-9]*)"
OID = rf"^1\.2\.246(\.{NUMBER})+$"
"""A Finnish OID: numbers between full stops, none with a zero in front."""

ORGANISATIONS = "1.2.246.10."
"""The root of the OIDs of organisations: what follows is a business id."""

_BUSINESS_ID = re.compile(r"(?:urn:oid:)?1\.2\.246\.10\.([1-9][0-9]{0,7})(?:\.|$)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)

REGISTERS = ("1.2.246.537.6.202", "1.2.246.537.6.203", "1.2.246.537.6.40174")
"""Registers of organisations, practitioners and controllers: their codes are OIDs."""


@lru_cache(maxsize=4096)
def is_identity_code(text: str) -> bool:
    """Return whether a text is a personal identity code without fault in itself.

    >>> is_identity_code("100190-999P"), is_identity_code("310290-9992")
    (True, False)
    """
    if _SHAPE.fullmatch(text) is None:
        return False
    return _CHECKS[int(text[:6] + text[7:10]) % 31] == text[10]


def birth_date(code: str) -> str:
    """Return the day of birth in a sound identity code, as a date is written in documents.

    >>> birth_date("100190-999P")
    '1990-01-10'
    """
    return f"{_CENTURIES[code[6]]}{code[4:6]}-{code[2:4]}-{code[:2]}"


@lru_cache(maxsize=4096)
def holds_business_id(oid: str) -> bool:
    """Return whether the number after ``1.2.246.10`` is a business id; other texts pass.

    >>> holds_business_id("1.2.246.10.2048198.10.0"), holds_business_id("1.2.246.10.2048197")
    (True, False)
    """
    if not oid.removeprefix("urn:oid:").startswith(ORGANISATIONS):
        return True
    found = _BUSINESS_ID.match(oid)
    if found is None:
        return False
    digits = [int(digit) for digit in found[1].zfill(8)]
    remainder = sum(w * d for w, d in zip(_WEIGHTS, digits, strict=False)) % 11
    return digits[7] == (11 - remainder if remainder else 0)


def identity_codes(structure: Structure) -> tuple[Field, ...]:
    """Return the fields of personal identity codes."""
    return tuple(field for field in structure.fields if field.system == IDENTITY_CODES)


def in_system(system: str, demand: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that asks *demand* of an identifier unless it names another system."""
    named = {"enum": [f"urn:oid:{system}", system]}
    return {"if": {"properties": {"system": named}}, "then": demand}


def registered(structure: Structure) -> tuple[Field, ...]:
    """Return the fields whose codes are OIDs of a register."""
    return tuple(
        field
        for field in structure.fields
        if field.kind is Kind.CODE and field.system in REGISTERS and not field.codes
    )
