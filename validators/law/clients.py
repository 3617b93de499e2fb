"""The clients of a document and their ages, as far as the document tells."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta

from kirjaamo.classifications.structures.condition_ages import date_of
from kirjaamo.documents.model import Document


def ages(document: Document, day: dt.date) -> list[int | None]:
    """Return the age of each client on a day in full years; None where it is not told."""
    return [
        _age(client, day) for _, client in document.at(f"{document.structure.root}/asiakas")
    ]


def all_between(document: Document, least: int, below: int, day: dt.date) -> bool:
    """Return whether every client is known to be of an age in a range; False without clients."""
    found = ages(document, day)
    return bool(found) and all(age is not None and least <= age < below for age in found)


def any_between(document: Document, least: int, below: int, day: dt.date) -> bool:
    """Return whether some client is known to be of an age in a range."""
    return any(age is not None and least <= age < below for age in ages(document, day))


def day_at(document: Document, path: str) -> dt.date | None:
    """Return the one day at a path, or None when it is missing, unreadable or not the only one."""
    found = {date_of(value) for _, value in document.at(path)}
    return found.pop() if len(found) == 1 else None


def _age(client: Any, day: dt.date) -> int | None:  # noqa: ANN401 - any JSON value
    if not isinstance(client, dict):
        return None
    born = date_of(client.get("henkilotunnus")) or date_of(client.get("syntymaaika"))
    return None if born is None else relativedelta(day, born).years
