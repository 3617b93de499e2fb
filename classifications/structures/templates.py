"""Empty documents of a structure: to type into, to fill in on paper, or in a workbook."""

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import xlsxwriter

from kirjaamo.classifications.structures.model import (
    KIND_NAMES,
    Field,
    Kind,
    Structure,
    SystemCheck,
)
from kirjaamo.messages import N_, gettext

HEADERS = (
    N_("Field"), N_("Path"), N_("Kind"), N_("Occurs"), N_("Code system"), N_("Mandatory"),
    N_("Value"),
)  # fmt: skip
WIDTHS = (48, 60, 14, 8, 24, 12, 60)


def as_json(structure: Structure) -> bytes:
    """Return a document with every field once and every value empty."""
    document = {structure.root: _group(structure, structure.root)}
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def _group(structure: Structure, path: str) -> dict[str, Any]:
    return {field.key: _empty(structure, field) for field in structure.inside(path)}


def _empty(structure: Structure, field: Field) -> object:
    one = _group(structure, field.path) if field.is_group else _value(field)
    return one if field.maximum == 1 else [one]


def _value(field: Field) -> object:
    match field.kind:
        case Kind.CODE:
            return {"system": _system(field), "code": "", "display": ""}
        case Kind.IDENTIFIER:
            urn = {"system": f"urn:oid:{field.system}"} if field.system else {}
            return urn | {"value": ""}
        case Kind.AMOUNT | Kind.MEASURE | Kind.PERCENT:
            return {"value": None, "code": ""}
        case Kind.BOOLEAN | Kind.NUMBER | Kind.COUNT:
            return None
        case _:
            return field.fixed or ""


def _system(field: Field) -> str:
    if field.system is None or field.system_check is SystemCheck.EXACT:
        return field.system or ""
    return f"urn:oid:{field.system}"


def as_text(structure: Structure) -> bytes:
    """Return a form for reading and for paper: one line for each field."""
    head = [str(structure.name), structure.oid, ""]
    return "\n".join([*head, *(_line(field) for field in structure.fields), ""]).encode()


def _line(field: Field) -> str:
    indent = "  " * (field.depth - 1)
    if field.is_group:
        return f"{indent}{field.name} ({field.occurs})"
    kind = gettext(KIND_NAMES[field.kind])
    choices = "; ".join(str(code) for code in field.codes)
    told = f"{kind}: {choices}" if choices else kind
    return f"{indent}{field.name} ({field.occurs}, {told}): {field.fixed or '____'}"


def as_xlsx(structure: Structure) -> bytes:
    """Return a workbook with one row for each field and lists of codes to choose from."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        created = dt.datetime.combine(structure.valid_from, dt.time())
        book.set_properties({"title": str(structure.name), "created": created})
        form, lists = (
            book.add_worksheet(_sheet(gettext("Document"))),
            book.add_worksheet("codes"),
        )
        lists.hide()
        _head(book, form, structure)
        for row, field in enumerate(structure.fields, start=3):
            _row(book, form, row, field)
            _choices(form, lists, row, field)
    return stream.getvalue()


def _sheet(name: str) -> str:
    return name[:31]


def _head(book: Any, form: Any, structure: Structure) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    form.write_string(
        0, 0, str(structure.name), book.add_format({"bold": True, "font_size": 14})
    )
    form.write_string(1, 0, structure.oid)
    title = book.add_format({"bold": True, "bottom": 1})
    for column, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        form.write_string(2, column, gettext(header), title)
        form.set_column(column, column, width)
    form.freeze_panes(3, 1)


def _row(book: Any, form: Any, row: int, field: Field) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    look = {"indent": min(field.depth - 1, 15), "bold": field.is_group, "text_wrap": True}
    form.write_string(row, 0, str(field.name), book.add_format(look))
    for column, text in enumerate(_cells(field), start=1):
        form.write_string(row, column, text)
    value = book.add_format({"num_format": "@", "text_wrap": True, "bg_color": "#FFF8DC"})
    if not field.is_group:
        form.write_string(row, len(HEADERS) - 1, field.fixed or "", value)


def _cells(field: Field) -> Iterator[str]:
    yield field.path
    yield gettext(KIND_NAMES[field.kind])
    yield field.occurs
    yield field.system or ""
    yield mandatory(field)


def mandatory(field: Field) -> str:
    """Return whether a field must be filled in: yes, under a condition, or nothing."""
    if field.minimum:
        return gettext("yes")
    return gettext("under a condition") if field.conditional else ""


def _choices(form: Any, lists: Any, row: int, field: Field) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    """Offer the codes of a field; they stand in a hidden sheet, for a cell takes 255 letters."""
    if not field.codes:
        return
    for column, code in enumerate(field.codes):
        lists.write_string(row, column, str(code))
    last = xlsxwriter.utility.xl_col_to_name(len(field.codes) - 1)
    source = f"=codes!$A${row + 1}:${last}${row + 1}"
    kind = "information" if field.open else "stop"
    form.data_validation(
        row,
        len(HEADERS) - 1,
        row,
        len(HEADERS) - 1,
        {"validate": "list", "source": source, "error_type": kind},
    )


FORMATS: Mapping[str, Callable[[Structure], bytes]] = {
    "json": as_json,
    "text": as_text,
    "xlsx": as_xlsx,
}
"""Name of a format to what makes it."""
