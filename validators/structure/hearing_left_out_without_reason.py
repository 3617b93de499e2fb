"""Hearing that was left out without a reason.

**What it checks.** Where the document answers no to whether somebody was heard, and the group has
a text for the reason, the text is filled. The rule looks at structures whose own conditions do
not say so; those that do belong to ST020. Newer versions of the same documents state it, so the
confidence is secondary.

**Why it matters.** A person has the right to be heard before a decision. It may be left out only
on grounds that the law names, and the document must show them.

**Example.** The switch `suoritettu` is false and `syyt_selvittamatta_jattamiselle` is empty.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Kind, Structure, conditions
from kirjaamo.classifications.structures.condition_schema import FILLED
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure.paths import NATIONAL, leading_to

DONE, REASON = "suoritettu", "syyt_selvittamatta_jattamiselle"


@document_rule(
    "ST064",
    severity=Severity.WARNING,
    basis=f"Act 434/2003, section 34; {NATIONAL}",
    since="0.1.0",
    advice="Record why the hearing was left out, or correct the answer.",
)
def check(structure: Structure) -> Iterator[Demand]:
    """Ask for the reason beside every such switch."""
    stated = {one.path for one in conditions.for_structure(structure.oid)}
    for field in structure.fields:
        reason = structure.field(f"{field.parent}/{REASON}")
        if field.key != DONE or field.kind is not Kind.BOOLEAN:
            continue
        if reason is not None and reason.path not in stated and not reason.minimum:
            left_out = {
                "type": "object",
                "required": [DONE],
                "properties": {DONE: {"const": False}},
            }
            filled = {"required": [REASON], "properties": {REASON: FILLED}}
            schema = {"if": left_out, "then": filled}
            yield Demand(leading_to(structure, field.parent, schema), field.parent)
