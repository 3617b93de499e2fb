"""What stops the reading of postings."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_


class NoPostingsError(KirjaamoError):
    """No source holds postings."""

    sentence = N_(
        "There are no postings: no profile that fits fills the table “posting”. Name a ledger, "
        "or write a profile for it."
    )


class UnreadableError(KirjaamoError):
    """Postings have an amount or a period that cannot be read."""

    sentence = N_(
        "{count} postings have an amount or a period that cannot be read, the first in {source}, "
        "row {row}. “kirjaamo finance check” names them all; nothing was written."
    )


class OtherCurrencyError(KirjaamoError):
    """Postings are in another currency than euros."""

    sentence = N_(
        "{count} postings are not in euros, the first in {source}, row {row}. A filing has one "
        "currency: convert them in the ledger. Nothing was written."
    )


class OutsideYearError(KirjaamoError):
    """Postings lie outside the financial year."""

    sentence = N_(
        "{count} postings lie outside the year {year}, the first in {source}, row {row}. Leave "
        "them out of the export, or name another year. Nothing was written."
    )
