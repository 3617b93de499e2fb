"""What the postings of a ledger become: national account, service class and sector.

The crosswalks are those of ``kirjaamo.mappings``, decided in the same workbook.  A cost centre
gives the class and the sector that a posting does not state itself.  Nothing is dropped: a
posting is filed, or left out by an approved row that says why, or undecided, which stops the
extract.

============ ===================================================================
module       holds
============ ===================================================================
applying.py  the national codes of postings, and what stands in their way
coverage.py  how many euros are mapped, and what the rest waits for
============ ===================================================================
"""

from typing import Final

UNDECIDED: Final = ("waiting", "proposed", "rejected", "missing")
"""States of a code that stop the extract."""

STATES: Final = ("approved", "national", "unmappable", *UNDECIDED, "none")
"""States of a code of a posting.

*approved* has a national code; *national* is taken as it stands, because no mapping of the
field exists; *unmappable* is approved to be filed nowhere; *none* means that nothing stood there.
"""
