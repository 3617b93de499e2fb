"""The clients of a document and their ages, as far as the document tells."""

import datetime as dt
from typing import Any

from kirjaamo.classifications.structures.condition_ages import date_of
from kirjaamo.documents.model import Document


def ages(document: Document, day: dt.date) -> list[int | None]:
    """Return the age of each client on a day in full years; None where it is not told."""
    found = document.body.get("asiakas")
    return [_age(client, day) for client in (found if isinstance(found, list) else [found])]


def all_between(document: Document, least: int, below: int, day: dt.date) -> bool:
    """Return whether every client is known to be of an age in a range; False without clients."""
    found = ages(document, day)
    return bool(found) and all(age is not None and least <= age < below for age in found)


def any_between(document: Document, least: int, below: int, day: dt.date) -> bool:
    """Return whether some client is known to be of an age in a range."""
    return any(age is not None and least <= age < below for age in ages(document, day))


def _age(client: Any, day: dt.date) -> int | None:  # noqa: ANN401 - any JSON value
    if not isinstance(client, dict):
        return None
    born = date_of(client.get("henkilotunnus")) or date_of(client.get("syntymaaika"))
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
