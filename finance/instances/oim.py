"""What the readers of xBRL-JSON and xBRL-CSV share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kirjaamo.finance.instances.errors import NO_OIM, InstanceError, SeveralFilersError
from kirjaamo.finance.writing.naming import FILED, packed
from kirjaamo.finance.writing.oim import PURE, day_before

NUMERIC: Final = re.compile(r"[mpi][di][0-9]+")
"""Local names of metrics of numbers: ``{datatype}{flow}{number}``, with m monetary, p percent,
i integer.  Source: README of the State Treasury's taxgen."""

_NAME: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*):[^\s:]+")


@dataclass(frozen=True, slots=True)
class Head:
    """What a report says of itself: address of its schema, prefix to namespace."""

    entry_point: str
    namespaces: Mapping[str, str]


def head(info: Mapping[str, Any], kind: str, file: str) -> Head:
    """Return what ``documentInfo`` says.

    Raises:
        InstanceError: It is of another kind, or lacks what it must have.
    """
    namespaces, taxonomy = info.get("namespaces", {}), info.get("taxonomy", [])
    sound = (
        info.get("documentType") == kind
        and isinstance(namespaces, dict)
        and isinstance(taxonomy, list)
        and all(isinstance(one, str) for one in [*namespaces.values(), *taxonomy])
    )
    if not sound:
        raise InstanceError(file=file, reason=NO_OIM)
    own = [one for one in taxonomy if not one.startswith(FILED)]
    return Head(own[0] if own else "", namespaces)


def filer(entities: set[str], known: Head, file: str) -> tuple[str, str]:
    """Return scheme and code of the one filer.

    Raises:
        SeveralFilersError: There are more.
    """
    if len(entities) > 1:
        raise SeveralFilersError(file=file)
    prefix, _, code = next(iter(entities), ":").partition(":")
    return known.namespaces.get(prefix, ""), code


def member(text: object, known: Head) -> str:
    """Return a member as signatures write it: a name, or ``=`` and the value of an open dimension.

    Without the taxonomy a text is a name where its prefix has a namespace.
    """
    found = _NAME.fullmatch(str(text))
    if found and found[1] in known.namespaces:
        return found[0]
    return f"={packed(str(text).strip())}"


def measure(metric: str, unit: object, decimals: object) -> tuple[str, str]:
    """Return unit and decimals in canonical form.

    >>> measure("x_met:md1", "iso4217:EUR", 2), measure("x_met:pi2", None, None)
    (('iso4217:EUR', '2'), ('xbrli:pure', 'INF'))
    """
    local = metric.rpartition(":")[2]
    if unit is None and decimals is None and not NUMERIC.fullmatch(local):
        return "", ""
    return str(unit or PURE), "INF" if decimals is None else str(decimals)


def period(text: str) -> str:
    """Return a period as canonical facts have it: a day, ``start/end`` or ``forever``.

    >>> period("2027-01-01T00:00:00"), period("2026-01-01T00:00:00/2027-01-01T00:00:00")
    ('2026-12-31', '2026-01-01/2026-12-31')
    """
    if not text:
        return "forever"
    start, slash, end = text.partition("/")
    if not slash:
        return day_before(text)
    return f"{start.removesuffix('T00:00:00')}/{day_before(end)}"
