"""Rules: one folder per family, one module per rule.

A family's folder is named for what it is about; its ``__init__.py`` docstring starts with the
family's letters and title (``ID: identifiers ...``).  Rules are found by walking the package:
adding one is one module and one case file.  No reading of files and no printing lives here.
"""

import importlib
import pkgutil
from functools import cache

from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.rules import Rule


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its code, in code order."""
    found = [
        module.check
        for info in pkgutil.walk_packages(__path__, prefix=f"{__name__}.")
        if not info.ispkg
        and isinstance(
            getattr(module := importlib.import_module(info.name), "check", None), Rule
        )
    ]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}


def get(code: str) -> Rule:
    """Return the rule with *code*, in any case of letters."""
    try:
        return rules()[code.upper()]
    except KeyError:
        raise UnknownNameError(kind=N_("rule"), name=code, known=tuple(rules())) from None
