"""xBRL-JSON.  Specification: xBRL-JSON 1.0; Open Information Model 1.0."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from kirjaamo.finance.facts import KEY, SCHEMA, Filing
from kirjaamo.finance.instances import oim
from kirjaamo.finance.instances.errors import (
    BROKEN_JSON,
    NO_OIM,
    TWICE,
    InstanceError,
    TooLargeInstanceError,
)
from kirjaamo.finance.instances.reading import named, told_indicators
from kirjaamo.finance.writing.json import TYPE
from kirjaamo.sources import limits

_CORE: Final = frozenset({"concept", "entity", "period", "unit", "language", "noteId"})


class _TwiceError(ValueError):
    """A name stands twice in one object."""


def read(path: Path) -> Filing:
    """Return what an instance says.

    Raises:
        InstanceError: It is no xBRL-JSON, or of more than one filer.
    """
    content = tree(path)
    info = content.get("documentInfo")
    facts = content.get("facts")
    if not isinstance(info, dict) or not isinstance(facts, dict):
        raise InstanceError(file=path.name, reason=NO_OIM)
    head = oim.head(info, TYPE, path.name)
    try:
        rows = list(_rows(facts, head))
    except (TypeError, AttributeError, KeyError, ValueError):
        raise InstanceError(file=path.name, reason=NO_OIM) from None
    frame = pl.DataFrame([row[1:] for row in rows], schema=SCHEMA, orient="row")
    codes, frame = told_indicators(frame, head.namespaces)
    scheme, entity = oim.filer({row[0] for row in rows}, head, path.name)
    return Filing(
        head.entry_point,
        entity,
        named(frame, head.namespaces, {}),
        frame.sort(KEY, maintain_order=True),
        tuple(sorted(codes)),
        scheme,
    )


def tree(path: Path) -> dict[str, Any]:
    """Return the object of a file.

    Raises:
        InstanceError: It is no whole JSON object, or a name stands twice in one.
        TooLargeInstanceError: It is too large.
    """
    if path.stat().st_size > limits.JSON:
        raise TooLargeInstanceError(file=path.name, limit=limits.JSON // limits.MEBI)
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=_once)
    except _TwiceError:
        raise InstanceError(file=path.name, reason=TWICE) from None
    except (ValueError, RecursionError):
        raise InstanceError(file=path.name, reason=BROKEN_JSON) from None
    if not isinstance(found, dict):
        raise InstanceError(file=path.name, reason=NO_OIM)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _TwiceError
    return made


def _rows(facts: Mapping[str, Any], head: oim.Head) -> Iterator[tuple[str, ...]]:
    """Yield entity, signature, period, unit, decimals and value of every fact."""
    for fact in facts.values():
        about = fact["dimensions"]
        metric, value = about["concept"], fact["value"]
        places = sorted(
            f"|{name}({oim.member(text, head)})"
            for name, text in about.items()
            if name not in _CORE
        )
        unit, decimals = oim.measure(metric, about.get("unit"), fact.get("decimals"))
        yield (
            about["entity"],
            f"MET({metric}){''.join(places)}",
            oim.period(about.get("period", "")),
            unit,
            decimals,
            "" if value is None else str(value).strip(),
        )
