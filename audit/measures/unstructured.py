"""Records without a national structure."""

import datetime as dt

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Place, Setting


@measure(
    "RQ002",
    on=(Place("entry.structure", day="event_time"), Place("document.structure", day="authored")),
    area=Area.CONTENT,
    version=1,
    title=N_("Without a structure"),
    about=N_(
        "A document or entry made since a day names no national document structure, so that "
        "its content is free text only."
    ),
    system=N_(
        "A system that knows no structures leaves every record without one: then nobody is "
        "blamed and the record is not judged."
    ),
    advice=N_("Choose the form for the document type before writing."),
    source=N_("Act 703/2023, section 19, and the national document structures"),
    severity=Severity.WARNING,
    settings=(
        Setting(
            "since", "2025-01-01", N_("First day from which a structure is expected"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, day: pl.Expr, *, since: str) -> pl.Expr:
    """Return whether a record of the new time has no structure."""
    return pl.when(day.dt.date() >= dt.date.fromisoformat(since)).then(value.is_null())
