"""Checks of archive documents and their frames: schemas of ours, and the rules of family MD.

A rule is a module of ``family/``; its ``check`` gets one `Archived` (a document with the frame
beside it) and yields a `Hit` for every place that breaks the rule.  Places are paths of elements
or short words; a value of a document is never told.

============== ===================================================================
module         holds
============== ===================================================================
layout.py      elements of a part, by path
reading.py     a part: its mould and the slots in it
filled.py      the mould of a part that was written from a template
clients.py     the clients of a part
archived.py    a document and its frame, read once
schemas.py     the schemas, and failures of them in words
family/        the rules
running.py     checking one document and folders of them
*.xsd          reconstructed schemas; ``hl7.xsd`` has the order of HL7 alone, for proofs
============== ===================================================================
"""

from kirjaamo.archive.checking.archived import Archived, Environment, Means
from kirjaamo.archive.checking.running import Fault, check, check_files, pairs, rules
from kirjaamo.archive.checking.schemas import Schemas

__all__ = [
    "Archived",
    "Environment",
    "Fault",
    "Means",
    "Schemas",
    "check",
    "check_files",
    "pairs",
    "rules",
]
