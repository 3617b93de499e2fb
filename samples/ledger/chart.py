"""Local accounts and cost centres of both systems, and the national codes they become."""

from dataclasses import dataclass
from functools import cache

from kirjaamo.samples.taxonomy.design import Member, sample

BALANCE = {
    "170000": "Pankkitili",
    "150000": "Myyntisaamiset",
    "253000": "Ostovelat",
    "201000": "Peruspääoma",
}
"""Local accounts of the balance sheet: no table of the sample taxonomy has a place for them."""

BANK, RECEIVABLES, PAYABLES, EQUITY = BALANCE

GRANT, EXPERTS, GRANTED = "3300", "4340", "2902"
"""A grant is 80 per cent of the expert services of one class; nothing else is posted to it."""

REVERSED = ("4090", "4723")
"""Costs that are deducted: their usual side is credit."""

RARE = "4890"
"""An account that no ordinary voucher uses."""

NO_COSTS = "2283"
"""A service class that no cost centre is of."""

ENDED_ACCOUNT, ENDED_CLASS = "4899", "2899"
"""Codes of our own that ended in the middle of the year."""

UNKNOWN_ACCOUNT, UNKNOWN_CLASS = "4988", "2199"
"""Codes that no list has."""


@dataclass(frozen=True, slots=True)
class Centre:
    """A cost centre: its number, its service class, and the sector that system U gives it."""

    number: str
    service_class: str
    sector: str
    name: str


def leaves(dimension: str) -> list[Member]:
    """Return the members of a dimension that sum nothing."""
    return [one for one in sample().dimension(dimension).members if one.code.startswith("x")]


@cache
def names(dimension: str) -> dict[str, str]:
    """Return the national codes of a dimension and their Finnish names."""
    return {one.code[1:]: one.labels["fi"] for one in leaves(dimension)}


@cache
def accounts() -> dict[str, str]:
    """Return local account to national account: two local accounts for each national one."""
    return {f"{code}{tail}": code for code in names("TIL") for tail in ("00", "10")}


@cache
def centres() -> tuple[Centre, ...]:
    """Return the cost centres: two for each service class with costs."""
    sectors = list(names("SEK"))
    classes = [code for code in names("PAL") if code != NO_COSTS]
    return tuple(
        Centre(f"1{number:02}{turn}", code, sectors[(number + turn) % len(sectors)], names("PAL")[code])
        for number, code in enumerate(classes)
        for turn in (0, 1)
    )  # fmt: skip


def damaged_centres() -> dict[str, str]:
    """Return cost centres of damaged ledgers and the classes that they become."""
    return {"9910": UNKNOWN_CLASS, "9920": ENDED_CLASS}


def damaged_accounts() -> dict[str, str]:
    """Return accounts of damaged ledgers and the national accounts that they become."""
    return {f"{UNKNOWN_ACCOUNT}00": UNKNOWN_ACCOUNT, f"{ENDED_ACCOUNT}00": ENDED_ACCOUNT}


UNMAPPED = "499900"
"""A local account that no mapping knows."""
