"""Building archive documents and the message frames beside them.

============== ==============================================================================
module         holds
============== ==============================================================================
cases          one document to build: its record, what belongs to it, its body or PDF
metadata       cases from JSON or PDF files and a table of metadata
migrated       cases from the target of a migration and the records it was made of
ground         settings, code lists and structures, made ready once
computing      what is computed from other facts
reasons        why a document is held
telling        asking the sources of a field
writing        writing one value, escaped for XML
resolving      values of all metadata fields, where each came from, what holds a document
pdf            whether a PDF claims to be PDF/A
making         one document: built and checked, or held with reasons
running        whole sources: jobs, files, held documents, provenance
============== ==============================================================================

Which fields there are, where they come from and where they stand is told by
``kirjaamo.archive.fields``.  Nothing is filled in: a code without its number or name holds the
document, a missing setting stops the building.
"""

from kirjaamo.archive.building.cases import Case
from kirjaamo.archive.building.ground import Ground
from kirjaamo.archive.building.making import Built, Maker
from kirjaamo.archive.building.reasons import REASONS, Fault

__all__ = ["REASONS", "Built", "Case", "Fault", "Ground", "Maker"]
