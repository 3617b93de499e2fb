"""What data care refuses."""

from collections.abc import Sequence

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_, gettext


class RuleFileError(KirjaamoError):
    """A file of closure rules cannot be used."""

    sentence = N_("{file}, rule “{rule}”: {reason}.")

    def __str__(self) -> str:
        """Return the sentence with the reason in the language in use."""
        facts = dict(self.facts)
        reason = gettext(str(facts.pop("reason"))).format(**facts)
        return gettext(self.sentence).format(**facts, reason=reason)


class ClosesMostError(KirjaamoError):
    """Rules would close more of what is open than the settings allow without asking."""

    sentence = N_(
        "The rules would close {closed} of {open} open records, more than the share that the "
        "settings allow ({most}). Look at “kirjaamo care simulate”, and give --most if it is "
        "meant so."
    )


class NothingAdoptedError(KirjaamoError):
    """A worklist was asked for, and no rule has been adopted."""

    sentence = N_(
        "No closure rule has been adopted. Simulate the proposed ones, set the status of those "
        "that your organisation has decided on to “adopted”, or name a rule with --rule."
    )


class NothingToCareForError(KirjaamoError):
    """The sources hold neither relationships nor matters."""

    sentence = N_(
        "The sources hold no client relationships and no matters. Give an export that has them."
    )


class WorklistError(KirjaamoError):
    """A worklist that came back cannot be used as a whole."""

    sentence = N_(
        "{file} cannot be imported. Nothing was changed; correct these places and import it again:"
    )

    def __init__(self, *, file: object, problems: Sequence[tuple[str, str]]) -> None:
        """Keep the places, as sheet and cell, with their reasons."""
        super().__init__(file=file, problems=tuple(problems))

    def __str__(self) -> str:
        """Return the sentence, and one line for every place."""
        problems: tuple[tuple[str, str], ...] = self.facts["problems"]  # type: ignore[assignment]  # see __init__
        lines = [f"  {place}: {gettext(why)}" for place, why in problems]
        return "\n".join([gettext(self.sentence).format(file=self.facts["file"]), *lines])


class NotAWorklistError(KirjaamoError):
    """A file is no worklist that this version has made."""

    sentence = N_(
        "{file} is no worklist: it lacks the sheet or the columns of one. Import a file that "
        "“kirjaamo care worklist” has made."
    )


class ChangedRecordError(KirjaamoError):
    """Records have changed since the worklist was made."""

    sentence = N_(
        "{many} records have changed or gone since the worklist was made, the first at {place}. "
        "Nothing was written; make a new worklist of the new export."
    )
    exit_code = ExitCode.CONFLICT


class NothingDecidedError(KirjaamoError):
    """There is no decision to make a correction of."""

    sentence = N_("No record is to be closed, so that there is nothing to correct.")


class CannotCorrectError(KirjaamoError):
    """A system's own form cannot hold a correction."""

    sentence = N_(
        "{system} cannot take the correction of {field}: its profile maps no column for it, or "
        "would not read back what was written. Nothing was written."
    )


class CalendarError(KirjaamoError):
    """A task of the year clock cannot be used."""

    sentence = N_("{file}, task “{task}”: {reason}.")

    def __str__(self) -> str:
        """Return the sentence with the reason in the language in use."""
        facts = {**self.facts, "reason": gettext(str(self.facts["reason"]))}
        return gettext(self.sentence).format(**facts)
