"""Source profiles: how one system's export becomes canonical tables, as data.

A profile is a YAML file; the shipped ones stand in ``samples/profiles`` and a workspace's own in
``<workspace>/profiles``.  It also says what the system cannot record, so that a gap
is blamed on the system and not on a person.
"""

import re
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from kirjaamo import records
from kirjaamo.errors import SettingsError
from kirjaamo.messages import N_
from kirjaamo.settings import read_yaml


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a field's value comes from.

    Attributes:
        column: Header of the column in the source.
        constant: A value that every row has, instead of a column.
        form: ``strptime`` form of a date, when it differs from the profile's forms.
        values: Local code to canonical value; other codes are *local codes without mapping*.
        separator: What stands between the items of a list.
    """

    column: str = ""
    constant: str = ""
    form: str = ""
    values: dict[str, str] = msgspec.field(default_factory=dict)
    separator: str = ""


class Amounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a ledger writes its amounts, where the column of ``amount`` does not say it all.

    Attributes:
        debit: Header of the column of debits, beside one of credits.
        credit: Header of the column of credits.
        side: Header of the column that tells debit from credit, beside an amount without sign.
        debit_words: What stands there for debit.
        credit_words: What stands there for credit.
        euros: What one of the source is in euros: 1 or 1000.
        running: Whether an amount is of its period alone, or runs from the start of the year.
        opening: What stands in the column of the period for the opening balance.
        subtotal: Pattern of the account of a row that sums others, with one group: how the
            accounts that it sums begin.
    """

    debit: str = ""
    credit: str = ""
    side: str = ""
    debit_words: tuple[str, ...] = ("D", "DEBET", "DEBIT")
    credit_words: tuple[str, ...] = ("K", "C", "KREDIT", "CREDIT")
    euros: Literal[1, 1000] = 1
    running: Literal["period", "cumulative"] = "period"
    opening: tuple[str, ...] = ()
    subtotal: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the headers that are needed beside those of the fields."""
        return tuple(name for name in (self.debit, self.credit, self.side) if name)


class TableMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which columns become the fields of one canonical table.

    Attributes:
        fields: Field to column header, or to a `Column`.
        one_per: Field that identifies a row where the source repeats it on many rows; table
            rules then see the first row of each.
        amounts: How the amounts of a ledger are written.
    """

    fields: dict[str, str | Column]
    one_per: str = ""
    amounts: Amounts = Amounts()

    def column(self, field: str) -> Column:
        """Return the column of *field*."""
        found = self.fields[field]
        return Column(column=found) if isinstance(found, str) else found

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the headers that the source must have, in the order of the profile."""
        named = (self.column(field).column for field in self.fields)
        return tuple(dict.fromkeys(name for name in (*named, *self.amounts.columns) if name))


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file, sheet or database table of a system, and the tables it holds.

    Attributes:
        files: Pattern of the file name (``*`` and ``?``); for a database, of the URL's last part.
        tables: Canonical table to its map.
        format: Name of a format in ``FORMATS``; otherwise the file's suffix decides.
        sheet: Sheet (xlsx, ods), table or view (sql), or ``/``-path to the records (json, xml).
        encoding: Encoding; otherwise it is found.
        delimiter: Delimiter; otherwise it is found.
        header_rows: How many rows the header takes (merged cells); their texts are joined.
        skip_rows: How many rows stand above the header.
    """

    files: str
    tables: dict[str, TableMap]
    format: str = ""
    sheet: str = ""
    encoding: str = ""
    delimiter: Annotated[str, msgspec.Meta(pattern=r'^[^"\r\n]?$')] = ""
    header_rows: Annotated[int, msgspec.Meta(ge=1, le=10)] = 1
    skip_rows: Annotated[int, msgspec.Meta(ge=0)] = 0


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the system writes values; the first form that fits is taken.

    Attributes:
        date: ``strptime`` forms of dates.
        datetime: ``strptime`` forms of dates with a time.
        decimal: ``comma`` or ``point``.
        true: Words for true.
        false: Words for false.
        empty: Words that mean "no value".
        separator: What stands between the items of a list.
    """

    date: tuple[str, ...] = ("%Y-%m-%d", "%d.%m.%Y")
    datetime: tuple[str, ...] = (
        "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
        "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%Y-%m-%d", "%d.%m.%Y",
    )  # fmt: skip
    decimal: Literal["comma", "point"] = "comma"
    true: tuple[str, ...] = ("1", "true", "K", "k", "kyllä", "X", "x")
    false: tuple[str, ...] = ("0", "false", "E", "e", "ei")
    empty: tuple[str, ...] = ()
    separator: str = ","


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields that the system cannot record, and why.

    Attributes:
        fields: ``table.field`` names.
        reason: Why, in the three languages.
    """

    fields: tuple[str, ...]
    reason: records.Label


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one system's export becomes canonical tables.

    Attributes:
        system: Name of the system.
        label: What people call it.
        parts: Its files, sheets and tables.
        forms: How it writes values.
        limits: What it cannot record.
        workers_of: Systems in whose records its ids of workers mean the same people; a staff
            list names them.
    """

    system: str
    label: records.Label
    parts: tuple[Part, ...]
    forms: Forms = Forms()
    limits: tuple[Limit, ...] = ()
    workers_of: tuple[str, ...] = ()

    def cannot_record(self) -> frozenset[str]:
        """Return the ``table.field`` names that the system cannot record."""
        return frozenset(field for limit in self.limits for field in limit.fields)


def read(path: Path | Traversable, model: dict[str, records.Table] | None = None) -> Profile:
    """Return the profile of a YAML file, checked against the record model.

    Raises:
        SettingsError: Broken YAML, an unknown key, or a table or field that does not exist.
    """
    profile = read_yaml(path, Profile)
    known = model or records.tables()
    for part in profile.parts:
        for table, mapped in part.tables.items():
            wrong = table if table not in known else _unknown(known[table], mapped)
            if wrong:
                raise SettingsError(file=path, reason=f"the record model has no “{wrong}”")
            if not _is_pattern(mapped.amounts.subtotal):
                reason = N_("“subtotal” must be a pattern with one group")
                raise SettingsError(file=path, reason=reason)
    return profile


def _unknown(table: records.Table, mapped: TableMap) -> str:
    wanted = [*mapped.fields, *([mapped.one_per] if mapped.one_per else [])]
    return next((f"{table.name}.{name}" for name in wanted if name not in table.fields), "")


def _is_pattern(text: str) -> bool:
    """Tell whether a text is empty or a regular expression with one group."""
    try:
        return not text or re.compile(text).groups == 1
    except re.error:
        return False
