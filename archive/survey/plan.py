"""The archive formation plan (arkistonmuodostussuunnitelma) from a confirmed survey.

What every client document has in common is said in every row: the register of Act 703/2023,
section 18; secrecy of Act 621/1999, sections 24(1)(25) and 31(2).  A number of a national list
that is not known stays empty.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

import polars as pl

from kirjaamo.archive.retention.model import Order, Regime, Rule, governing
from kirjaamo.archive.retention.results import spans
from kirjaamo.archive.survey.errors import NothingConfirmedError
from kirjaamo.archive.survey.kinds import kind_of
from kirjaamo.archive.survey.model import KEY, LISTS, Row, Survey
from kirjaamo.archive.survey.reading import Found
from kirjaamo.classifications import CodeList, Codes
from kirjaamo.mappings.workbook.sheets import years
from kirjaamo.messages import N_, gettext, language
from kirjaamo.tabular import Sheet, write_workbook

COLUMNS: Final[Mapping[str, str]] = {
    "service_task": N_("Service task"),
    "service_task_name": N_("Name of the service task"),
    "service_process": N_("Service process"),
    "service_process_name": N_("Name of the service process"),
    "document_type": N_("Document type"),
    "document_type_name": N_("Name of the document type"),
    "structure": N_("Structure"),
    "form": N_("Form of archiving"),
    "local": N_("Local types"),
    "records": N_("Records"),
    "years": N_("Years"),
    "register": N_("Register"),
    "secrecy": N_("Secrecy"),
    "secret_for": N_("Secret for"),
    "personal": N_("Personal data"),
    "retention": N_("Retention"),
    "kept": N_("Kept for"),
    "basis": N_("Legal basis of retention"),
    "archived": N_("Archived for good"),
    "state": N_("State"),
    "owner": N_("Confirmed by"),
    "reason": N_("Note"),
}
"""Columns of the plan, and their headings."""

WIDTHS: Final = (
    10, 24, 10, 24, 10, 34, 34, 20, 34, 9, 11, 28, 34, 28, 12, 34, 34, 34, 40, 24, 18, 30,
)  # fmt: skip

REGISTER: Final = N_("client register of social welfare (Act 703/2023, section 18)")
SECRECY: Final = N_("to be kept secret (Act 621/1999, section 24(1)(25))")
SECRET_FOR: Final = N_("50 years from death or, if it is not known, 100 years (section 31)")
STRUCTURED: Final = N_("display form and structured form")
UNSTRUCTURED: Final = N_("display form only")
NOT_BUILT: Final = N_("cannot be archived before the numbers are known")
_STATES: Final = {"approved": N_("confirmed"), "waiting": NOT_BUILT}


def plan(survey: Survey, found: Found, codes: Codes, day: dt.date) -> pl.DataFrame:
    """Return the plan: a row for each national document type, task, process and retention.

    Args:
        survey: The confirmed survey.
        found: The records of the exports, counted into the rows.
        codes: The code lists, for names.
        day: The day that decides which act governs.

    Raises:
        NothingConfirmedError: No kind is confirmed as a client document.
    """
    rows = [row for row in survey.rows if row.outcome in _STATES]
    if not rows:
        raise NothingConfirmedError
    counts = {tuple(str(one[name]) for name in KEY): one for one in found.kinds().to_dicts()}
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(_group(row), []).append(row)
    lists = {name: codes.get(oid) for name, oid in LISTS.items()}
    told = [
        _line(groups[key], [counts.get(row.key, {}) for row in groups[key]], lists, day)
        for key in sorted(groups)
    ]
    schema = {name: pl.Int64 if name == "records" else pl.String for name in COLUMNS}
    return pl.DataFrame(told, schema=schema)


def _group(row: Row) -> tuple[str, ...]:
    return (
        row.service_task or row.service_task_name,
        row.service_process or row.service_process_name,
        row.document_type or row.document_type_name,
        row.structure or "", row.retention, row.outcome,
    )  # fmt: skip


def _line(
    rows: Sequence[Row],
    counts: Sequence[Mapping[str, Any]],
    lists: Mapping[str, CodeList],
    day: dt.date,
) -> dict[str, object]:
    first, act = rows[0], governing(day)
    rule = next((one for one in act.rules if one.name.fi == first.retention), None)
    return {
        **_coded(first, lists),
        "structure": first.structure or "",
        "form": gettext(STRUCTURED if first.structure else UNSTRUCTURED),
        "local": ", ".join(_local(row) for row in rows),
        "records": sum(int(one.get("records", 0)) for one in counts),
        "years": _span(counts),
        "register": gettext(REGISTER),
        "secrecy": gettext(SECRECY), "secret_for": gettext(SECRET_FOR),
        "personal": gettext("yes"),
        **(_kept(rule, act) if rule else {"retention": first.retention}),
        "archived": "; ".join(_orders(act, first, lists)),
        "state": gettext(_STATES[first.outcome]),
        "owner": ", ".join(dict.fromkeys(row.owner for row in rows)),
        "reason": "; ".join(dict.fromkeys(row.reason for row in rows if row.reason)),
    }  # fmt: skip


def _coded(row: Row, lists: Mapping[str, CodeList]) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, known in lists.items():
        code = getattr(row, name)
        shown = known.display(code, language()) if code else getattr(row, f"{name}_name")
        told |= {name: code or "", f"{name}_name": shown or ""}
    return told


def _local(row: Row) -> str:
    names = [name for name in (row.old, row.old_name) if name]
    return f"{row.system}: {' '.join(dict.fromkeys(names)) or gettext(N_('no local type'))}"


def _span(counts: Sequence[Mapping[str, Any]]) -> str:
    told = [one[end] for one in counts for end in ("first", "last") if one.get(end) is not None]
    return years(min(told), max(told)) if told else ""


def _kept(rule: Rule, act: Regime) -> dict[str, str]:
    return {
        "retention": str(rule.name),
        "kept": spans(rule.keep, forever=rule.forever),
        "basis": act.source,
    }


def _orders(act: Regime, row: Row, lists: Mapping[str, CodeList]) -> Iterator[str]:
    """Yield what of these documents is archived for good, and who ordered it."""
    task = row.service_task_name
    if row.service_task:
        task = lists["service_task"].display(row.service_task, "fi") or ""
    kind = kind_of(row.document_type, row.table)
    for order in act.orders:
        of_task = not order.tasks or task in order.tasks
        if of_task and (not order.kinds or kind in order.kinds):
            yield _ordered(order)


def _ordered(order: Order) -> str:
    sentence = gettext(N_("{what} ({source}; confidence: {confidence})"))
    return sentence.format(
        what=order.name, source=order.source, confidence=gettext(order.confidence)
    )


def headed(table: pl.DataFrame) -> pl.DataFrame:
    """Return the plan with its headings in the language in use."""
    return table.rename({name: gettext(heading) for name, heading in COLUMNS.items()})


def write(
    stream: BinaryIO, table: pl.DataFrame, left: pl.DataFrame, facts: Mapping[str, str]
) -> None:
    """Write the plan as a workbook: the plan, and the kinds that are not in it yet.

    Args:
        stream: Where the workbook goes.
        table: As `plan` returns it.
        left: As `kirjaamo.archive.survey.progress.remaining` returns it.
        facts: What stands above the plan: whose it is, of which day and edition.
    """
    headings = [gettext(heading) for heading in COLUMNS.values()]
    rest = [gettext(name) for name in left.columns]
    write_workbook(
        stream,
        [
            Sheet(gettext(N_("Plan"))[:31], headings, table.iter_rows(), facts, WIDTHS),
            Sheet(gettext(N_("Not confirmed"))[:31], rest, left.iter_rows()),
        ],
    )
