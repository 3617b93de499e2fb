"""What the access audit refuses."""

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_


class NoRightsError(KirjaamoError):
    """The sources hold neither workers nor access rights."""

    sentence = N_(
        "The sources hold no workers and no access rights. Give an export that has them, with a "
        "profile that maps the tables worker and access_right."
    )


class TableFormError(KirjaamoError):
    """A rule table is in no form that can be read."""

    sentence = N_("{file} is no rule table: its name must end with .csv, .xlsx or .yaml.")


class TableExistsError(KirjaamoError):
    """A template was to be written where there is a file."""

    exit_code = ExitCode.CONFLICT
    sentence = N_("{path} is there already. Nothing was changed.")
