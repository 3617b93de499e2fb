"""The document's own day, and tests of it: what the rules about its day share."""

import datetime as dt
from collections.abc import Callable

from kirjaamo.classifications.structures import Structure
from kirjaamo.classifications.structures.checking import own_days
from kirjaamo.documents.model import Document
from kirjaamo.rules import DayTest, Hit


def tested(structure: Structure, wrong: Callable[[dt.date, dt.date], bool]) -> DayTest:
    """Return a test of the document's own day; without one of its own nothing is found.

    Args:
        structure: The structure.
        wrong: Tells of the document's day and that of the check whether the rule refuses it.
    """
    ways = own_days(structure)

    def test(document: Document) -> list[Hit]:
        shown = (way for way in ways if _shows(document, way))
        return [Hit("/" + "/".join(way)) for way in shown][:1]

    return DayTest(wrong, test)


def _shows(document: Document, way: tuple[str, ...]) -> bool:
    """Return whether the document's day stands at the end of a way."""
    found = [value for _, value in document.at("/".join(way)) if isinstance(value, str)]
    return any(_day(text) == document.day for text in found)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
