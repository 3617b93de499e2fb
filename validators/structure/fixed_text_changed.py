"""Fixed text that was changed.

**What it checks.** A field whose text the structure gives word for word holds exactly that
text. A long text is compared by its digest.

**Why it matters.** Such texts tell clients about their rights and about what they sign; another
wording may mean something else.

**Example.** The sentence above the signature ends without its last word.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Kind, Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Refusals, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST011",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Take the text from the structure as it is, without changes.",
)
def check(structure: Structure) -> Iterator[Refusals]:
    """Take the refusals of fixed texts, by the key of each."""
    keys = dict.fromkeys(f.key for f in structure.fields if f.kind is Kind.PHRASE)
    if keys:
        yield Refusals(("format", *(f"{key}/enum" for key in keys)))
