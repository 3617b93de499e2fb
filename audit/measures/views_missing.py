"""Longer entries in which only one party's view is told."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.audit.texts import CLIENTS_VIEW, WORKERS_VIEW, begins, plain, words
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting


@measure(
    "RQ004",
    on="entry.text",
    area=Area.STRUCTURE,
    version=1,
    title=N_("View of the client or of the worker missing"),
    about=N_(
        "A longer entry shows no sign of the client's own view, or none of the worker's. Signs "
        "are words such as “kertoi”, “toivoo”, “arvioi”, “havaittu”; shorter entries are not "
        "judged."
    ),
    system=N_("Where the views have fields of their own, the text need not repeat them."),
    advice=N_("Tell what the client says and what you yourself saw and concluded, apart."),
    source=N_("Act 703/2023, section 42; the list of signs is Kirjaamo's own"),
    severity=Severity.NOTE,
    settings=(
        Setting(
            "at_least", 30, N_("Words from which an entry is judged"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, *, at_least: int) -> pl.Expr:
    """Return whether a view is missing; null for shorter entries."""
    text = plain(value)
    both = begins(text, CLIENTS_VIEW) & begins(text, WORKERS_VIEW)
    return pl.when(words(value) >= at_least).then(~both)
