"""Code that is not in force on the day of the document.

**What it checks.** A code of a list whose codes have dates or a status is in force on the
document's own day, or on the day of the check when the document shows no day. Deleted and
proposed codes never are. Codes that are not in the list at all belong to ST030 and ST031. The
parameter `list` is the OID of the list.

**Why it matters.** A code that was taken out of use meant something else, or nothing, on that
day; the archive checks codes as of the day of the document.

**Example.** A decision of May 2024 has a code that ended on 31 December 2023.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from kirjaamo.classifications import CodeList, Codes
from kirjaamo.classifications.structures import Structure
from kirjaamo.documents.model import Document
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, Hit, document_rule
from kirjaamo.validators.structure import listed
from kirjaamo.validators.structure.paths import NATIONAL, asked


@document_rule(
    "ST032",
    severity=Severity.ERROR,
    basis=f"{NATIONAL}; the national code service",
    since="0.1.0",
    advice="Choose the code that was in force on the day of the document.",
)
def check(structure: Structure, *, codes: Codes) -> Iterator[Demand]:
    """Let through what is always in force; of other codes ask the day of the document."""
    for field, found in listed.fields(structure, codes):
        bounded = [c for c, when in listed.periods(found).items() if not listed.is_always(when)]
        if bounded:
            code = {"properties": {"code": {"not": {"enum": bounded}}}}
            locate = partial(_places, found, f"{field.path}/code")
            yield asked(structure, field, code, locate=locate)


def _places(found: CodeList, path: str, document: Document) -> Iterator[Hit]:
    """Yield where a document has a code that is not in force on its day."""
    periods = listed.periods(found)
    for place, code in document.at(path):
        when = periods.get(code) if isinstance(code, str) else None
        if when is not None and not _holds(when, document.day):
            yield Hit(place, {"list": found.key})


def _holds(when: tuple[tuple[dt.date, dt.date], ...], day: dt.date) -> bool:
    return any(first <= day <= last for first, last in when)
