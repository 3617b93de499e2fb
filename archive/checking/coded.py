"""The codes of complete code lists."""

from functools import cache

from kirjaamo.classifications import Codes


@cache
def known_codes(codes: Codes, system: str) -> frozenset[str] | None:
    """Return the codes of a code list, or None when it is not known to be complete."""
    listed = codes.find(system)
    if listed is None or not listed.complete or not listed.has_codes:
        return None
    return frozenset(listed.frame["code"])
