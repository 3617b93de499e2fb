"""Texts copied from an entry about another client."""

import polars as pl

from kirjaamo.audit.copies import Copies, Whose
from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting


@measure(
    "RQ013",
    on="entry.text",
    area=Area.CONTENT,
    version=1,
    title=N_("Copied from an entry of another client"),
    about=N_(
        "The text of an entry is nearly the same as that of an entry about another client. "
        "Judged are texts of some length."
    ),
    system=N_(
        "Ready-made phrases of the system and entries about a whole group make the same text "
        "for many clients."
    ),
    advice=N_(
        "Write for this client; a text copied from another may carry that client's matters "
        "with it."
    ),
    source=N_("Act 703/2023, sections 17 and 38"),
    severity=Severity.WARNING,
    settings=(
        Setting(
            "alike", 0.9, N_("Share of common phrases (Jaccard) from which texts are nearly the same"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
        Setting(
            "characters", 200, N_("Characters of the shortest text that is judged"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(
    value: pl.Expr, client_id: pl.Expr, *, copies: Copies, alike: float, characters: int
) -> pl.Series:
    """Return whether a near copy stands among the entries of other clients."""
    del value, client_id  # they say what is needed
    return copies.flags(Whose.OTHER_CLIENT, alike, characters)
