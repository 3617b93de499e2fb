"""Instances read back: ours or others', as facts that do not depend on their form.

============== ==================================================================================
module         holds
============== ==================================================================================
reading.py     an instance of any form, by what it is
prolog.py      how an XML begins: encoding, document type, root
looked.py      an XML instance as the rules look at it
xml.py         XBRL 2.1, streamed
elements.py    questions about one element of it
oim.py         what the readers of xBRL-JSON and xBRL-CSV share
subject.py     an instance as the rules get it
lines.py       XBRL 2.1 as this product writes it, line by line: the same facts, ten times faster
json.py        xBRL-JSON
csv.py         xBRL-CSV
packed.py      report packages, unpacked safely
difference.py  what differs between two instances
showing.py     facts by data point and label
family/        rules of good practice, family FN from FN101
checking.py    instances against these rules
============== ==================================================================================
"""

import importlib
import pkgutil
from functools import cache

from kirjaamo.finance.instances.reading import is_instance, read
from kirjaamo.rules import Rule


@cache
def rules() -> dict[str, Rule]:
    """Return every rule of instances by its code, in code order."""
    from kirjaamo.finance.instances import family

    found = [
        importlib.import_module(info.name).check
        for info in pkgutil.iter_modules(family.__path__, prefix=f"{family.__name__}.")
    ]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}


__all__ = ["is_instance", "read", "rules"]
