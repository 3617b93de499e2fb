"""Means of appeal that a child-protection decision does not allow.

**What it checks.** A decision of substitute care in child protection offers an appeal to the
court (2 in the list 1.2.246.537.6.1211), not a claim for a revised decision. Five national
structures name 2 as the only code and refer to section 90 of the Child Welfare Act (confirmed;
breaking it there is ST006). This rule asks the same of the other decisions of substitute care:
secondary, inferred from the same section, hence a warning. Open care and after-care are left
alone.

**Why it matters.** Instructions for a wrong means of appeal lead the family to the wrong
authority, and the time for the right one runs out.

**Example.** A decision on isolating a child for longer offers a claim for a revised decision.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure.paths import NATIONAL, asked

SUBSTITUTE_CARE = "Lastensuojelun sijaishuollon asiakasasiakirjat"
"""The national group of the documents of substitute care."""

LIST, APPEAL = "1.2.246.537.6.1211", "2"


@document_rule(
    "ST063",
    severity=Severity.WARNING,
    basis=f"Child Welfare Act 417/2007, section 90; {NATIONAL}",
    since="0.1.0",
    advice="Check the means of appeal of the decision, and correct its instructions.",
)
def check(structure: Structure) -> Iterator[Demand]:
    """Ask for the appeal to the court where the structure itself does not."""
    for field in structure.fields if structure.subject == SUBSTITUTE_CARE else ():
        if field.system == LIST and not field.codes:
            code = {"properties": {"code": {"const": APPEAL}}}
            yield asked(structure, field, code, parameters={"list": LIST})
