"""LC: life cycle of relationships, matters, decisions and documents in time.

Dates that contradict each other or the rest of the record.  What may stand in one date alone
is the affair of the ``damage`` family.  `link` joins tables for the rules that need several.
"""
