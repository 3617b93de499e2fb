"""Archive documents of clients and the message frames beside them, as bytes.

============== ==============================================================================
module         holds
============== ==============================================================================
model          what a document, its people, its organisations and its message say
parts          elements that the document and the frame share
document       ``ClinicalDocument`` with the social header, the view and the JSON body
frame          ``RCMR_IN200002FI01``
making         building one document, or holding it with the reason
============== ==============================================================================

Nothing is filled in: a code without its number or name, and a missing setting, hold the document.
"""

from kirjaamo.archive.building.making import Built, HeldError, build
from kirjaamo.archive.building.model import Coded, Context, Document, Organisation, Person

__all__ = [
    "Built",
    "Coded",
    "Context",
    "Document",
    "HeldError",
    "Organisation",
    "Person",
    "build",
]
