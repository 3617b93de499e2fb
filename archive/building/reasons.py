"""Why a document is held."""

from typing import Final, NamedTuple

from kirjaamo.messages import N_

REASONS: Final = {
    "missing": N_("nothing tells it"),
    "unknown-code": N_("its code is not in the list as far as it is known"),
    "uncertain-code": N_(
        "its code is not known for sure; check it and name the list in checked"
    ),
    "no-name": N_("the name of its code is not known"),
    "form": N_("it has not the form that is needed"),
    "illegal": N_("it has a character that XML does not allow"),
    "no-time": N_("only a day is known, and no setting tells the time of day"),
    "unknown-structure": N_("the structure is not known"),
    "expired-structure": N_("the structure was no longer in force when the document was made"),
    "other-structure": N_("the body does not follow the structure"),
    "damaged": N_("the body cannot be read"),
    "too-large": N_("the document is too large"),
    "no-file": N_("there is no file"),
    "file-twice": N_("the identifier stands twice"),
    "pdf-broken": N_("the PDF cannot be read"),
    "pdf-no-claim": N_("the PDF does not claim to be PDF/A"),
    "pdf-refused": N_("veraPDF says that it is no PDF/A"),
    "pdf-not-judged": N_("veraPDF did not come to an end"),
    "rule": N_("the built document breaks a rule"),
}
"""Why a document is held: word to sentence."""


class Fault(NamedTuple):
    """What holds a document.

    Attributes:
        field: The metadata field, or the rule that a built document breaks.
        reason: A word of `REASONS`.
    """

    field: str
    reason: str


class CannotWrite(Exception):  # noqa: N818 - becomes a fault
    """A value cannot be written; holds a word of `REASONS`."""
