"""What can stop the use of a ledger, one class each."""

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_


class LedgerBusyError(KirjaamoError):
    """Another process holds the ledger."""

    sentence = N_(
        "Another process is using the ledger {ledger}. Nothing was changed; "
        "wait until it has ended and run the command again."
    )
    exit_code = ExitCode.CONFLICT


class LedgerLostError(KirjaamoError):
    """The ledger or the database of a target went away, or cannot be written, in the middle."""

    sentence = N_(
        "The database {ledger} could not be used ({reason}). What was finished is kept; "
        "when it works again, run “kirjaamo migrate resume”."
    )
    exit_code = ExitCode.INTERRUPTED


class LedgerVersionError(KirjaamoError):
    """The ledger was made by a newer version of the program."""

    sentence = N_(
        "The ledger {ledger} was made by a newer version of Kirjaamo. Nothing was changed; "
        "install that version."
    )
    exit_code = ExitCode.CONFLICT


class NoNodeError(KirjaamoError):
    """The workspace has no OID node below which identifiers could be made."""

    sentence = N_(
        "The identifiers of documents are made below the organisation's own OID, and "
        "kirjaamo.toml does not tell a right one. Set `oid` under [organisation]."
    )
