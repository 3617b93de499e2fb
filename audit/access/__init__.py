"""Access rights against the organisation's own rules, who can sign, and what is logged.

A rule is a module of ``family/`` under the decorator of every table rule.  Its ``check`` names
what it needs: ``rights``, ``workers`` and ``units`` (all of them), ``table`` (the rule table),
``sensitive`` (codes), ``activity`` (who recorded what last), ``as_of`` and its own settings.  It
returns ``_source`` and ``_row``; any other column is a parameter of the finding.

=============== ==================================================================
module          holds
=============== ==================================================================
family/         the rules
ground.py       the tables of a system as rules want them
rule_table.py   who may have which right: the organisation's file, and its template
sensitive.py    service tasks that need a reason of their own
running.py      a whole check, as the `Run` that every report is made from
employees.py    one row for each employee: rights, findings, card, reader, signing
signing_off.py  what a supervisor signs: a workbook, or a page to print
log_policy.py   what is logged, where, and how long it is kept
trail.py        the audit trail as JSON lines
=============== ==================================================================
"""

import importlib
import pkgutil
from functools import cache

from kirjaamo.rules import Rule


@cache
def rules() -> dict[str, Rule]:
    """Return every rule of the family by its code, in code order."""
    from kirjaamo.audit.access import family

    found = [
        importlib.import_module(info.name).check
        for info in pkgutil.iter_modules(family.__path__, prefix=f"{family.__name__}.")
    ]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}
