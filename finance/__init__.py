"""Financial reports: ledger postings to checked, reproducible XBRL instances.

Reading and checking postings, data points, aggregation, writers, readers and proof belong
here.  Mappings between local and national accounts stand in ``kirjaamo.mappings``.
"""
