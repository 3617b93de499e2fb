"""What can be wrong with a mapping or a mapping workbook, one class each."""

from collections.abc import Sequence

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.mappings.consistency import Problem
from kirjaamo.messages import N_, gettext


class CrosswalkError(KirjaamoError):
    """A mapping contradicts itself, or says too little to be used."""

    sentence = N_(
        "{mapping}, {place}: {reason}. Correct the mapping and run the command again."
    )

    def __init__(self, *, mapping: object, row: int, reason: str) -> None:
        """Keep the file or name of the mapping, the row counted from 1, and the reason."""
        super().__init__(mapping=mapping, row=row, reason=reason)

    def __str__(self) -> str:
        """Return the sentence with its place and reason in the language in use."""
        return gettext(self.sentence).format(
            mapping=self.facts["mapping"],
            place=gettext("row {row}").format(row=self.facts["row"]),
            reason=gettext(str(self.facts["reason"])),
        )


class OtherListError(KirjaamoError):
    """A mapping of the workspace has the name of a mapping between other lists."""

    sentence = N_(
        "{file} maps other lists than the mapping “{name}” that it would override. "
        "Correct `source` and `target`, or give the file another name."
    )


class UnreadableWorkbookError(KirjaamoError):
    """A file is not a mapping workbook that can be read."""

    sentence = N_("{file} cannot be read as a mapping workbook: {reason}. Nothing was changed.")

    def __str__(self) -> str:
        """Return the sentence with its reason in the language in use."""
        reason = gettext(str(self.facts["reason"])).format(**self.facts)
        return gettext(self.sentence).format(file=self.facts["file"], reason=reason)


class WorkbookRefusedError(KirjaamoError):
    """A mapping workbook is inconsistent; every place is named, and nothing is written."""

    sentence = N_(
        "{file} was not imported, and nothing was changed. Correct these places in the "
        "workbook and import it again:"
    )

    def __init__(self, *, file: object, problems: Sequence[tuple[str, str, str]]) -> None:
        """Keep the file, and sheet, cell and reason of every problem."""
        super().__init__(file=file, problems=tuple(problems))

    def __str__(self) -> str:
        """Return the sentence, and one line for every problem."""
        problems: tuple[tuple[str, str, str], ...] = self.facts["problems"]  # type: ignore[assignment]  # see __init__
        lines = [f"  {place(sheet, cell)}: {gettext(why)}" for sheet, cell, why in problems]
        return "\n".join([gettext(self.sentence).format(file=self.facts["file"]), *lines])


class ChangedMappingError(KirjaamoError):
    """The mapping is no longer what it was when the workbook was made."""

    sentence = N_(
        "The mapping “{name}” has changed since {file} was made, so that importing it would "
        "undo work. Nothing was changed; make a new workbook with “kirjaamo map workbook” and "
        "move your decisions to it."
    )
    exit_code = ExitCode.CONFLICT


def place(sheet: str, cell: str) -> str:
    """Return sheet and cell as Excel writes them.

    >>> place("a_service_task", "C7"), place("A 1", ""), place("", "")
    ('a_service_task!C7', "'A 1'", '')
    """
    named = f"'{sheet}'" if " " in sheet else sheet
    return f"{named}!{cell}" if cell else named


def refuse(mapping: object, problems: Sequence[Problem]) -> None:
    """Raise the first of *problems*, if there is any.

    Raises:
        CrosswalkError: There is one.
    """
    if problems:
        first = problems[0]
        raise CrosswalkError(mapping=mapping, row=first.row + 1, reason=first.reason)
