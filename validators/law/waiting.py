"""The days of a service-need assessment: when the matter began, and the assessment in it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from kirjaamo.classifications.structures import Structure
from kirjaamo.classifications.structures.condition_ages import date_of
from kirjaamo.documents.model import Document
from kirjaamo.validators.law.demands import named

STARTED, BEGUN = "palvelutarpeen_arvioinnin_aloittamispaiva", "vireilletulopaiva"
SPECIAL = "asiakkaalla_on_oikeus_erityiseen_tukeen"
OWN = "paivamaara"

Way = tuple[str, ...]
"""Keys from the root key down to a field in no repeating group."""


def ways(structure: Structure, *keys: str) -> Iterator[tuple[Way, ...]]:
    """Yield the ways to fields, once, when the structure has every one of them just once."""
    found = [[tuple(field.path.split("/")) for field in named(structure, key)] for key in keys]
    if all(len(each) == 1 for each in found):
        yield tuple(each[0] for each in found)


def pointer(way: Way) -> str:
    """Return the JSON pointer of a field."""
    return "/" + "/".join(way)


def value_at(document: Document, way: Way) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value at a field, or None when it is missing."""
    value: Any = document.tree
    for key in way:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def day_at(document: Document, way: Way) -> dt.date | None:
    """Return the day at a field, or None when it is missing or no calendar day."""
    return date_of(value_at(document, way))
