"""The rule table: which role may or must have which right, as a file that the organisation keeps.

Each row allows one right, or requires it.  A right that no row in force allows is outside the
table.  The file is CSV with semicolons, the first sheet of a workbook, or a YAML list of rows.
"""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import polars as pl
import yaml

from kirjaamo.audit.access.errors import TableFormError
from kirjaamo.errors import SettingsError
from kirjaamo.files import why
from kirjaamo.messages import N_, gettext
from kirjaamo.settings import read_yaml
from kirjaamo.tabular import Sheet, write_csv, write_workbook

COLUMNS: Final = {
    "role": N_("Position of the worker as the export writes it; * for every position."),
    "service_task": N_("Number of the service task in 1.2.246.537.6.1221; * for every one."),
    "service_process": N_("Number of the service process in 1.2.246.537.6.1277; empty for every one."),
    "unit": N_("Identifier of the unit; empty for every one."),
    "need": N_("“allowed”, or “required” when the role cannot work without the right."),
    "valid_from": N_("First day of the rule, such as 2026-01-31; empty when it has always held."),
    "valid_to": N_("Last day of the rule; empty while it holds."),
    "basis": N_("Why: the decision or instruction that the rule rests on."),
}  # fmt: skip
"""Column to what stands in it."""

EVERY, ALLOWED, REQUIRED = "*", "allowed", "required"
LARGEST = 20_000_000
"""Bytes of a rule table that is read at all: one of this size has half a million rows."""

SCHEMA: Final = dict.fromkeys(COLUMNS, pl.String) | {
    "valid_from": pl.Date(), "valid_to": pl.Date(), "line": pl.Int64(),
}  # fmt: skip

NO_COLUMN = N_("the header must have the columns {columns}")
NO_ROLE = N_("the row names no role")
NO_TASK = N_("the row names no service task")
NO_NEED = N_("need is neither allowed nor required")
NO_DAY = N_("{column} is no day; write it as 2026-01-31")
ENDS_FIRST = N_("the rule ends before it begins")
NOT_A_TABLE = N_("the file cannot be read as a table")
TOO_LARGE = N_("the file is larger than a rule table can be")


def read(path: Path) -> pl.DataFrame:
    """Return the rows of a rule table, columns of `SCHEMA`; ``line`` is where a row stands.

    Raises:
        TableFormError: The name ends with no form that is read.
        SettingsError: The file is missing, broken, or a row says nothing that can be followed.
    """
    readers = {".csv": _csv, ".xlsx": _xlsx, ".yaml": _yaml, ".yml": _yaml}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise TableFormError(file=path)
    rows = [_row(path, line, cells) for line, cells in reader(path)]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def role(text: pl.Expr) -> pl.Expr:
    """Return positions as they are compared: without case and outer or doubled blanks."""
    return text.str.strip_chars().str.replace_all(r"\s+", " ").str.to_lowercase()


def in_force(table: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """Return the rows in force on a day, with roles as they are compared."""
    began = pl.col("valid_from").fill_null(dt.date.min) <= day
    lasts = pl.col("valid_to").fill_null(dt.date.max) >= day
    return table.filter(began & lasts).with_columns(role(pl.col("role")))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None
    if len(content) > LARGEST:
        raise SettingsError(file=path, reason=TOO_LARGE)
    return content


def _csv(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        rows = pl.read_csv(
            _bytes(path), separator=";", infer_schema=False, encoding="utf8", quote_char='"'
        )
    except pl.exceptions.NoDataError:
        _need(path, ())
    except pl.exceptions.PolarsError:
        raise SettingsError(file=path, reason=NOT_A_TABLE) from None
    _need(path, rows.columns)
    yield from enumerate(rows.iter_rows(named=True), start=2)


def _xlsx(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(_bytes(path)))
        cells = book.get_sheet_by_index(0).to_python()
    except (calamine.CalamineError, OSError, IndexError, ValueError):
        raise SettingsError(file=path, reason=NOT_A_TABLE) from None
    heading = [str(cell).strip() for cell in cells[0]] if cells else []
    _need(path, heading)
    for line, row in enumerate(cells[1:], start=2):
        if any(cell != "" for cell in row):
            yield line, dict(zip(heading, row, strict=False))


def _yaml(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    _bytes(path)
    yield from enumerate(read_yaml(path, list[dict[str, Any]]), start=1)


def _need(path: Path, columns: Sequence[str]) -> None:
    """Refuse a header that lacks a column; only the basis may be missing.

    Raises:
        SettingsError: It does.
    """
    if not set(COLUMNS) - {"basis"} <= set(columns):
        reason = gettext(NO_COLUMN).format(columns=";".join(COLUMNS))
        raise SettingsError(file=path, line=1, reason=reason)


def _row(path: Path, line: int, cells: Mapping[str, object]) -> tuple[object, ...]:
    """Return a row in the order of `SCHEMA`.

    Raises:
        SettingsError: It says nothing that can be followed.
    """
    texts = {name: _text(cells.get(name)) for name in COLUMNS}
    days = {
        name: _day(path, line, name, cells.get(name)) for name in ("valid_from", "valid_to")
    }
    problems = {
        NO_ROLE: not texts["role"],
        NO_TASK: not texts["service_task"],
        NO_NEED: (texts["need"] or ALLOWED) not in {ALLOWED, REQUIRED},
        ENDS_FIRST: (days["valid_from"] or dt.date.min) > (days["valid_to"] or dt.date.max),
    }
    reason = next((reason for reason, wrong in problems.items() if wrong), None)
    if reason:
        raise SettingsError(file=path, line=line, reason=reason)
    whole = texts | {"need": texts["need"] or ALLOWED} | days
    return (*(whole[name] for name in COLUMNS), line)


def _text(cell: object) -> str | None:
    """Return a cell as text, or None; a workbook makes 10.0 of the code 10."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip() or None if cell is not None else None


def _day(path: Path, line: int, name: str, cell: object) -> dt.date | None:
    match cell:
        case dt.datetime():
            return cell.date()
        case dt.date():
            return cell
    text = _text(cell)
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise SettingsError(file=path, line=line, reason=gettext(NO_DAY).format(column=name))


EXAMPLE: Final = (
    ("sosiaalityöntekijä", "10", "", "", REQUIRED, "2026-01-01", "", ""),
    ("sosiaaliohjaaja", "24", "", "", ALLOWED, "2026-01-01", "", ""),
)
"""Rows that show how a table is filled in; the organisation puts its own in their place."""


def write_template(stream: BinaryIO, suffix: str) -> None:
    """Write an empty rule table with two rows that show how it is filled in.

    Args:
        stream: Where it goes.
        suffix: ``.csv``, ``.xlsx`` or ``.yaml``.
    """
    if suffix == ".csv":
        write_csv(stream, pl.DataFrame(list(EXAMPLE), list(COLUMNS), orient="row"))
    elif suffix == ".xlsx":
        facts = {name: gettext(text) for name, text in COLUMNS.items()}
        rules = Sheet(gettext(N_("Rules")), list(COLUMNS), EXAMPLE, widths=(30,) * len(COLUMNS),
                      choices={list(COLUMNS).index("need"): (ALLOWED, REQUIRED)})  # fmt: skip
        write_workbook(
            stream, [rules, Sheet(gettext(N_("Instructions")), facts=facts, widths=(20, 90))]
        )
    else:
        notes = "".join(f"# {name}: {gettext(text)}\n" for name, text in COLUMNS.items())
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in EXAMPLE]
        text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False)
        stream.write((notes + text).encode())
