"""The measures of recording quality: one module each, found by walking the package.

A module states the definition, its source, its thresholds and what the system and not a person
causes.  Where a rule of ``kirjaamo.validators`` judges the same thing, the measure asks the rule.
"""

import importlib
import pkgutil
from functools import cache

from kirjaamo.audit.definition import Measure
from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_


@cache
def measures() -> dict[str, Measure]:
    """Return every measure by its code, in code order."""
    found = [
        module.judge
        for info in pkgutil.iter_modules(__path__, prefix=f"{__name__}.")
        if isinstance(
            getattr(module := importlib.import_module(info.name), "judge", None), Measure
        )
    ]
    return {one.code: one for one in sorted(found, key=lambda one: one.code)}


def get(code: str) -> Measure:
    """Return the measure with *code*, in any case of letters."""
    try:
        return measures()[code.upper()]
    except KeyError:
        raise UnknownNameError(kind=N_("measure"), name=code, known=tuple(measures())) from None
