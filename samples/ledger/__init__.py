"""The ledger of a county that does not exist, as two ERP systems would export it.

Accounts and service classes are those of the sample taxonomy (``kirjaamo.samples.taxonomy``);
local accounts, cost centres, amounts and sectors are made up.  The same seed gives the same
bytes.

============== ==================================================================================
module         holds
============== ==================================================================================
chart.py       local accounts and cost centres, and what they become
vouchers.py    balanced vouchers of a year
defects.py     what is damaged on purpose, one entry per rule
national.py    the mappings of both systems, and the code lists
exports.py     the files of both systems, the settings, and the truth
============== ==================================================================================
"""

from kirjaamo.samples.ledger.exports import YEAR, write

__all__ = ["YEAR", "write"]
