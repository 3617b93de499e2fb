"""From a canonical value to the value of a field of a national structure, kind by kind."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Field, Kind, SystemCheck
from kirjaamo.mappings.recordmaps.computing import Make, finnish, moment
from kirjaamo.mappings.recordmaps.model import Case

Shape = Callable[[Any, Case], Any]
"""Gives the value of a field, None where the canonical value cannot be one."""

IDENTITY_CODES = "1.2.246.21"

LANGUAGE = "fi"
"""The language of the names of codes in the documents."""


def shape(field: Field, codes: Codes, display: Make | None = None) -> Shape:
    """Return what shapes values for *field*.

    Args:
        field: A field that is no group.
        codes: The code lists: the names of codes.
        display: Gives the name that the old record has for a code, where the list has none.
    """
    match field.kind:
        case Kind.CODE:
            return _code(field, codes, display)
        case Kind.DATE:
            return _date
        case Kind.DATETIME:
            return _moment
        case Kind.IDENTIFIER:
            return _identifier(field)
        case Kind.TEXT | Kind.NAME | Kind.SIGNATURE | Kind.PHRASE:
            return _text
        case _:
            return lambda value, _: value


def text(value: Any) -> str | None:  # noqa: ANN401 - any canonical value
    """Return a value as text: days in the Finnish form, blank text as none.

    >>> text(dt.date(2025, 7, 1)), text("  ")
    ('1.7.2025', None)
    """
    if isinstance(value, dt.date):
        return finnish(value)
    found = str(value)
    return found if found and not found.isspace() else None


def _text(value: Any, _: Case) -> str | None:  # noqa: ANN401 - any canonical value
    if type(value) is str and not value.isspace():
        return value
    return text(value)


def _date(value: Any, _: Case) -> str | None:  # noqa: ANN401 - any canonical value
    if type(value) is dt.date:
        return value.isoformat()
    return value.isoformat()[:10] if isinstance(value, dt.date) else None


def _moment(value: Any, _: Case) -> str | None:  # noqa: ANN401 - any canonical value
    if isinstance(value, dt.datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, dt.date) else None


def _identifier(field: Field) -> Shape:
    fixed = {"system": f"urn:oid:{field.system}"} if field.system == IDENTITY_CODES else {}
    return lambda value, _: {**fixed, "value": str(value)}


def _code(field: Field, codes: Codes, display: Make | None) -> Shape:
    system = _system(field)
    names = _names(field, codes)

    def make(value: Any, case: Case) -> dict[str, str] | None:  # noqa: ANN401 - any canonical value
        if isinstance(value, dict):
            return value
        code = str(value)
        name = names.get(code) or (display(case) if display else None)
        return {"system": system, "code": code, "display": name} if name else None

    return make


def _system(field: Field) -> str:
    if field.system_check is SystemCheck.PATTERN:
        return f"urn:oid:{field.system}"
    return field.system or ""


def _names(field: Field, codes: Codes) -> dict[str, str]:
    """Return the names of the codes that a field may have, as far as they are known."""
    found = codes.find(field.system or "")
    rows = found.frame.sort("valid_from", nulls_last=False) if found else None
    listed = rows.select("code", "name_fi").iter_rows() if rows is not None else ()
    names = {str(code): str(name) for code, name in listed if name}
    return names | {code.code: code.fi for code in field.codes if code.fi}
