"""Writing filings as instances: the same facts always give the same bytes.

============== ==================================================================================
module         holds
============== ==================================================================================
naming.py      prefixes and names that all forms share
xml.py         XBRL 2.1
oim.py         what the two forms of the Open Information Model share
json.py        xBRL-JSON
csv.py         xBRL-CSV: a folder, or a report package
inline.py      inline XBRL: a page for people that is an instance too
grid.py        the facts as a grid of account and service class, for review
xlsx.py        the grid as a workbook
html.py        the grid as a page
rows.py        the rows of ledgers that values are sums of
head.py        what a filing says of itself, in front of every form for people
============== ==================================================================================
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from kirjaamo.errors import UnknownNameError
from kirjaamo.finance.facts import Filing, Review
from kirjaamo.messages import N_

FORMATS: Final = {
    ".xbrl": "xml",
    ".json": "json",
    "": "csv",
    ".zip": "csv",
    ".xbr": "csv",
    ".xhtml": "inline",
    ".html": "html",
    ".xlsx": "xlsx",
}
"""Ending of a name to the module that writes it; a name without one is a folder of xBRL-CSV."""


def writer(path: Path) -> Callable[[Path, Filing, Review | None], None]:
    """Return what writes the form that a name asks for.

    Raises:
        UnknownNameError: No form has such an ending.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        known = tuple(filter(None, FORMATS))
        raise UnknownNameError(kind=N_("form of an instance"), name=ending, known=known)
    found = import_module(f"kirjaamo.finance.writing.{FORMATS[ending]}").write
    assert callable(found), "each module writes"  # noqa: S101 - by construction
    return found  # type: ignore[no-any-return]  # modules are looked up by name


def write(path: Path, filing: Filing, review: Review | None = None) -> None:
    """Write a filing in the form that the name of the file asks for, whole or not at all.

    Args:
        path: Where it goes; see `FORMATS`.
        filing: What is filed.
        review: What stands beside the facts in forms for people.

    Raises:
        UnknownNameError: No form has such an ending.
        FactsError: The facts cannot stand in one instance.
        CannotWriteError: There is no space or no permission.
    """
    writer(path)(path, filing, review)
