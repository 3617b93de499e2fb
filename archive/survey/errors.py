"""What can be wrong with a survey or its workbook, one class each."""

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.mappings.errors import UnreadableWorkbookError
from kirjaamo.messages import N_


class UnreadableSurveyError(UnreadableWorkbookError):
    """A file is not a survey workbook that can be read."""

    sentence = N_("{file} cannot be read as a survey workbook: {reason}. Nothing was changed.")


class ChangedSurveyError(KirjaamoError):
    """The survey is no longer what it was when the workbook was made."""

    sentence = N_(
        "The survey has changed since {file} was made, so that importing it would undo work. "
        "Nothing was changed; make a new workbook with “kirjaamo survey workbook” and move your "
        "decisions to it."
    )
    exit_code = ExitCode.CONFLICT


class NoDocumentsError(KirjaamoError):
    """The exports hold no documents."""

    sentence = N_(
        "The exports hold no decision, document or entry, so there is nothing to survey. Name "
        "other exports, or complete the source profile."
    )


class NothingConfirmedError(KirjaamoError):
    """A plan was asked for before anything was confirmed."""

    sentence = N_(
        "Nothing of the survey is confirmed yet, so there is no plan to write. Fill in the "
        "workbook of “kirjaamo survey workbook” and import it with “kirjaamo survey import”."
    )
