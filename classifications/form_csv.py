"""Code lists as CSV: our own columns, or a person's own header names given for them."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from kirjaamo.classifications.codelist import SCHEMA
from kirjaamo.classifications.concept import Concept, Export
from kirjaamo.classifications.errors import CannotImportError
from kirjaamo.messages import N_, gettext

FIELDS = tuple(SCHEMA)
_DELIMITERS = ",;\t"


def read(path: Path, content: bytes, columns: Mapping[str, str]) -> Export:
    """Return the codes of a CSV file; *columns* is field to header where they differ."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotImportError(file=path, reason=N_("the file is not UTF-8 text")) from None
    header_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        places = header(next(reader, []), columns, path)
        rows = (_concept(cells, places, reader.line_num, path) for cells in reader if cells)
        found = tuple(rows)
    except csv.Error:
        place = gettext("line {line}").format(line=reader.line_num)
        reason = N_("quotation marks or line breaks are broken here")
        raise CannotImportError(file=path, place=place, reason=reason) from None
    return Export(found, file=path)


def header(cells: list[str], columns: Mapping[str, str], path: Path) -> dict[str, int]:
    """Return field to column number; at least the column of the codes must be there."""
    names = [cell.strip() for cell in cells]
    wanted = {name: columns.get(name, name) for name in FIELDS}
    absent = [wanted[name] for name in FIELDS if wanted[name] not in names]
    must = [name for name in absent if name in columns.values() or name == wanted["code"]]
    if must:
        reason = N_("the first row has no column “{column}”; name yours with --column")
        raise CannotImportError(file=path, reason=reason, column=must[0])
    return {name: names.index(wanted[name]) for name in FIELDS if wanted[name] in names}


def _concept(cells: list[str], places: Mapping[str, int], line: int, path: Path) -> Concept:
    place = gettext("line {line}").format(line=line)
    if len(cells) <= max(places.values()):
        reason = N_("the row has fewer columns than the first row")
        raise CannotImportError(file=path, place=place, reason=reason)
    facts = {name: cells[number] for name, number in places.items()}
    return concept(facts, place)


def concept(facts: Mapping[str, str], place: str) -> Concept:
    """Return a row of a table as a concept; what is not stated is taken as official."""
    return Concept(
        code=facts["code"],
        place=place,
        name_fi=facts.get("name_fi", ""),
        name_sv=facts.get("name_sv", ""),
        parent=facts.get("parent", ""),
        valid_from=facts.get("valid_from", ""),
        valid_to=facts.get("valid_to", ""),
        status=(facts.get("status") or "active").lower(),
        confidence=facts.get("confidence") or "confirmed",
        source=facts.get("source", ""),
    )
