"""Texts copied from another entry about the same client."""

import polars as pl

from kirjaamo.audit.copies import Copies, Whose
from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting


@measure(
    "RQ012",
    on="entry.text",
    area=Area.CONTENT,
    version=1,
    title=N_("Copied from an earlier entry of the client"),
    about=N_(
        "The text of an entry is nearly the same as that of another entry about the same "
        "client. Judged are texts of some length."
    ),
    system=N_(
        "Systems that offer “copy the last entry” or fill in ready-made phrases make copies; "
        "phrases shorter than the limit are not judged."
    ),
    advice=N_("Write what was new this time; refer to the earlier entry by its date."),
    source=N_("Act 703/2023, section 17: necessary and sufficient"),
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
    """Return whether a near copy stands among the entries of the client."""
    del value, client_id  # they say what is needed
    return copies.flags(Whose.SAME_CLIENT, alike, characters)
