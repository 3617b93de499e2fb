"""The display form of an archive document: XHTML that a person reads beside the JSON body.

============== ==============================================================================
module         holds
============== ==============================================================================
letterhead     what stands above and below every document of an organisation, the logo included
values         how one value of each kind is written in Finnish or Swedish
text           escaping, line breaks, characters that XML cannot hold
naming         the names of codes in the language of the view
laying         a structure in one language, made ready once to lay out many documents
subset         which elements, classes and attributes a view may hold, and what breaks that
reading        a view as a page for a person's browser
============== ==============================================================================

Only what has been seen in real archive documents is written.  No fact of a document is changed
here, only shown.
"""

from kirjaamo.archive.view.errors import (
    IllegalCharacterError,
    NoImageError,
    NotShownError,
    UnsafeViewError,
    WrongStructureError,
)
from kirjaamo.archive.view.laying import Views
from kirjaamo.archive.view.letterhead import Letterhead, Logo, read_logo
from kirjaamo.archive.view.subset import faults

_bundled = Views()

view = _bundled.view

__all__ = [
    "IllegalCharacterError",
    "Letterhead",
    "Logo",
    "NoImageError",
    "NotShownError",
    "UnsafeViewError",
    "Views",
    "WrongStructureError",
    "faults",
    "read_logo",
    "view",
]
