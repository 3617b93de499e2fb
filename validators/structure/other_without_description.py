"""Choice “other” without its description.

**What it checks.** Where a code means “other” and the group has a text for what it is, the text is
filled when the code is chosen. The rule looks at structures whose own conditions do not say so;
those that do belong to ST020. A newer version of the same document states it, so the confidence
is secondary.

**Why it matters.** “Other” alone tells nothing, and cannot be read or counted afterwards.

**Example.** The reason for coming to the shelter is 4, other, and nothing tells which.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Field, Structure, conditions
from kirjaamo.classifications.structures.condition_schema import FILLED
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure.paths import NATIONAL, leading_to

TEXT, OTHER = "vaihtoehdon_muu_tarkempi_kuvaus", "muu"
"""Key of the text about the choice “other”, and that choice's name."""


@document_rule(
    "ST062",
    severity=Severity.WARNING,
    basis=NATIONAL,
    since="0.1.0",
    advice="Tell in the text what the other one is.",
)
def check(structure: Structure) -> Iterator[Demand]:
    """Ask for the text beside every code that has one."""
    stated = {one.path for one in conditions.for_structure(structure.oid)}
    for field in structure.fields:
        text = structure.field(f"{field.parent}/{TEXT}")
        others = [code.code for code in field.codes if (code.fi or "").lower() == OTHER]
        if others and text is not None and text.path not in stated:
            filled = {"required": [TEXT], "properties": {TEXT: FILLED}}
            schema = {"if": _chosen(field, others), "then": filled}
            yield Demand(leading_to(structure, field.parent, schema), field.parent)


def _chosen(field: Field, others: list[str]) -> dict[str, object]:
    """Return the schema of the groups in which the code for other is chosen."""
    code = {
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"enum": others}},
    }
    value = code if field.maximum == 1 else {"type": "array", "contains": code}
    return {"type": "object", "required": [field.key], "properties": {field.key: value}}
