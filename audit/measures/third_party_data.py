"""Identity codes and telephone numbers in texts."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.audit.texts import PHONE
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.validators.damage.identity_code_in_text import check


@measure(
    "RQ019",
    on=("entry.text", "decision.text"),
    area=Area.STRUCTURE,
    version=1,
    title=N_("Personal data of others in the text"),
    about=N_(
        "The text holds a personal identity code or a telephone number. These belong to the "
        "fields made for them; those of other people do not belong to the client's record."
    ),
    system=N_(
        "Where the system has no field for the contact of a close person, the number ends up "
        "in the text."
    ),
    advice=N_("Move the contact to its field; leave out what concerns other people."),
    source=N_("Act 703/2023, sections 4 and 38; Data Protection Act 1050/2018, section 29"),
    severity=Severity.WARNING,
)  # fmt: skip
def judge(value: pl.Expr) -> pl.Expr:
    """Return whether an identity code or a telephone number stands in the text."""
    code: pl.Expr = check.check(value)
    return code | value.str.contains(PHONE)
