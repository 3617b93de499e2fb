"""Name of a code that differs from the code.

**What it checks.** The text shown for a code is the Finnish or Swedish name of that code, as the
structure or the code list has it. Capitals and white space do not matter. Codes of which not
both names are known are not looked at.

**Why it matters.** People read the text and programs the code; when the two differ, one of them
misleads.

**Example.** The code is 2, the appeal, and the text says it is a claim for a revised decision.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Field, Kind, Structure
from kirjaamo.documents.model import Document
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, Hit, document_rule
from kirjaamo.validators.structure import listed
from kirjaamo.validators.structure.paths import NATIONAL, Group, Test, asked, broken_in

FEW = 40
"""Codes of a list up to which the validator compares names quicker than Python."""

Names = Mapping[str, frozenset[str]]


@document_rule(
    "ST033",
    severity=Severity.WARNING,
    basis=f"{NATIONAL}; the national code service",
    since="0.1.0",
    advice="Find out which of the two was meant, and correct the other.",
)
def check(structure: Structure, *, codes: Codes) -> Iterator[Demand | Test]:
    """Compare the text of every code whose names are known with its names."""
    for field in structure.fields:
        names = _names(field, codes) if field.kind is Kind.CODE else {}
        test = broken_in(structure, field.path, partial(_mismatch, names))
        if len(names) > FEW:
            yield test
        elif names:
            locate = partial(_places, test)
            yield asked(structure, field, _usual(names), locate=locate)


def _places(test: Test, document: Document) -> Iterator[Hit]:
    """Yield the mismatches that a test finds."""
    yield from test(document)


def _usual(names: Names) -> dict[str, Any]:
    """Return the schema of codes with one of their names as it is usually spelt."""
    pairs = [
        {"properties": {"code": {"const": code}, "display": {"enum": sorted(of)}}}
        for code, of in names.items()
    ]
    others = {"properties": {"code": {"not": {"enum": list(names)}}}}
    return {"anyOf": [*pairs, others]}


def _names(field: Field, codes: Codes) -> Names:
    """Return the names of the codes of a field, those of the structure and of the list."""
    names = {
        code.code: listed.spellings((code.fi, code.sv))
        for code in field.codes
        if code.fi and code.sv
    }
    found = listed.of(field, codes)
    for code, more in listed.names(found).items() if found else ():
        if not field.codes or code in names:
            names[code] = names.get(code, frozenset()) | more
    return names


def _mismatch(names: Names, group: Group) -> str | None:
    """Return ``display`` when the text of a code is none of its names."""
    code, text = group.get("code"), group.get("display")
    known = names.get(code) if isinstance(code, str) else None
    if known is None or not isinstance(text, str) or text in known:
        return None
    return None if listed.folded(text) in known else "display"
