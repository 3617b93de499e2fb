"""Why a document cannot be shown."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_


class IllegalCharacterError(KirjaamoError):
    """A text holds a character that no XML document can hold."""

    sentence = N_(
        "The text at {path} holds a character that XML does not allow (a control character or "
        "half of a pair). Correct the record; nothing is taken out silently."
    )


class WrongStructureError(KirjaamoError):
    """A document does not have the root key of the structure it is shown by."""

    sentence = N_(
        "The document does not follow structure {structure}: its root key is another one."
    )


class NoImageError(KirjaamoError):
    """A logo is no PNG image, or too large to stand in every document."""

    sentence = N_("{path} cannot be the logo: it must be a PNG image of at most {most} kB.")


class UnsafeViewError(KirjaamoError):
    """The view of an archive document holds something that no browser should be given."""

    sentence = N_("The view of {place} is not shown: {reason}.")


class NotShownError(KirjaamoError):
    """A file holds no document that can be shown."""

    sentence = N_("{place} cannot be shown: {reason}.")
