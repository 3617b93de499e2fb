"""Archive documents for the national repository: metadata, building, signing, packaging, hand-over.

What turns a record and its structure into the document an archive accepts belongs here, and
what proves that it was accepted.  Which values are right is said by the rules in
``kirjaamo.validators``, dated lists and retention rules stand in ``kirjaamo.classifications``.
"""
