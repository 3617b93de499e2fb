"""What can be wrong with a source as a whole: one class and one sentence each.

What is wrong *inside a record* is not here: that is a finding of a rule.
"""

from collections.abc import Iterable

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_, gettext
from kirjaamo.sources import limits


def hint(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean “…”?`` for the nearest known name, or nothing."""
    from rapidfuzz import process, utils

    near = process.extractOne(
        name, tuple(known), processor=utils.default_process, score_cutoff=60
    )
    return " " + gettext("Did you mean “{near}”?").format(near=near[0]) if near else ""


def listing(names: Iterable[str], most: int = 20) -> str:
    """Return names as one line: the first ones, and how many more there are."""
    every = list(names)
    more = gettext(" and {count} more").format(count=len(every) - most)
    return ", ".join(every[:most]) + (more if len(every) > most else "")


class SourceError(KirjaamoError):
    """A source cannot be read; every error of this room is one."""

    sentence = N_(
        "{source} cannot be read: {reason}. Check the file and run the command again."
    )


class MissingFileError(SourceError):
    """There is no such file."""

    sentence = N_("{source} does not exist. Check the name and the folder.")


class FolderError(SourceError):
    """A folder stands where a file was expected."""

    sentence = N_("{source} is a folder. Give the name of a file in it.")


class EmptyFileError(SourceError):
    """The file has no content, or no header."""

    sentence = N_("{source} is empty: it has no header row. Export it again from the system.")


class NoPermissionError(SourceError):
    """The file may not be read by this user."""

    sentence = N_("{source} may not be read by this user. Ask for the right to read it.")


class BinaryFileError(SourceError):
    """The file is not text, though its name or profile says so."""

    sentence = N_(
        "{source} is not a text file. If it is a workbook or a database, give it the right "
        "suffix, or set `format` in the profile."
    )


class EncodingError(SourceError):
    """The encoding that the profile declares is plainly not that of the file."""

    sentence = N_(
        "{source} is not {declared}; it looks like {found}. "
        "Correct `encoding` in the profile, or leave it out."
    )


class LineEndError(SourceError):
    """Lines end with a bare carriage return."""

    sentence = N_(
        "{source} ends its lines with a bare carriage return (old Macintosh form). "
        "Save it with line feeds."
    )


class HeaderError(SourceError):
    """The header row cannot be used; base of the header errors."""

    sentence = N_(
        "{source} has no header row. Check `skip_rows` and `header_rows` in the profile."
    )


class DuplicateHeaderError(HeaderError):
    """Two columns have the same header."""

    sentence = N_(
        "{source} has the header “{header}” twice, in columns {first} and {second}. "
        "Rename one of them."
    )


class NamelessColumnError(HeaderError):
    """A column has no header."""

    sentence = N_(
        "{source} has no header in column {position}. Name the column in the header row."
    )


class ReservedHeaderError(HeaderError):
    """A header is a name that Kirjaamo keeps for itself."""

    sentence = N_(
        "{source} has the header “{header}” in column {position}, which is reserved. "
        "Rename the column."
    )


class TooManyColumnsError(HeaderError):
    """More columns than a table can have."""

    sentence = N_("{source} has {columns} columns; at most {limit} can be read.")


class RecordTooLongError(SourceError):
    """A record goes on beyond the limit: mostly a quotation mark that is never closed."""

    sentence = N_(
        "{source}, line {line}: the record is longer than {limit} bytes. A quotation mark on "
        "this line is probably never closed; close it or double it."
    )


class UnclosedQuoteError(SourceError):
    """A quotation mark opens a cell that lasts to the end of the file."""

    sentence = N_(
        "{source}, line {line}: a quotation mark opens a cell that is never closed. "
        "Close it or double it."
    )


class MissingColumnError(SourceError):
    """The profile names a column that the source does not have."""

    sentence = N_("{source} has no column “{column}”, which the profile names.{hint}")

    def __init__(self, *, source: str, column: str, known: tuple[str, ...]) -> None:
        """Keep the column and the headers there are."""
        super().__init__(source=source, column=column, known=known)

    def __str__(self) -> str:
        """Return the sentence with the nearest header."""
        near = hint(str(self.facts["column"]), self.facts["known"])  # type: ignore[arg-type]  # a tuple, see __init__
        return gettext(self.sentence).format(**self.facts, hint=near)


class MissingSheetError(SourceError):
    """The workbook or database has no sheet, table or view of that name."""

    sentence = N_("{source} has no sheet or table “{sheet}”.{hint} It has: {known}.")

    def __init__(self, *, source: str, sheet: str, known: tuple[str, ...]) -> None:
        """Keep the sheet and the names there are."""
        super().__init__(source=source, sheet=sheet, known=known)

    def __str__(self) -> str:
        """Return the sentence with the nearest name and all names."""
        known: tuple[str, ...] = self.facts["known"]  # type: ignore[assignment]  # a tuple, see __init__
        sheet = str(self.facts["sheet"])
        return gettext(self.sentence).format(
            source=self.facts["source"],
            sheet=sheet,
            hint=hint(sheet, known),
            known=listing(known),
        )


class ChooseSheetError(SourceError):
    """Several sheets or tables, and the profile names none."""

    sentence = N_(
        "{source} has several sheets or tables: {known}. Name one in `sheet` in the profile."
    )

    def __init__(self, *, source: str, known: tuple[str, ...]) -> None:
        """Keep the names there are."""
        super().__init__(source=source, known=listing(known))


class MissingRecordsError(SourceError):
    """The path to the records leads nowhere."""

    sentence = N_("{source} has no records at “{path}”. Correct `sheet` in the profile.")


class PasswordError(SourceError):
    """The workbook is locked with a password."""

    sentence = N_("{source} is protected by a password. Save it without the password first.")


class CorruptFileError(SourceError):
    """The file is not what its suffix says, or it is cut short."""

    sentence = N_(
        "{source} is damaged, cut short or not a {kind} file. Export or copy it again."
    )


class BrokenJsonError(SourceError):
    """The JSON text breaks off or is not JSON."""

    sentence = N_("{source}, line {line}: this is not valid JSON. Export the file again.")


class BrokenXmlError(SourceError):
    """The XML text is not well formed."""

    sentence = N_("{source}, line {line}: this is not well-formed XML. Export the file again.")


class DoctypeError(SourceError):
    """The XML document has a DTD, which could hide entities."""

    sentence = N_(
        "{source} has a document type declaration (DTD), which is refused. Remove it."
    )


class TooLargeError(SourceError):
    """The source, or what it unpacks to, is larger than the limit."""

    sentence = N_(
        "{source} is too large, or unpacks to too much: more than {limit} {unit}. "
        "Divide it into smaller files."
    )

    def __init__(
        self, *, source: str, limit: int = limits.UNPACKED, unit: str = N_("bytes")
    ) -> None:
        """Keep the limit and what it counts."""
        super().__init__(source=source, limit=limit, unit=unit)

    def __str__(self) -> str:
        """Return the sentence with the unit in the language in use."""
        facts = self.facts | {"unit": gettext(str(self.facts["unit"]))}
        return gettext(self.sentence).format(**facts)


class DatabaseError(SourceError):
    """The database cannot be used; base of the database errors."""

    sentence = N_("The database {source} cannot be read: {reason}.")


class UnreachableDatabaseError(DatabaseError):
    """No answer from the database server, or no such database."""

    sentence = N_(
        "The database {source} cannot be reached. Check the address, and that the server runs."
    )


class DatabaseLoginError(DatabaseError):
    """The database server refuses the user name or the password."""

    sentence = N_("The database {source} refuses the user name or the password.")


class DatabaseUrlError(DatabaseError):
    """The text is not a database URL, or its driver is not installed."""

    sentence = N_(
        "The database {source} cannot be opened: write its URL as sqlite:///FILE or "
        "postgresql://USER@HOST/NAME, and install the extra “postgres” for the latter."
    )


class NoProfileError(SourceError):
    """No part of any profile fits the file."""

    sentence = N_(
        "No profile fits {source}. The profiles read: {known}. "
        "Correct `files` in a profile, or write a new one."
    )

    def __init__(self, *, source: str, known: tuple[str, ...]) -> None:
        """Keep the patterns of the profiles."""
        super().__init__(source=source, known=listing(known) or "-")


class SeveralProfilesError(SourceError):
    """More than one profile fits the file."""

    sentence = N_("Several profiles fit {source}: {known}. Name the one you mean.")

    def __init__(self, *, source: str, known: tuple[str, ...]) -> None:
        """Keep the systems of the profiles."""
        super().__init__(source=source, known=listing(known))
