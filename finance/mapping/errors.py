"""What stops an extract for want of a mapping."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_


class UnmappedError(KirjaamoError):
    """Postings have codes that nobody has decided on."""

    sentence = N_(
        "{count} postings are not mapped: {sum} net, {gross} in all. Rows: {places}. Decide on "
        "their codes in the mapping workbook; nothing was written."
    )
