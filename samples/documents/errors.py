"""What can go wrong when sample documents are made."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_


class UnsettledError(KirjaamoError):
    """No document meets every condition of a structure."""

    sentence = N_(
        "No sample document could be made for structure {structure}: its conditions exclude "
        "each other. Report this as a defect."
    )


class NoHypothesisError(KirjaamoError):
    """The library behind the strategies is not installed."""

    sentence = N_("Strategies need the library hypothesis: pip install hypothesis.")
