"""Errors that end a command.

A problem *in a record* is a finding, not an error: see `kirjaamo.findings`.
Every error is one class with one sentence: what is wrong, where, and what to do.
A sentence is a message of the catalogue; it names places, never a value of a record.
Rooms with errors of their own keep them in their own ``errors.py``.
"""

from enum import IntEnum
from typing import ClassVar

from kirjaamo.messages import N_, gettext


class ExitCode(IntEnum):
    """How a command ends. The numbers are part of the interface."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    PARTIAL = 3
    CONFLICT = 4
    INTERRUPTED = 130


class KirjaamoError(Exception):
    """Base of every error that is shown as a sentence, without a traceback.

    >>> class NoHouse(KirjaamoError):
    ...     sentence = "There is no house at {place}."
    >>> str(NoHouse(place="Kuopio"))
    'There is no house at Kuopio.'
    """

    sentence: ClassVar[str]
    exit_code: ClassVar[ExitCode] = ExitCode.USAGE

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        """Return the sentence in the language in use."""
        return gettext(self.sentence).format(**self.facts)

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error cross from a worker process to the driver."""
        return (_rebuild, (type(self), self.facts))


def _rebuild(kind: type[KirjaamoError], facts: dict[str, object]) -> KirjaamoError:
    return kind(**facts)


class UnknownNameError(KirjaamoError):
    """A rule, table, list, format or language that was asked for does not exist."""

    sentence = N_("There is no {kind} called “{name}”.{hint}")

    def __init__(self, *, kind: str, name: str, known: tuple[str, ...] = ()) -> None:
        """Keep what was asked for and what there is."""
        super().__init__(kind=kind, name=name, known=known)
        self.known = known

    def __str__(self) -> str:
        """Return the sentence with the nearest known name as a hint."""
        from rapidfuzz import process

        name, known = str(self.facts["name"]), self.known
        near = process.extractOne(name, known, score_cutoff=60) if known else None
        hint = " " + gettext("Did you mean “{near}”?").format(near=near[0]) if near else ""
        return gettext(self.sentence).format(
            kind=gettext(str(self.facts["kind"])), name=name, hint=hint
        )


class SettingsError(KirjaamoError):
    """A settings file, profile or data file cannot be used as it stands."""

    sentence = N_("{file}{line}: {reason}. Correct the file and run the command again.")

    def __init__(self, *, file: object, reason: str, line: int | None = None) -> None:
        """Keep the file, the line when known, and the reason."""
        super().__init__(file=file, reason=reason, line=line)

    def __str__(self) -> str:
        """Return the sentence, with the line when it is known."""
        number = self.facts["line"]
        line = "" if number is None else ", " + gettext("line {line}").format(line=number)
        return gettext(self.sentence).format(
            file=self.facts["file"], line=line, reason=gettext(str(self.facts["reason"]))
        )


class CannotWriteError(KirjaamoError):
    """A file cannot be written: no permission, no space, or no folder."""

    sentence = N_(
        "{path} cannot be written: {reason}. Nothing was left half written; "
        "free space or choose another place with --output."
    )
