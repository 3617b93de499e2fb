"""What stops an extract."""

from typing import ClassVar

from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_


class CheckFoundError(KirjaamoError):
    """The check of the ledger found errors."""

    sentence = N_(
        "The check of the ledger found errors: {rules}. “kirjaamo finance check” names the "
        "rows; correct them, or accept them in waivers.csv. Nothing was written."
    )
    exit_code: ClassVar[ExitCode] = ExitCode.FINDINGS


class UnknownPointError(KirjaamoError):
    """A data point of the settings is not in the authority's data."""

    sentence = N_(
        "{file} has no data point {signature}, which [finance] of kirjaamo.toml names. Is the "
        "data of another taxonomy version? Nothing was written."
    )


class MissingMandatoryError(KirjaamoError):
    """Mandatory data points have no value."""

    sentence = N_(
        "{count} mandatory data points have no value: {points}. Fill them from the ledger or in "
        "[finance] of kirjaamo.toml; --zeros files 0.00 in amounts without postings, and "
        "--incomplete files nothing in them. Nothing was written."
    )
    exit_code: ClassVar[ExitCode] = ExitCode.FINDINGS


class NoWholeNumberError(KirjaamoError):
    """A quantity is no whole number, and its metric counts."""

    sentence = N_(
        "The quantity of service class {service_class} is no whole number, and the metric "
        "{metric} counts. Correct the file of activities. Nothing was written."
    )


class NothingToFileError(KirjaamoError):
    """No posting is filed."""

    sentence = N_(
        "No posting of the year {year} is filed: the mapping leaves all of them out, or there "
        "are none. Nothing was written."
    )
