"""Checks of ledgers before anything is filed: the rules of family FN, and what runs them.

A rule is a module of ``family/`` under the decorator of every table rule.  Its ``check`` names
what it needs: ``postings`` (with national codes), ``subtotals``, ``previous``, ``activity`` and
``points`` as lazy frames, and ``finance`` (the settings), ``codes`` and ``year`` by keyword.  It returns
``_source`` and ``_row``; any other column is a parameter of the finding.  Amounts in parameters
are sums or gaps, never a single posting.

============== ===================================================================
module         holds
============== ===================================================================
family/        the rules
expressions.py what several rules ask of postings
beside.py      the previous filing and the activities, read from CSV
filed.py       the previous filing, read from an instance
running.py     a whole check, as the `Run` that every report is made from
============== ===================================================================
"""

import importlib
import pkgutil
from functools import cache

from kirjaamo.rules import Rule


@cache
def rules() -> dict[str, Rule]:
    """Return every rule of the family by its code, in code order."""
    from kirjaamo.finance.checking import family

    found = [
        importlib.import_module(info.name).check
        for info in pkgutil.iter_modules(family.__path__, prefix=f"{family.__name__}.")
    ]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}
