"""The metadata fields of archive documents: what each is, where it stands, where it comes from.

============== ==============================================================================
module         holds
============== ==============================================================================
fields.yaml    every field: names, form, code list, sources in order, confidence, what is unknown
document.xml   where fields stand in a document, with everything that is the same in all
frame.xml      the same of the message frame
model          reading ``fields.yaml``
skeleton       ``document.xml`` and ``frame.xml`` as templates that are filled quickly
filling        parts written from templates, which know what stands in their slots
pages          a field, and the table of all, for people
============== ==============================================================================

The builder works from these files, so what is told of a field is what is done.
"""

from kirjaamo.archive.fields.model import FORMS, KINDS, Field, Source, fields

__all__ = ["FORMS", "KINDS", "Field", "Source", "fields"]
