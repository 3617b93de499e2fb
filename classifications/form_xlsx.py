"""Code lists as Excel workbooks: the first sheet, a header row, one code a row.

A number is read as the person sees it: 49 shown as ``049`` stays ``049``.  Fast readers
drop such zeros, hence openpyxl.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirjaamo.classifications.concept import LIMIT, Concept, Export
from kirjaamo.classifications.errors import CannotImportError
from kirjaamo.classifications.form_csv import concept, header
from kirjaamo.messages import N_

_ZEROS = re.compile(r"0+")
_HEAD = 512  # a document type declaration stands at the start of a part


def read(path: Path, content: bytes, columns: Mapping[str, str]) -> Export:
    """Return the codes of a workbook; *columns* is field to header where they differ."""
    import openpyxl

    _refuse_dangerous(path, content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [list(row) for row in sheet.iter_rows()]
    except (KeyError, ValueError, IndexError, OSError, SyntaxError):
        # What openpyxl lets through when parts of a workbook are missing or broken.
        raise _broken(path) from None
    names = [_text(cell, path, "") for cell in rows[0]] if rows else []
    places = header(names, columns, path)
    found = [_concept(row, places, path, sheet.title) for row in rows[1:]]
    return Export(tuple(c for c in found if c is not None), file=path)


def _concept(
    row: list[Any], places: Mapping[str, int], path: Path, sheet: str
) -> Concept | None:
    if all(cell.value is None for cell in row):
        return None
    facts = {
        name: _text(row[n], path, sheet) if n < len(row) else "" for name, n in places.items()
    }
    first = next(cell for cell in row if cell.value is not None)
    return concept(facts, f"{sheet}!{first.row}")


def _text(cell: Any, path: Path, sheet: str) -> str:  # noqa: ANN401 - openpyxl has three kinds of cell
    match cell.value:
        case None:
            return ""
        case str() if cell.data_type != "e":
            return cell.value.strip()
        case dt.datetime():
            return str(cell.value.date().isoformat())
        case bool():
            pass
        case int() | float() if cell.value == int(cell.value):
            width = len(cell.number_format) if _ZEROS.fullmatch(cell.number_format) else 0
            return str(int(cell.value)).zfill(width)
    reason = N_("the cell holds neither text, a whole number nor a date")
    raise CannotImportError(file=path, place=f"{sheet}!{cell.coordinate}", reason=reason)


def _refuse_dangerous(path: Path, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LIMIT:
                raise CannotImportError(file=path, reason=N_("it is too large for a code list"))
            for part in archive.infolist():
                with archive.open(part) as stream:
                    if part.filename.endswith((".xml", ".rels")) and _declares(
                        stream.read(_HEAD)
                    ):
                        reason = N_("it has a document type declaration, which is not allowed")
                        raise CannotImportError(file=path, reason=reason)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise _broken(path) from None


def _declares(head: bytes) -> bool:
    """Tell whether a part begins with a document type declaration, also as UTF-16."""
    return b"<!DOCTYPE" in head.replace(b"\0", b"").upper()


def _broken(path: Path) -> CannotImportError:
    return CannotImportError(file=path, reason=N_("it is not a whole Excel workbook (.xlsx)"))
