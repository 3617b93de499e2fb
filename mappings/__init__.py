"""What becomes what: old codes to new codes, as data that a person approves.

A crosswalk (``crosswalks/<name>.yaml``) leads from one code list to another; a workspace
overrides it row by row in ``<workspace>/mappings/<name>.yaml``.  Suggestions, the mapping
workbook, checks and coverage are made from the crosswalks and from what stands in the exports.
Nothing here reads or writes a record: moving records belongs to ``kirjaamo.migration``.
"""

from kirjaamo.mappings.crosswalk import Crosswalk, local
from kirjaamo.mappings.loading import find, load

__all__ = ["Crosswalk", "find", "load", "local"]
