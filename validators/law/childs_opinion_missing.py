"""Document on a child without the child's opinion.

**What it checks.** When a client is a child of at least a set age, the document tells the
child's opinion and how it was asked, where its structure has fields for them: in records of
hearings, in assessments and in decisions on restrictions. Clients whose age the document does
not tell are not looked at.

**Why it matters.** How the opinion was asked and its main contents are recorded in documents
on the child. It is a warning because a child may be left unasked for reasons of age and
development; from the set age on the child is to be offered a hearing.

**Example.** An assessment of a child of 13 tells the parent's view and not the child's.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from kirjaamo.classifications.law import law, start
from kirjaamo.classifications.structures import Field, Structure
from kirjaamo.classifications.structures.condition_forms import AnsweredYes
from kirjaamo.documents.model import Document
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, Hit, Setting, document_rule
from kirjaamo.validators.law import clients
from kirjaamo.validators.law.demands import demand

OPINION = re.compile(
    "/lapsen_arvio_tuen_ja_palvelujen_tarpeesta$"
    "|/lapsen_nakemys$"
    "|/kuulemisasiakirja/kuuleminen/(?:mielipide|selvittamisen_tapa)$"
    "|/asiakkaan_kuuleminen/mielipide$"
)

Test = Callable[[Document], Iterator[Hit]]


@document_rule(
    "LW024",
    severity=Severity.WARNING,
    basis="Act 1301/2014, section 32(1); Act 812/2000, section 10(1)",
    since="0.1.0",
    advice="Record how the child's opinion was asked and its main contents, or why it was not asked.",
    applies_from=start("1301/2014"),
    settings=(
        Setting(
            "age",
            12,
            "Years from which the opinion is asked for",
            "Child Welfare Act 417/2007, section 20(2)",
        ),
    ),
)
def check(structure: Structure, *, age: int) -> Iterator[Test]:
    """Test documents of children of *age* or more for the fields of the opinion."""
    found = [
        wanted
        for field in structure.fields
        if OPINION.search(field.path)
        for wanted in _demand(structure, field)
    ]
    if found:
        yield partial(_missing, found, age)


def _demand(structure: Structure, field: Field) -> Iterator[Demand]:
    """Yield the demand of an opinion; of a child who was not heard, LW023 asks the reason."""
    if structure.field(f"{field.parent}/suoritettu") is None:
        return demand(structure, field.path)
    heard = AnsweredYes("suoritettu")
    return demand(structure, field.path, within=field.parent, when=heard)


def _missing(wanted: list[Demand], age: int, document: Document) -> Iterator[Hit]:
    if clients.any_between(document, age, law().ages["adult"].years, document.day):
        for one in wanted:
            assert one.locate is not None, "made here"  # noqa: S101 - by construction
            yield from one.locate(document)
