"""What the rules of this family share: the coded fields, their lists and the days that matter."""

import datetime as dt

import polars as pl

from kirjaamo import records
from kirjaamo.classifications import CodeList, Codes
from kirjaamo.messages import N_
from kirjaamo.records import Field
from kirjaamo.rules import CannotRun, Place, each

NO_LIST = N_("the code list {list} is not built in; import it with kirjaamo codes import")
NOT_COMPLETE = N_(
    "the code list {list} is not complete; import the official one with kirjaamo codes import"
)

MUNICIPALITY = "1.2.246.537.6.21"
LANGUAGE_OF_SERVICE = "client.language"

SERVICE_TASK_DUTY = dt.date(2021, 1, 1)
"""From this day at the latest every client document shows its service task."""

EVENT = {
    "access_right": "valid_from",
    "decision": "decided",
    "disclosure": "given",
    "document": "authored",
    "entry": "event_time",
    "matter": "opened",
    "relationship": "start",
}
"""Table to the field with the day on which its codes were chosen."""


def is_national(field: Field) -> bool:
    """Return whether a national code list governs *field*."""
    return field.type == "code" and field.code_system not in ("", "local")


NATIONAL = each(is_national)
"""Every field that a national code list governs."""

LISTED = tuple(p for p in NATIONAL if f"{p.table}.{p.field}" != LANGUAGE_OF_SERVICE)
"""The same without the language of service, whose two codes have a rule of their own."""


def with_day(table: str, field: str) -> Place:
    """Return a place whose parameter ``day`` is the day of the table's event."""
    return Place(f"{table}.{field}", day=EVENT[table])


def display_places() -> tuple[Place, ...]:
    """Return a place for every name of a code; its parameter ``code`` is that code."""
    return tuple(
        Place(f"{table.name}.{field.name}", code=field.displays)
        for table in records.tables().values()
        for field in table.fields.values()
        if field.displays
    )


def known_list(codes: Codes, oid: str) -> CodeList:
    """Return the code list *oid*.

    Raises:
        CannotRun: No code of the list is known.
    """
    found = codes.find(oid)
    if found is None or not found.has_codes:
        raise CannotRun(NO_LIST, list=oid)
    return found


def tidied(value: pl.Expr, code_list: CodeList) -> pl.Expr:
    """Return *value* as the list would write it: in capitals and with its zeros."""
    if code_list.oid == MUNICIPALITY:
        return value.str.zfill(3)
    codes = code_list.frame["code"]
    # capitals cost time, and most lists have none
    return value.str.to_uppercase() if (codes != codes.str.to_lowercase()).any() else value


def unknown(value: pl.Expr, code_list: CodeList) -> pl.Expr:
    """Return whether *value* is not in the list, however it is written."""
    return ~code_list.known(value) & ~code_list.known(tidied(value, code_list))
