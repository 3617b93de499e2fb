"""What can go wrong with the work itself."""

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_


class WorkerEndedError(KirjaamoError):
    """A worker process was ended from outside, for instance because memory ran out."""

    sentence = N_(
        "A worker process was ended by the system, perhaps because memory ran out. "
        "Nothing was left half written; try again with --jobs 1."
    )
    exit_code = ExitCode.PARTIAL
