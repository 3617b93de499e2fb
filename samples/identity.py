"""Identifiers of people and organisations that do not exist, with right check characters."""

import datetime as dt

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SEPARATORS = {18: "+", 19: "-YXWVU", 20: "ABCDEF"}
"""Century of birth to the separators of an identity code, the most common one first."""

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
FIRST_BUSINESS = 9_000_000
"""Business ids are counted from here: far above the range that is given out."""


def identity_code(birth: dt.date, number: int, separator: str) -> str:
    """Return the identity code of a birth date and an individual number.

    >>> identity_code(dt.date(1990, 1, 10), 999, "Y")
    '100190Y999P'
    """
    check = CHECK_CHARACTERS[int(f"{birth:%d%m%y}{number:03}") % 31]
    return f"{birth:%d%m%y}{separator}{number:03}{check}"


def business_id(index: int) -> str:
    """Return the business id number *index* of the sample.

    >>> business_id(0), business_id(1)
    ('9000001-1', '9000003-8')
    """
    number, found = FIRST_BUSINESS, -1
    while found < index:
        number += 1
        found += _remainder(number) != 1
    return f"{number}-{-_remainder(number) % 11}"


def _remainder(number: int) -> int:
    digits = (int(digit) for digit in str(number))
    return sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11


def organisation_oid(business: str, *nodes: int) -> str:
    """Return an OID under the node of a business id.

    >>> organisation_oid("9000001-1", 10, 3)
    '1.2.246.10.90000011.10.3'
    """
    return ".".join(["1.2.246.10", business.replace("-", ""), *map(str, nodes)])
