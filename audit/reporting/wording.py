"""Words and numbers as reports show them."""

from kirjaamo.audit.measures import get
from kirjaamo.classifications import Codes
from kirjaamo.messages import N_, gettext, language
from kirjaamo.wording import per_cent, points, visible

GROUPINGS = {
    "all": N_("All records"),
    "unit": N_("Unit"),
    "task": N_("Service task"),
    "kind": N_("Kind of record"),
    "period": N_("Time"),
}
"""Grouping to its heading."""

KINDS = {"entry": N_("Entry"), "decision": N_("Decision"), "matter": N_("Matter")}
UNKNOWN = N_("not known")

LISTS = {"task": "1.2.246.537.6.1221", "kind": "1.2.246.537.6.1506"}
"""Grouping to the code list of its groups."""


def bounds(low: float, high: float) -> str:
    r"""Return an interval of shares.

    >>> bounds(0.1, 0.2)
    '10.0\u201320.0\xa0%'
    """
    return f"{points(100 * low, 1)}\u2013{per_cent(high)}"


def title(code: str) -> str:
    """Return the title of a measure."""
    return gettext(get(code).title)


def group_name(by: str, group: str, codes: Codes) -> str:
    """Return a group as people know it: codes by their names."""
    if not group:
        return gettext(GROUPINGS["all"] if by == "all" else UNKNOWN)
    if by == "kind" and group in KINDS:
        return gettext(KINDS[group])
    found = codes.find(LISTS[by]) if by in LISTS else None
    name = found.display(group, language()) if found else None
    return visible(f"{group} {name}" if name else group)
