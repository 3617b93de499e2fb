"""FN: finance, ledgers and what is filed of them.

What is wrong with a ledger before its sums are filed: postings that cannot be read or do not
balance, codes without a place, sums that keep no proportion.  The settings of the workspace
(``[finance]``) say what the organisation's own instructions demand.
"""
