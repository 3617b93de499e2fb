"""Hypothesis strategies of sample documents, for tests of programs that read documents.

Hypothesis is needed for tests only and is not installed with Kirjaamo.
"""

from typing import TYPE_CHECKING, Any

from kirjaamo.samples.documents import BUNDLED, FILLS, Documents
from kirjaamo.samples.documents.errors import NoHypothesisError

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SEEDS = 1_000_000
"""Documents of a structure and a fill that a strategy chooses from."""


def documents(
    oid: str = "", *, source: Documents = BUNDLED
) -> "SearchStrategy[dict[str, Any]]":
    """Return a strategy of valid documents; a smaller example is less full.

    Args:
        oid: The structure version; any current one when it is left out.
        source: The maker of the documents.

    Raises:
        NoHypothesisError: Hypothesis is not installed.
    """
    try:
        from hypothesis import strategies as st
    except ImportError:
        raise NoHypothesisError from None
    oids = [oid] if oid else source.current()
    return st.builds(
        source.make,
        st.sampled_from(oids),
        st.sampled_from(list(FILLS)),
        st.integers(0, SEEDS - 1),
    )
