"""LW: legal content of documents by their day.

What statutes demand of a document and the national structure leaves optional.  A demand that
the structure itself makes is left to the structure family, so that nothing is found twice.
`demands` says in JSON Schema what must be filled, `clients` knows the ages of clients.
"""

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity


def demanded(structure: Structure, severity: Severity = Severity.ERROR) -> list[str]:
    """Return the fields that a document of *structure* must have filled, beyond the structure.

    A path may lead to a group, which is then filled with what the structure requires in it.
    Demands that wait for something else in the document are there too, whether or not it is.

    Args:
        structure: The structure.
        severity: Of the rules to ask.
    """
    from kirjaamo.rules import Demand
    from kirjaamo.validators import rules

    found = (
        demand.path
        for rule in rules().values()
        if rule.family == "LW" and rule.severity is severity
        for demand in rule.check(structure, **{s.name: s.default for s in rule.settings})
        if isinstance(demand, Demand)
    )
    return list(dict.fromkeys(found))
